"""Prices that a need useful only in full pays for limits besides those that all pay."""

from typing import NamedTuple

import numpy as np

from konvoi.plan.net import Floats, Ints


class Links(NamedTuple):
    """Rows, sorted by need and by the row of the problem that each repeats for its need.

    price: value of having all of that row once more, for this need alone.
    """

    need: Ints
    row: Ints
    price: Floats

    def __bool__(self) -> bool:
        """Return True if there are any."""
        return len(self.need) > 0

    def at(self, need: int) -> tuple[Ints, Floats]:
        """Return the rows and prices of one need."""
        mine = self.need == need
        return self.row[mine], self.price[mine]


NO_LINKS = Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
