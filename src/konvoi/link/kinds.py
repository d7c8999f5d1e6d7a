"""Kinds of records: where records differ in few ways for some comparisons, their answers fit into a table."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.link.columns import read
from konvoi.link.comparison import Comparison
from konvoi.link.keys import packed

_LOOKED_AT = 10_000
_ROOM = 1 << 24


@dataclass(frozen=True)
class Kinds:
    """Comparisons for which records of one kind are all alike.

    of: the kind of each record, by its number. records: one of each kind.
    """

    comparisons: tuple[Comparison, ...]
    of: np.ndarray
    records: pl.DataFrame


def kinds(records: pl.DataFrame, comparisons: tuple[Comparison, ...], *, most: int) -> Iterator[Kinds]:
    """Kinds of which all pairs are at most so many, each for as many comparisons as that allows."""
    together: tuple[Comparison, ...] = ()
    joint = np.zeros(records.height, dtype=np.int64)
    for comparison in _plain(comparisons, records, most):
        alone = np.zeros(records.height, dtype=np.int64)
        for column in _columns(comparison, records):
            alone = _dense(alone, packed([records[column]]))
        both = _dense(joint, alone)
        if _size(alone) ** 2 > most:
            continue
        if _size(both) ** 2 > most:
            yield _kinds(records, together, joint)
            together, both = (), alone
        together, joint = (*together, comparison), both
    if together:
        yield _kinds(records, together, joint)


def _plain(comparisons: tuple[Comparison, ...], records: pl.DataFrame, most: int) -> Iterator[Comparison]:
    """Comparisons without likeness of texts, whose columns hold few values as far as a look tells."""
    some = records[:: max(1, records.height // _LOOKED_AT)]
    for comparison in comparisons:
        if not comparison.similarities and _count(some.select(_columns(comparison, records))) ** 2 <= most:
            yield comparison


def _kinds(records: pl.DataFrame, comparisons: tuple[Comparison, ...], of: np.ndarray) -> Kinds:
    first = np.zeros(_size(of), dtype=np.int64)
    first[of[::-1]] = np.arange(len(of) - 1, -1, -1)
    columns = list(dict.fromkeys(c for one in comparisons for c in _columns(one, records)))
    return Kinds(comparisons, of.astype(np.int32), records[columns][first])


def _dense(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Both numbers of each record as one, without gaps, from 0."""
    room = _size(one) * _size(other)
    number = one * _size(other) + other
    if room > _ROOM:
        return np.asarray(np.unique(number, return_inverse=True)[1])
    seen = np.zeros(room, dtype=np.int64)
    seen[number] = 1
    return np.asarray((np.cumsum(seen) - 1)[number])


def _size(numbers: np.ndarray) -> int:
    return int(numbers.max(initial=0)) + 1


def _columns(comparison: Comparison, records: pl.DataFrame) -> list[str]:
    return list(read([level.predicate for level in comparison.answers], records.columns))


def _count(some: pl.DataFrame) -> int:
    return some.n_unique() if some.width else 1
