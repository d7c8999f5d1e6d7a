"""Forms of comparisons that compiled loops answer as SQL does: equal, apart or alike by a bound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.kit.compiled import compiled
from konvoi.link.comparison import OTHERWISE, Comparison, Similarity
from konvoi.link.keys import days, packed
from konvoi.link.likeness import Likeness

_NAME = r'(?:"([^"]+)"|([A-Za-z_]\w*))'
_EQUAL = re.compile(rf"l\.{_NAME} = r\.{_NAME}")
_APART = re.compile(rf"abs\(l\.{_NAME} ?- ?r\.{_NAME}\) ?<= ?(\d+(?:\.\d+)?)")
_ALIKE = re.compile(r's\."([^"]+)" ?>= ?(\d+(?:\.\d+)?)')
_EXACT = 2**52


@dataclass(frozen=True)
class Form:
    """A comparison in one of the forms: a number for each record, whether it is known, and bounds.

    bounds: how far two numbers may lie apart for each answer, rising or not; the first that holds counts.
    """

    values: np.ndarray
    known: np.ndarray
    bounds: np.ndarray

    def add(self, codes: np.ndarray, factor: int, left: np.ndarray, right: np.ndarray) -> None:
        """Add the answers of pairs, times a factor, to their codes."""
        _add(codes, factor, (self.values, self.known), self.bounds, (left, right))


@dataclass(frozen=True)
class Alike:
    """A comparison of texts that are equal, or alike by at least each bound; the first that holds counts."""

    likeness: Likeness
    bounds: np.ndarray

    def add(self, codes: np.ndarray, factor: int, left: np.ndarray, right: np.ndarray) -> None:
        """Add the answers of pairs, times a factor, to their codes."""
        texts = self.likeness.texts
        _add_alike(codes, factor, (texts[left], texts[right]), self.likeness.scored(left, right), self.bounds)


def alike(comparison: Comparison, likeness: Mapping[Similarity, Likeness]) -> Alike | None:
    """The comparison as one of texts; None where it has another form."""
    if len(comparison.similarities) != 1 or comparison.unknown:
        return None
    (similarity,) = comparison.similarities
    first, *more, last = (level.predicate for level in comparison.levels)
    same = _EQUAL.fullmatch(first)
    bounds = [_ALIKE.fullmatch(predicate) for predicate in more]
    right = {similarity.name} == {found.group(1) for found in bounds if found} and all(bounds)
    texts = same is not None and comparison.columns == (_of(same.groups()),) == (similarity.column,)
    if last != OTHERWISE or not right or not texts:
        return None
    return Alike(likeness[similarity], np.array([float(found.group(2)) for found in bounds if found]))


def form(comparison: Comparison, records: pl.DataFrame) -> Form | None:
    """The comparison over these records in one of the forms; None where it has another."""
    if len(comparison.columns) != 1 or comparison.unknown or comparison.similarities:
        return None
    if comparison.levels[-1].predicate != OTHERWISE:
        return None
    column = comparison.columns[0]
    predicates = [level.predicate for level in comparison.levels[:-1]]
    apart = [_APART.fullmatch(predicate) for predicate in predicates]
    if len(predicates) == 1 and (same := _EQUAL.fullmatch(predicates[0])):
        return _equal(records, column) if _of(same.groups()) == column else None
    named = {_of(found.groups()[:4]) for found in apart if found}
    if not all(apart) or len(named) != 1 or not named <= {column, days(column)}:
        return None
    return _numbers(records, named.pop(), [float(found.group(5)) for found in apart if found])


def _of(names: tuple[str | None, ...]) -> str:
    """The one column that both sides name; nothing where they name two."""
    left, right = names[0] or names[1] or "", names[2] or names[3] or ""
    return left if left == right else ""


def _equal(records: pl.DataFrame, column: str) -> Form | None:
    """Any values as numbers that are equal where they are; what is no number may be beside itself."""
    if records.schema[column].is_float() or records.schema[column].is_nested():
        return None
    values = packed([records[column]]).astype(np.float64)
    return Form(values, records[column].is_not_null().to_numpy(writable=True), np.zeros(1))


def _numbers(records: pl.DataFrame, column: str, bounds: list[float]) -> Form | None:
    kind = records.schema.get(column)
    if kind is None or not (kind == pl.Float64 or kind.is_integer()):
        return None
    values = records[column]
    plain = values.cast(pl.Float64).fill_null(0.0).to_numpy(writable=True)
    if kind.is_integer() and np.abs(plain).max(initial=0) > _EXACT:
        return None
    return Form(plain, values.is_not_null().to_numpy(writable=True), np.array(bounds))


@compiled
def _add(
    codes: np.ndarray,
    factor: int,
    of: tuple[np.ndarray, np.ndarray],
    bounds: np.ndarray,
    pairs: tuple[np.ndarray, np.ndarray],
) -> None:
    values, known = of
    left, right = pairs
    for n in range(len(codes)):
        a, b = left[n], right[n]
        if known[a] and known[b]:
            apart = abs(values[a] - values[b])
            level = 0
            while level < len(bounds) and not apart <= bounds[level]:
                level += 1
            codes[n] += factor * (level + 1)


@compiled
def _add_alike(
    codes: np.ndarray,
    factor: int,
    texts: tuple[np.ndarray, np.ndarray],
    scores: np.ndarray,
    bounds: np.ndarray,
) -> None:
    ones, twos = texts
    for n in range(len(codes)):
        if ones[n] >= 0 and twos[n] >= 0:
            level = 0
            if ones[n] != twos[n]:
                while level < len(bounds) and not scores[n] >= bounds[level]:
                    level += 1
                level += 1
            codes[n] += factor * (level + 1)
