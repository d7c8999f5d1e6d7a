"""What a delay is: a way in which a leg takes longer, or less, than planned.

Members lie in `delays/`, one file each; a leg takes the sum of what they draw, in whole days, at least one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_POINTS = 4096
# The quantiles of the normal distribution at the middles of 4,096 equal parts: one whole number drawn gives
# one of them, so that a stream gives the same runs wherever it is read.
_NORMAL = np.array([NormalDist().inv_cdf((2 * k + 1) / (2 * _POINTS)) for k in range(_POINTS)])


@dataclass(frozen=True)
class Legs:
    """The legs of a plan, side by side, one element for each.

    p10, p50, p90: days that the lane takes. shared: the number of the lane and week in which the leg is
    planned to depart; legs of one number have their luck in common.
    """

    p10: Floats
    p50: Floats
    p90: Floats
    shared: Ints

    @property
    def groups(self) -> int:
        """How many lanes and weeks there are."""
        return int(self.shared.max(initial=-1)) + 1


@dataclass(frozen=True)
class Dice:
    """Seeded chance for one block of runs."""

    stream: np.random.Generator

    @classmethod
    def of(cls, seed: int, block: int) -> "Dice":
        """The chance of one block: it depends on nothing but the two numbers."""
        return cls(np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, block]))))

    def normal(self, rows: int, runs: int) -> Floats:
        """Independent normal numbers, one for each row and run."""
        return _NORMAL[self.stream.integers(0, _POINTS, size=(rows, runs))]


@dataclass(frozen=True)
class Delay:
    """A member: days for each leg and run, drawn from the dice."""

    name: str
    days: Callable[[Legs, Dice, int], Floats]
