"""Released figures: sums in which confidential contributions count for other readers without being named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from konvoi.ledger.question import Question
from konvoi.model.markings import COALITION, PUBLIC, admits

IN_TOTAL = "in total, not named"
BAND = "band only"
EXPLICIT_MODES = (IN_TOTAL, BAND)


def contains_own(entries: pl.DataFrame, reader: str, releases: Iterable["Release"]) -> bool:
    """Return True if released figures may contain what a reader reported itself.

    entries: those that the reader may see, with `count_mode` and `marking`. A released figure contains what
    those may not see to whom it is released.
    """
    explicit = entries.filter(pl.col("count_mode").is_in(EXPLICIT_MODES))["marking"].unique().to_list()
    others = {one.reader for one in releases} - {reader}
    return any(not admits(str(marking or ""), (), other) for marking in explicit for other in others)


"""Count modes by which an owner lets a confidential row count in figures for other readers."""

TWO_PARTNERS = "two partners together"
"""The reader of an exposure preview that stands for any two partners who tell one another what they know."""


@dataclass(frozen=True)
class Contribution:
    """Contribution of one confidential record to a figure.

    record: source, package and line. party: who contributes. source: who states it. mode: its count mode.
    basis: what is stated, such as `EUR 450000000` in minor units; a record with the same basis is the same
    amount in every figure, whatever the rate. value: what of it counts, in the smallest parts of the figure's
    unit, above 0.
    """

    record: str
    party: str
    source: str
    mode: str
    basis: str
    value: int

    @property
    def name(self) -> str:
        """The name of its amount in all figures."""
        return f"{self.record}\x1f{self.basis}"


@dataclass(frozen=True)
class Figure:
    """A released sum of contributions: exact, or the band that it lies in if one of them is `band only`.

    topic: what it counts, such as a stage: a record may state other amounts for another one. key: the row of
    the total; empty for the total itself. unit, places: its currency or unit, and its number of decimal
    places. low, high: the ends of what is published, in the smallest parts of the unit; equal where the sum
    is exact.
    """

    topic: str
    key: str
    unit: str
    places: int
    low: int
    high: int
    contributions: tuple[Contribution, ...]

    @property
    def exact(self) -> bool:
        """True if the sum itself is published, and not its band."""
        return self.low == self.high

    @property
    def value(self) -> Decimal | None:
        """The sum in the unit; None where only its band is published."""
        return plain(self.low, self.places) if self.exact else None

    @property
    def band(self) -> tuple[Decimal, Decimal] | None:
        """The ends of the band in the unit; None where the sum itself is published."""
        return None if self.exact else (plain(self.low, self.places), plain(self.high, self.places))

    def as_dict(self) -> dict[str, object]:
        """Return the published part of the figure as plain JSON values."""
        return {
            "key": self.key,
            "value": self.value,
            "band": None if self.band is None else list(self.band),
            "unit": self.unit,
        }

    @property
    def contributors(self) -> tuple[str, ...]:
        """The parties behind the figure."""
        return tuple(sorted({one.party for one in self.contributions}))


def plain(value: int, places: int) -> Decimal:
    """Return a number of smallest parts in the unit.

    >>> plain(4500, 2)
    Decimal('45.00')
    """
    return Decimal(value).scaleb(-places)


class Measure(NamedTuple):
    """A currency or unit, and its number of decimal places."""

    unit: str
    places: int


def figure(topic: str, key: str, contributions: Iterable[Contribution], measure: Measure) -> Figure:
    """Return the figure of some contributions in a unit."""
    ordered = tuple(sorted(contributions, key=lambda one: (one.party, one.record, one.basis)))
    total = sum(one.value for one in ordered)
    if all(one.mode == IN_TOTAL for one in ordered):
        return Figure(topic, key, *measure, total, total, ordered)
    return Figure(topic, key, *measure, *band(total, measure.places), ordered)


def band(value: int, places: int = 0) -> tuple[int, int]:
    """Return the ends of the band of a sum above 0: 1, 2, 5 and 10 times a power of ten.

    value: in parts of ten to the minus `places`; below 1 there is one band.

    >>> band(45), band(20), band(4500, places=2), band(7, places=2)
    ((20, 50), (20, 50), (2000, 5000), (0, 100))
    """
    one = 10**places
    if value < one:
        return 0, one
    power = 10 ** (len(str(value)) - 1)
    low, high = next((low, high) for low, high in ((5, 10), (2, 5), (1, 2)) if value >= low * power)
    return low * power, high * power


@dataclass(frozen=True)
class Release:
    """Figures of one question that were released to a reader.

    as_of: the day for which they hold. day: the day from which the release counts. exact: whether
    contributions that are `band only` were left out; None where an older line does not say. at: when it was
    made, for audit only.
    """

    number: int
    reader: str
    as_of: date
    day: date
    question: Question
    figures: tuple[Figure, ...]
    exact: bool | None = None
    at: str = ""
    by: str = ""
    reason: str = ""

    def reaches(self, reader: str, *, partner: bool = True) -> bool:
        """Return True if a reader is given the figures; partner: whether a party is a partner."""
        if self.reader in (PUBLIC, reader):
            return True
        return self.reader == COALITION and reader != PUBLIC and partner

    def published(self) -> "Release":
        """Return the release as its readers have it: without contributions and without its number."""
        bare = tuple(replace(one, contributions=()) for one in self.figures)
        return replace(self, number=0, figures=bare, at="", by="", reason="")

    def as_dict(self) -> dict[str, object]:
        """Return the published part as plain JSON values."""
        question = {
            name: str(getattr(self.question, name)) for name in ("stage", "rule", "what", "good", "by")
        }
        return {
            "reader": self.reader,
            "as_of": self.as_of.isoformat(),
            "day": self.day.isoformat(),
            **question,
            "exact": self.exact,
            "figures": [one.as_dict() for one in self.figures],
        }


def topic(question: Question) -> str:
    """Return what a question counts: stage, rule, measure and good."""
    return " / ".join((question.stage, question.rule, question.what, question.good))


def current(releases: Iterable[Release]) -> tuple[tuple[Release, Figure], ...]:
    """Return each figure that no later release to the same reader replaces, in the order of release."""
    found: dict[tuple[str, ...], tuple[Release, Figure]] = {}
    for release in releases:
        for one in release.figures:
            by = release.question.by if one.key else ""
            place = release.reader, one.topic, one.unit, by, one.key
            found.pop(place, None)
            found[place] = (release, one)
    return tuple(found.values())


def beside(question: Question, unit: str, releases: Iterable[Release]) -> tuple[tuple[Release, Figure], ...]:
    """Return the released figures that belong beside the total of a question, as rows of their own.

    There are none beside a filtered total, nor beside one at another boundary, level or day of facts.
    """
    asked = Question(
        stage=question.stage, rule=question.rule, what=question.what, good=question.good, mix=True
    )
    if replace(question, by="", known=None, mix=True, currency="") != asked:
        return ()
    return tuple(
        (release, one)
        for release, one in current(releases)
        if (one.topic, one.unit) == (topic(question), unit)
        and (not one.key or release.question.by == question.by)
    )
