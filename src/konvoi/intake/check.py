"""The form of a check: a condition on whole submissions, beyond a single cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import polars as pl

from konvoi.model.document import Reading
from konvoi.model.entries import ENTRIES
from konvoi.model.finding import Finding

UNIT = ("source", "package", "line")
"""Columns within which stages are compared: a line of a package of a source, or the package itself."""

_WHERE = ("submission", "marking", "sheet", "row", "column")


@dataclass(frozen=True)
class Whole:
    """The content of a set of readings.

    entries: ENTRIES of all readings, each entry once, in the readings' order. readings: for what a document
    claims of itself, and for its own tables. parties: ids and groups that are known besides.
    """

    entries: pl.DataFrame
    readings: tuple[Reading, ...] = field(default=())
    parties: frozenset[str] = frozenset()


class Check(Protocol):
    """A condition on whole submissions.

    A member is a function. It never raises and changes nothing; it gives one finding for each place where
    submissions contradict themselves, sorted by place, and none if nothing can be compared: what is
    unknown contradicts nothing. Its docstring is the sentence that people read about it.
    """

    def __call__(self, whole: Whole) -> tuple[Finding, ...]:
        """All findings of this check."""


def whole(readings: Iterable[Reading], parties: Iterable[str] = ()) -> Whole:
    """Readings as checks look at them; parties: that are known beside those of the readings."""
    found = tuple(readings)
    entries = pl.concat([pl.DataFrame(schema=ENTRIES), *(reading.entries for reading in found)])
    # Data submitted twice, whole or in part, count once, wherever they stand.
    facts = [name for name in ENTRIES if name not in _WHERE]
    once = entries.unique(facts, keep="first", maintain_order=True)
    return Whole(once, found, frozenset(parties))


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of their places."""
    return tuple(sorted(findings, key=lambda finding: (finding.place, finding.code, finding.read)))


def plain(value: Decimal, places: int = 3) -> str:
    """A number for reading: at most so many decimal places, none of them an idle zero.

    What would round to nothing keeps six places.

    >>> plain(Decimal("18.599366")), plain(Decimal("40.000000")), plain(Decimal("0.000407"))
    ('18.599', '40', '0.000407')
    """
    text = f"{value:.{places if abs(value) >= Decimal(1).scaleb(-places) else 6}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Decimal, of: Decimal) -> str:
    """A share in percent with one decimal place.

    >>> percent(Decimal("16.815"), Decimal("35.414366"))
    '47.5'
    """
    return f"{100 * part / of:.1f}"


def decimal_of(value: object) -> Decimal:
    """A number of a frame's row as a decimal; 0 for what is no number."""
    return value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, int) else Decimal(0)
