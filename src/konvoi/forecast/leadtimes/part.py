"""One curve by groups: what is known of each group, and the curves that follow from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.pooling import Counts, Level, down
from konvoi.forecast.leadtimes.tail import Tail

Key = tuple[tuple[str, str], ...]
"""A group: columns with their values, in the order of a ladder; () is all cases."""

Ladder = tuple[str, ...]
"""Columns in the order in which groups are parted further: a group's parent lacks the last of them."""


@dataclass(frozen=True)
class Strengths:
    """Number of cases as which a parent's curve counts: that of the long run for all cases, and any other."""

    top: float
    below: float

    def of(self, levels: int) -> list[float]:
        """For each level of a ladder, all cases first."""
        return [self.top, *[self.below] * (levels - 1)]


@dataclass(frozen=True)
class LongRun:
    """The curve of all cases ever, the old as much as the new.

    shares: of the ends; without a tail, of the days themselves, which have one end. size: so many days.
    """

    shares: tuple[float, ...]
    size: int
    tail: Tail | None = None

    @cached_property
    def chances(self) -> Floats:
        """The chance of each end on each day: (end, day)."""
        shares = np.array(self.shares)
        if self.tail is None:
            return shares[None, :]
        return np.asarray(shares[:, None] * self.tail.chances(self.size)[None, :])


@dataclass(frozen=True)
class Group:
    """Data of one group: weights by (end, day), weights still open by day, ended cases unweighted."""

    ended: Mapping[tuple[int, int], float]
    open: Mapping[int, float]
    cases: int


@dataclass(frozen=True)
class Part:
    """Groups of one curve, shrunk to their parents and all to the long run by `strengths`."""

    long_run: LongRun
    strengths: Strengths
    groups: Mapping[Key, Group]

    def curves(self, ladders: Iterable[Ladder], rows: Sequence[Mapping[str, str]], shares: Floats) -> Floats:
        """The chance of each end on each day: (end, row, day); shares: of each ladder in each row's mean."""
        parts = zip(ladders, shares, strict=True)
        return np.asarray(sum(self._ladder(ladder, rows) * share[None, :, None] for ladder, share in parts))

    def shares(self, ladders: Sequence[Ladder], rows: Sequence[Mapping[str, str]]) -> Floats:
        """The share of each ladder in the mean of each row: (ladder, row), alike for those that count.

        A ladder does not count for a row if another covers the same values and more.
        """
        found = np.zeros((len(ladders), len(rows)))
        for number, row in enumerate(rows):
            known = [self._told(ladder, row) for ladder in ladders]
            for at, mine in enumerate(known):
                found[at, number] = not any(mine < other for other in known)
        return np.asarray(found / found.sum(axis=0, keepdims=True))

    def _told(self, ladder: Ladder, row: Mapping[str, str]) -> set[str]:
        """The columns of a ladder by which cases like the row are known."""
        depths = range(len(ladder), 0, -1)
        deepest = next((depth for depth in depths if key_of(row, ladder[:depth]) in self.groups), 0)
        return set(ladder[:deepest])

    def _ladder(self, ladder: Ladder, rows: Sequence[Mapping[str, str]]) -> Floats:
        """The curves of rows by one ladder."""
        levels: list[Level] = []
        above: Ints = np.zeros(len(rows), dtype=np.int64)
        for depth in range(len(ladder) + 1):
            keys = [key_of(row, ladder[:depth]) for row in rows]
            numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
            mine = np.array([numbers[key] for key in keys], dtype=np.int64)
            parent = np.zeros(len(numbers), dtype=np.int64)
            parent[mine] = above
            levels.append(Level(self._counts(list(numbers)), parent))
            above = mine
        top = self.long_run.chances[:, None, :]
        lowest = down(levels, top, self.strengths.of(len(levels)))
        return np.asarray(lowest[:, above])

    def _counts(self, keys: Sequence[Key]) -> Counts:
        """Return the data of some groups, side by side; zero for a group without cases."""
        ends, size = self.long_run.chances.shape
        ended = np.zeros((ends, len(keys), size))
        still = np.zeros((len(keys), size))
        for number, key in enumerate(keys):
            group = self.groups.get(key)
            for (end, day), weight in group.ended.items() if group else ():
                ended[end, number, day] = weight
            for day, weight in group.open.items() if group else ():
                still[number, day] = weight
        return Counts(ended, still)


def key_of(row: Mapping[str, str], columns: Ladder) -> Key:
    """The group of a row by some columns."""
    return tuple((column, row[column]) for column in columns)
