"""Cases that ended some time between two days, spread over those days by the curves of similar cases.

As with Turnbull (1976) each such case stands on its days in proportion to the curve of its group, and the
curves follow from where the cases stand; here as those of groups drawn to their parents, for each way of
ending, and only for so many rounds: from even shares, this comes near the result for known days, where more
rounds would heap cases on single days.
"""

from dataclasses import dataclass

import numpy as np

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.pooling import Counts, Level, down, pooled

_ROUNDS = 20
_LEAST = 1e-15
_MOST = 4_000_000
"""So many chances, of ends, groups and days, are kept at most; where there were more, groups are coarser."""


@dataclass(frozen=True)
class Seen:
    """Per case: the first and last day on which it can have ended; open ones have lasted `low` days.

    Days are whole and may be below zero. end: the number of how it ended, -1 while open, where `high` has no
    meaning.
    """

    low: Ints
    high: Ints
    end: Ints
    weight: Floats

    @property
    def wide(self) -> np.typing.NDArray[np.bool_]:
        """Return a mask of the cases that ended on one of several days."""
        return (self.end >= 0) & (self.high > self.low)


@dataclass(frozen=True)
class Alike:
    """Groups of similar cases. groups: by ladder and depth the number of each case's group, all cases first;
    below: as how many cases a parent counts."""

    groups: tuple[tuple[Ints, ...], ...]
    below: float

    def cut(self, depth: int) -> "Alike":
        """Return the same down to a depth."""
        return Alike(tuple(ladder[: depth + 1] for ladder in self.groups), self.below)

    def cells(self) -> tuple[Ints, Ints]:
        """The number of each case among those of which no two are alike in all, and a case of each."""
        told = np.stack([number for ladder in self.groups for number in ladder])
        _, case, cell = np.unique(told, axis=1, return_index=True, return_inverse=True)
        return cell.ravel().astype(np.int64), case


def shared_out(seen: Seen, alike: Alike) -> tuple[Ints, Ints, Floats]:
    """(case, day, weight): exact and open cases as they are, the others on each of their days."""
    wide = seen.wide
    whole = np.flatnonzero(~wide)
    if not wide.any():
        return whole, seen.low[whole], seen.weight[whole]
    first, cell, chances = curves(seen, alike)
    many = (seen.high - seen.low + 1)[wide]
    case = np.repeat(np.flatnonzero(wide), many)
    days = seen.low[case] + np.arange(len(case)) - np.repeat(np.cumsum(many) - many, many)
    shares = chances[seen.end[case], cell[case], days - first] + _LEAST
    weights = seen.weight[case] * shares / np.bincount(case, shares)[case]
    parts = ((whole, case), (seen.low[whole], days), (seen.weight[whole], weights))
    cases, on, weighed = (np.concatenate(part) for part in parts)
    return cases, on, weighed


def curves(seen: Seen, alike: Alike, *, rounds: int = _ROUNDS) -> tuple[int, Ints, Floats]:
    """The first day, the cell of each case, and the chance of each end in each cell on each day from it on.

    The last of the days is that of lasting longer, on which nothing ends.
    """
    ended = seen.end >= 0
    first = int(seen.low.min(initial=0))
    last = int(max(seen.high[ended].max(initial=first), seen.low.max(initial=first)))
    size = last - first + 2
    ends = int(seen.end.max(initial=0)) + 1
    for depth in range(max(map(len, alike.groups)) - 1, -1, -1):
        alike = alike.cut(depth)
        cell, case = alike.cells()
        if len(case) * size * ends <= _MOST:
            break
    ladders = tuple(tuple(number[case] for number in ladder) for ladder in alike.groups)
    low = seen.low[ended] - first
    high = seen.high[ended] - first
    end = seen.end[ended]
    still = np.zeros((len(case), size))
    np.add.at(still, (cell[~ended], seen.low[~ended] - first), seen.weight[~ended])
    chances = np.full((ends, len(case), size), 1.0 / size)
    for _ in range(rounds):
        upto = np.concatenate([np.zeros((ends, len(case), 1)), np.cumsum(chances, axis=2)], axis=2)
        mine = cell[ended]
        each = seen.weight[ended] / np.maximum(upto[end, mine, high + 1] - upto[end, mine, low], _LEAST)
        steps = np.zeros((ends, len(case), size + 1))
        np.add.at(steps, (end, mine, low), each)
        np.add.at(steps, (end, mine, high + 1), -each)
        stand = np.maximum(chances * np.cumsum(steps, axis=2)[:, :, :size], 0.0)
        chances = _drawn(Counts(stand, still), ladders, alike.below) + _LEAST
    return first, cell, chances


def _drawn(counts: Counts, ladders: tuple[tuple[Ints, ...], ...], below: float) -> Floats:
    """Return the curve of each cell, the mean of its groups' curves in each ladder."""
    every = Counts(counts.ended.sum(axis=1, keepdims=True), counts.open.sum(axis=0, keepdims=True))
    top = pooled(every, np.zeros_like(every.ended), 0.0)
    found = [_ladder(counts, ladder[1:], top, below) for ladder in ladders]
    return np.asarray(sum(found) / len(found))


def _ladder(counts: Counts, ladder: tuple[Ints, ...], top: Floats, below: float) -> Floats:
    """The curve of each cell by one ladder, from that of all cases down."""
    levels: list[Level] = []
    above: Ints = np.zeros(counts.open.shape[0], dtype=np.int64)
    for number in ladder:
        _, case, mine = np.unique(number, return_index=True, return_inverse=True)
        size = (len(case), counts.open.shape[1])
        ended = np.zeros((len(counts.ended), *size))
        still = np.zeros(size)
        for end, stand in enumerate(counts.ended):
            np.add.at(ended[end], mine, stand)
        np.add.at(still, mine, counts.open)
        levels.append(Level(Counts(ended, still), above[case]))
        above = mine
    return down(levels, top, [below] * len(levels))[:, above]
