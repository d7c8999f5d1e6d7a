"""Free room in each row, in whole numbers: each row is counted in the largest part that all steps share."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

import numpy as np

from konvoi.plan.core.field import Small, starts
from konvoi.plan.limits import Limits
from konvoi.plan.net import Ints
from konvoi.plan.parts import USES

MOST = 2**61
"""Largest number of parts: a larger row is counted in coarser parts, to the safe side."""

_Term = tuple[int, int, int]
_Amounts = Mapping[int, int]


class Room(NamedTuple):
    """The rows, what is free of each, and what one step takes.

    own: terms of sources, then of pairs, from own_first[source] or own_first[sources + pair]: row, amount,
    and whether the last step may go over what is there. place: terms of lanes by week, then of sites by week:
    row, and the kind by which amounts[kind, good] says how much, 0 for nothing.
    """

    free: Ints
    own_first: Ints
    own: Ints
    place_first: Ints
    place: Ints
    amounts: Ints


@dataclass
class Units:
    """The part of 1/SCALE in which each row is counted, and the rounding of amounts it does not divide."""

    upper: Sequence[int]
    rounded: frozenset[int]
    shared: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def share(self, row: int, amount: int) -> None:
        """Let a row be counted in parts of which an amount is a whole number."""
        self.shared[row] = gcd(self.shared[row], amount)

    def of(self, row: int) -> int:
        """The part in which a row is counted."""
        part = max(1, self.shared.get(row, 1))
        return part * (1 + self.upper[row] // part // MOST)

    def bound(self, row: int) -> int:
        """Return the number of parts of a row; of rounded ones a begun part counts, if parts are exact."""
        part = self.of(row)
        if row in self.rounded and part == max(1, self.shared.get(row, 1)):
            return -(-self.upper[row] // part)
        return self.upper[row] // part

    def amount(self, row: int, amount: int) -> int:
        """A step's amount in parts."""
        return min(MOST, -(-amount // self.of(row)))

    def more(self, row: int, amount: int) -> int:
        """Return the additional parts of a row for an additional amount."""
        part = self.of(row)
        return (self.upper[row] + amount) // part - self.upper[row] // part


def room_of(limits: Limits, weeks: int) -> tuple[Room, Units]:
    """All rows of a problem, nothing taken."""
    units = Units(limits.upper, limits.rounded)
    own = [*_sources(limits), *_pairs(limits)]
    for terms in own:
        for row, amount in terms.items():
            units.share(row, amount)
    places = _places(limits, weeks)
    shared = [_shared_load(limits, use) for use in range(len(USES))]
    for row, use, factor in sorted({term for terms in places for term in terms}):
        units.share(row, factor * shared[use])
    first, place, amounts = _by_kind(limits, places, units)
    taken = [(r, units.amount(r, a), r in limits.rounded) for terms in own for r, a in terms.items()]
    return Room(
        free=np.array([units.bound(row) for row in range(len(limits.upper))], dtype=np.int64),
        own_first=starts([len(terms) for terms in own]).astype(np.int64),
        own=np.array(taken, dtype=np.int64).reshape(-1, 3),
        place_first=first.astype(np.int64),
        place=place,
        amounts=amounts,
    ), units


def _sources(limits: Limits) -> list[_Amounts]:
    """Return the use of its source's rows by a step, by source."""
    problem = limits.problem
    found = list[_Amounts]()
    for number, source in enumerate(problem.sources):
        good = problem.goods[source.good]
        taken: dict[int, int] = defaultdict(int)
        for row, use, factor in limits.source.get(number, ()):
            taken[row] += factor * good.loads[use] * good.step
        found.append({row: amount for row, amount in sorted(taken.items()) if amount})
    return found


def _pairs(limits: Limits) -> list[_Amounts]:
    """Return the use of its need's rows by a step, by pair."""
    problem = limits.problem
    found = list[_Amounts]()
    for pair in problem.pairs:
        taken: dict[int, int] = defaultdict(int)
        for row, factor in limits.served.get(pair.need, ()):
            taken[row] += factor * pair.ratio * problem.goods[pair.good].step * 1000
        found.append({row: amount for row, amount in sorted(taken.items()) if amount})
    return found


def _places(limits: Limits, weeks: int) -> Sequence[Sequence[_Term]]:
    """The terms of lanes by week, then of sites by week."""
    lanes = range(len(limits.problem.lanes))
    sites = range(len(limits.problem.sites))
    return [limits.lane.get((lane, week), ()) for lane in lanes for week in range(weeks)] + [
        limits.site.get((site, week), ()) for site in sites for week in range(weeks)
    ]


def _shared_load(limits: Limits, use: int) -> int:
    """The largest part of which a step of each good is a whole number, in a use."""
    return gcd(*(good.loads[use] * good.step for good in limits.problem.goods))


def _by_kind(limits: Limits, places: Sequence[Sequence[_Term]], units: Units) -> tuple[Small, Ints, Ints]:
    """Terms of places, those that take the same of each good under one number."""
    kinds: dict[tuple[int, int, int], int] = {}
    found = []
    for terms in places:
        for row, use, factor in terms:
            found.append((row, kinds.setdefault((use, factor, units.of(row)), len(kinds))))
    amounts = np.zeros((max(1, len(kinds)), max(1, len(limits.problem.goods))), dtype=np.int64)
    for (use, factor, part), kind in kinds.items():
        for number, good in enumerate(limits.problem.goods):
            amounts[kind, number] = min(MOST, -(-factor * good.loads[use] * good.step // part))
    return starts([len(terms) for terms in places]), np.array(found, dtype=np.int64).reshape(-1, 2), amounts
