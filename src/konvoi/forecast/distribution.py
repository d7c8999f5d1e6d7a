"""Days as distributions, side by side: what models of lead times answer, and what a simulation draws from.

A row is one case or group of cases. Columns are whole days that follow one another: days that something
takes, or days after (below zero: before) the day that was promised.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = np.iinfo(np.int64).max // 4
"""The day of what does not end: small enough that other days can be added to it."""

_WHOLE = 1e-9


@dataclass(frozen=True)
class Basis:
    """Basis of a row.

    data: name of what it was learnt from; digest: of that data; until: ISO day up to which it was known.
    group: the columns and values of the smallest group with cases of its own, `mode=Air, lane=Zambia`; empty
    for all cases of the kind. cases: how many ended ones there are in that group.
    """

    data: str
    digest: str
    until: str
    group: str
    cases: int


@dataclass(frozen=True)
class Distribution:
    """Chances by row and day.

    first: the day of the first column. until[row, column]: the chance that the row has ended by that day; it
    does not fall from left to right, and its last column is below 1 where it may take longer still or never
    end. basis: of each row, None if too few cases were known; such a row is all zero.
    otherwise: the chance that by that day it has ended in another way (withdrawn, replaced), and so never
    will end in this one; None: that it cannot.
    """

    first: int
    until: Floats
    basis: tuple[Basis | None, ...]
    otherwise: Floats | None = None

    @property
    def known(self) -> NDArray[np.bool_]:
        """Return a mask of the rows that rest on enough cases."""
        return np.array([one is not None for one in self.basis], dtype=np.bool_)

    def by(self, days: Ints) -> Floats:
        """The chance that each row has ended by its day; days: one for each row."""
        at = days - self.first
        found = self.until[np.arange(len(self.until)), np.clip(at, 0, self.until.shape[1] - 1)]
        return np.where(at < 0, 0.0, found)

    def late(self, days: int) -> Floats:
        """The chance of ending later than so many days."""
        return 1.0 - self.by(np.full(len(self.until), days, dtype=np.int64))

    def draw(self, rows: Ints, uniform: Floats) -> Ints:
        """The day of each row at a number from 0 up to 1: the least day by which more than that has ended.

        rows and uniform have one shape; NEVER where no more than that ends. The same numbers, the same days.
        """
        found = np.empty(rows.shape, dtype=np.int64)
        for row in np.unique(rows):
            mine = rows == row
            found[mine] = np.searchsorted(self.until[row], uniform[mine], side="right")
        return self._days(found)

    def quantiles(self, shares: Floats) -> Ints:
        """The least day by which each share above 0 has ended: (row, share); NEVER where none is."""
        found = [np.searchsorted(row, shares - _WHOLE) for row in self.until]
        return self._days(np.array(found, dtype=np.int64).reshape(len(self.until), len(shares)))

    def _days(self, columns: Ints) -> Ints:
        """The days of columns; NEVER beyond the last."""
        return np.where(columns < self.until.shape[1], columns + self.first, NEVER)

    def table(self, points: int) -> Ints:
        """The quantiles at the middles of so many equal parts: (row, point), each as likely as any other.

        One whole number drawn below `points` gives a day; tails are cut at half a part.
        """
        return self.quantiles((np.arange(points) + 0.5) / points)

    def or_else(self, other: "Distribution") -> "Distribution":
        """Return the same, with another's values for rows that have no basis here; both begin on one day."""
        if self.first != other.first:
            raise ValueError(f"days from {self.first} and from {other.first} on")
        size = max(self.until.shape[1], other.until.shape[1])
        known = self.known[:, None]

        def both(mine: Floats, its: Floats) -> Floats:
            wide = (np.pad(one, ((0, 0), (0, size - one.shape[1])), mode="edge") for one in (mine, its))
            return np.where(known, *wide)

        lost = [np.zeros_like(one.until) if one.otherwise is None else one.otherwise for one in (self, other)]
        basis = tuple(mine or its for mine, its in zip(self.basis, other.basis, strict=True))
        return Distribution(self.first, both(self.until, other.until), basis, both(*lost))

    def after(self, passed: Ints) -> "Distribution":
        """Return the same for rows that had not ended in any way by a day, one for each row: the rest,
        rescaled to 1.

        A row that had surely ended by then ends on the next day.
        """
        columns = np.arange(self.until.shape[1]) + self.first
        other = None if self.otherwise is None else Distribution(self.first, self.otherwise, self.basis)
        gone = self.by(passed)[:, None]
        lost = 0.0 if other is None else other.by(passed)[:, None]
        left = 1.0 - gone - lost
        counts = (columns[None, :] > passed[:, None]) & self.known[:, None]

        def whole(until: Floats, before: Floats | float, sure: float) -> Floats:
            share = np.clip((until - before) / np.maximum(left, _WHOLE), 0.0, 1.0)
            return np.where(counts, np.where(left > _WHOLE, share, sure), 0.0)

        rest = None if self.otherwise is None else whole(self.otherwise, lost, 0.0)
        return Distribution(self.first, whole(self.until, gone, 1.0), self.basis, rest)
