"""Luck as whole numbers: normal numbers on a grid, so that a seed gives the same days on every machine."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Small = NDArray[np.uint16]
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

POINTS = 4096
"""One whole number below it, drawn from 12 bits, gives one of the quantiles of a normal number."""

_PARTS = 128
# The normal numbers at the middles of 4,096 equal parts reach from -3.67 to 3.67; two of them, each times the
# root of a half, 1.42 times as far.
_REACH = math.ceil(3.67 * _PARTS) + 1
_FARTHEST = 4.5
_NORMAL = np.array([NormalDist().inv_cdf((2 * k + 1) / (2 * POINTS)) for k in range(POINTS)])

NONE = _REACH
"""Marker for the shared part of a luck that is not shared."""

CELLS = 4 * _REACH
GRID: Floats = np.clip((np.arange(CELLS) - 2 * _REACH + 0.5) / _PARTS, -_FARTHEST, _FARTHEST)
"""The normal number that the sum of a shared and an own part stands for. None is 0: half are below."""


def shared(part: float) -> Small:
    """The shared part of luck: quantiles of a normal number whose variance is `part`, as parts of a cell."""
    return _cells(np.floor(_NORMAL * math.sqrt(part) * _PARTS))


def own(part: float) -> Small:
    """The own part where `part` of the variance is shared; of a luck that is not shared, all of it."""
    if part == 0.0:
        return _cells(np.floor(_NORMAL * _PARTS))
    return _cells(np.round(_NORMAL * math.sqrt(1.0 - part) * _PARTS))


FOURS = POINTS // 4
"""Number of draws, each of which gives the own part of four runs."""


def fours(cells: Small) -> Keys:
    """Own parts of four runs side by side in each of FOURS numbers, a quarter of all quantiles apart.

    So each run draws by itself from all its luck, and four together never are all lucky, or all unlucky.
    """
    draw = np.arange(FOURS)[:, None]
    run = np.arange(4)
    found: Keys = cells[(draw + run * (FOURS // 4)) % FOURS * 4 + run].view(np.uint64)[:, 0]
    return found


def _cells(steps: Floats) -> Small:
    return (steps + _REACH).astype(np.uint16)
