"""Counts of simulated runs, block by block: by movement, need and partner, and never run by run."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import polars as pl

from konvoi.forecast.core.draw import (
    DRAWS,
    Counts,
    Members,
    Seen,
    Small,
    Span,
    commons,
    journeys,
    spared,
    together,
)
from konvoi.forecast.delay import Floats, Ints
from konvoi.forecast.journeys import Journeys
from konvoi.forecast.luck import NONE
from konvoi.forecast.worth import worth
from konvoi.kit.digest import key

Tables = Mapping[str, pl.DataFrame]

BLOCK = 2048
"""Runs that are drawn side by side; what must be known of one run together is kept for a block only."""


@dataclass
class Group:
    """Movements that are asked about together: of group g movements[first[g]:first[g + 1]].

    seen[g, day]: in how many runs the last of them is there on a day; in_time[g]: in how many none is late.
    """

    names: tuple[str, ...]
    movements: Counts
    first: Counts
    seen: Seen
    in_time: Counts

    @classmethod
    def of(cls, member: Sequence[str], days: int) -> "Group":
        """Groups by name, from the name of each movement's."""
        names = tuple(sorted(set(member)))
        number = {name: at for at, name in enumerate(names)}
        belongs = np.array([number[name] for name in member], dtype=np.int64)
        first = np.searchsorted(np.sort(belongs), np.arange(len(names) + 1)).astype(np.int64)
        order = np.argsort(belongs, kind="stable").astype(np.int64)
        empty = np.zeros((len(names), days), dtype=np.int32)
        return cls(names, order, first, empty, np.zeros(len(names), dtype=np.int64))


@dataclass
class Tally:
    """Counts over `runs` runs so far.

    seen[movement, day]; saved[step]: late runs of its movement that it would have spared; expected: by need,
    the sum of units in time; worth: the sum of the runs' values.
    """

    laid: Journeys
    needs: Group
    partners: Group
    seen: Seen
    saved: Counts
    expected: Floats
    runs: int = 0
    worth: float = 0.0
    asked: Floats = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, laid: Journeys, partners: Sequence[str], asked: Floats) -> "Tally":
        """Return an empty tally; partners: that of each movement; asked: the quantity of each need."""
        return cls(
            laid,
            Group.of([laid.needs[need] for need in laid.need], laid.last),
            Group.of(partners, laid.last),
            np.zeros((len(laid.ids), laid.last), dtype=np.int32),
            np.zeros(len(laid.steps), dtype=np.int64),
            np.zeros(len(laid.needs)),
            asked=asked,
        )

    def add(self, tables: Tables, block: tuple[int, int, int], threads: int, *, why: bool = True) -> None:
        """Draw one more block and count it; block: the seed, its number, how many runs.

        why: whether to count what would have spared late runs, too.
        """
        seed, number, runs = block
        laid = self.laid
        luck = np.uint64(int(key("block", seed, number), 16))
        common = shared_luck(laid, luck, runs)
        days = np.zeros((len(laid.ids), runs), dtype=np.uint16)

        def turn(span: tuple[int, int]) -> None:
            # Each writes to lines of its own, so what comes out does not hang on who goes first.
            journeys(laid.ways, common, Span(*span, luck), days, self.seen)
            if why:
                spared(laid.ways, common, Span(*span, luck), days, self.saved)

        with ThreadPoolExecutor(threads) as crew:
            list(crew.map(turn, _spans(len(laid.ids), threads)))
        for group in (self.needs, self.partners):
            members = Members(group.movements, group.first, laid.ways.due)
            together(days, members, group.seen, group.in_time)
        self.runs += runs
        self.worth += float(worth(tables, laid, days).sum())
        self.expected += self._there(days)

    def _there(self, days: Small) -> Floats:
        """Units of each need in time, no more than is asked for, added up over the runs."""
        in_time = (days <= self.laid.ways.due[:, None]) * self.laid.amount[:, None]
        there: Floats = np.add.reduceat(in_time, self.needs.first[:-1], axis=0)
        return np.asarray(np.minimum(there, self.asked[:, None]).sum(axis=1))


def shared_luck(laid: Journeys, luck: np.uint64, runs: int) -> Small:
    """Return the shared luck of all groups of steps in a block of runs; the last line is unused.

    There are columns for a multiple of four runs, as they are drawn.
    """
    common = np.full((len(laid.chance.keys) + 1, -(-runs // DRAWS) * DRAWS), NONE, dtype=np.uint16)
    commons(laid.chance.keys, laid.chance.parts, laid.chance.shared, luck, common)
    return common


def _spans(count: int, threads: int) -> list[tuple[int, int]]:
    """Movements from one number up to another, a span for each thread."""
    ends: Ints = np.linspace(0, count, threads + 1).astype(np.int64)
    return [(int(low), int(high)) for low, high in pairwise(ends)]
