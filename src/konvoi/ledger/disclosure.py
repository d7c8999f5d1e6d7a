"""Disclosure control: figures in which confidential contributions count without being named.

A figure is released to a reader only if enough contributors stand behind it, none of them dominates it, and
no reader can infer a contribution too closely from all figures released so far (docs/reference/releases.md).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from konvoi.ledger.exposure import Interval, Known, Weights, intervals
from konvoi.ledger.release import Contribution, Figure, plain

NO_END = Interval(None, None)


@dataclass(frozen=True)
class Protection:
    """Thresholds of released figures, as `[release]` of konvoi.toml sets them.

    contributors: least number of contributors besides the reader. largest, share: the so many largest of
    them state at most so many per cent of a figure. interval: what a reader can infer for a contribution must
    reach at least so many per cent of it below and above it.
    """

    contributors: int = 3
    largest: int = 2
    share: int = 85
    interval: int = 20


@dataclass(frozen=True)
class Exposure:
    """Interval in which a reader can infer an amount to lie, in the smallest parts of its unit.

    subject: `record`, the sum of one `party` in a figure, or the `change` of a record between two statements.
    name: of the record or the party. key: of the figure; empty where it is in several. value: the truth.
    unit, places: of the figure in which the amount was released first.
    """

    subject: str
    name: str
    party: str
    key: str
    value: int
    unit: str
    places: int
    interval: Interval = NO_END

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """The interval in the unit; None: without an end."""
        low = self.interval.low
        high = self.interval.high
        return (
            None if low is None else plain(low, self.places),
            None if high is None else plain(high, self.places),
        )

    @property
    def margin(self) -> float:
        """The share of the amount by which the interval reaches below and above it, whichever is less."""
        low = self.interval.low
        high = self.interval.high
        ends = [abs(self.value - end) for end in (low, high) if end is not None]
        return min(ends, default=math.inf) / max(abs(self.value), 1)

    @property
    def closeness(self) -> tuple[float, float]:
        """The margin, then the width of the interval: the lower, the more a reader knows."""
        low = self.interval.low
        high = self.interval.high
        return self.margin, math.inf if low is None or high is None else high - low

    def narrow(self, percent: int) -> bool:
        """Return True if the interval does not reach far enough below and above the amount."""
        low = self.interval.low
        high = self.interval.high
        least = abs(self.value) * percent
        below = low is None or (self.value - low) * 100 >= least
        above = high is None or (high - self.value) * 100 >= least
        return not (below and above)


def contributors_besides(figure: Figure, reader: str) -> dict[str, int]:
    """Return what each contributor but the reader adds to a figure, the largest first."""
    sums: dict[str, int] = defaultdict(int)
    for one in figure.contributions:
        if one.party != reader:
            sums[one.party] += one.value
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def too_few(figure: Figure, reader: str, protection: Protection) -> bool:
    """Return True if fewer contributors than required stand behind a figure, besides the reader."""
    return len(contributors_besides(figure, reader)) < protection.contributors


def dominant(figure: Figure, reader: str, protection: Protection) -> tuple[str, ...]:
    """Return the largest contributors besides the reader if they state too much of a figure, else none."""
    sums = contributors_besides(figure, reader)
    largest = list(sums)[: protection.largest]
    stated = sum(sums[party] for party in largest)
    return tuple(largest) if stated * 100 > protection.share * sum(sums.values()) else ()


def exposures(figures: Sequence[Figure], sees: Callable[[Contribution], bool]) -> list[Exposure]:
    """Return what a reader can infer from figures, in the order in which they were released.

    sees: whether the reader knows a contribution anyway, as its own or as released to it by name. Subjects
    are every record that it does not know, every party's sum in a figure, and every change of a record.
    """
    worth: dict[str, int] = {}
    for released in figures:
        for one in released.contributions:
            worth.setdefault(one.name, one.value)
    known = [_known(released, sees, worth) for released in figures]
    subjects = _subjects(figures, sees, worth)
    if not subjects:
        return []
    found = intervals([one for one in known if one.weights], [weights for _, weights in subjects])
    return [
        replace(subject, interval=_around(subject.value, one))
        for (subject, _), one in zip(subjects, found, strict=True)
    ]


def _around(value: int, found: Interval) -> Interval:
    """An interval with the truth in it: the solver may be off by its last digit."""
    return Interval(
        None if found.low is None else min(found.low, value),
        None if found.high is None else max(found.high, value),
    )


def _known(figure: Figure, sees: Callable[[Contribution], bool], worth: Mapping[str, int]) -> Known:
    """A figure as a reader knows it, without the contributions that the reader sees.

    An amount is unknown in the unit of the figure in which it was released first; other units and shares
    weigh it in proportion.
    """
    weights = {
        one.name: Fraction(one.value, worth[one.name]) for one in figure.contributions if not sees(one)
    }
    seen = sum(one.value for one in figure.contributions if sees(one))
    return Known(weights, max(0, figure.low - seen), figure.high - seen)


def _subjects(
    figures: Sequence[Figure], sees: Callable[[Contribution], bool], worth: Mapping[str, int]
) -> list[tuple[Exposure, Weights]]:
    """Return the amounts that a reader could infer, each once, with the weights of the amounts in them."""
    found: dict[tuple[tuple[str, Fraction], ...], Exposure] = {}
    measures: dict[str, tuple[str, int]] = {}
    records: dict[tuple[str, str], dict[str, Contribution]] = defaultdict(dict)
    for released in figures:
        parties: dict[str, list[Contribution]] = defaultdict(list)
        for one in released.contributions:
            if not sees(one):
                measures.setdefault(one.name, (released.unit, released.places))
                records[released.topic, one.record].setdefault(one.name, one)
                parties[one.party].append(one)
        for party, rows in sorted(parties.items()):
            if len(rows) > 1:
                weights = tuple(sorted((one.name, Fraction(one.value, worth[one.name])) for one in rows))
                total = sum(one.value for one in rows)
                measure = released.unit, released.places
                found.setdefault(weights, Exposure("party", party, party, released.key, total, *measure))
    for (_, record), statements in sorted(records.items()):
        for one in statements.values():
            subject = Exposure("record", record, one.party, "", worth[one.name], *measures[one.name])
            found[((one.name, Fraction(1)),)] = subject
        for before, after in pairwise(statements.values()):
            change = worth[after.name] - worth[before.name]
            if _measure(before) == _measure(after):
                weights = tuple(sorted(((after.name, Fraction(1)), (before.name, Fraction(-1)))))
                subject = Exposure("change", record, after.party, "", change, *measures[after.name])
                found.setdefault(weights, subject)
    return [(subject, dict(weights)) for weights, subject in found.items()]


def _measure(one: Contribution) -> str:
    """The currency or unit in which a contribution is stated."""
    return one.basis.rpartition(" ")[0]
