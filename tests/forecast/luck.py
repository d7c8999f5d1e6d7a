"""How likely a delay is to take no more than so many days, from its whole grid of luck."""

from statistics import NormalDist

import numpy as np

from konvoi.forecast.delay import Delay, Spread
from konvoi.forecast.luck import GRID

_NORMAL = NormalDist()


def share(delay: Delay, spread: Spread, days: int) -> float:
    """The chance of at most so many days: the normal distribution up to the last such cell of the grid."""
    found = np.flatnonzero(delay.days(spread, GRID) <= days)
    if not len(found):
        return 0.0
    middle = len(GRID) // 2
    edge = GRID[found[-1]] + (GRID[middle] - GRID[middle - 1]) / 2
    return _NORMAL.cdf(float(edge))
