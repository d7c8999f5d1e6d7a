"""Chance that is the same on every machine, for problems and records that are made up from a seed."""

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Dice:
    """Chance that is the same on every machine: whole numbers and evenly spread ones only."""

    seed: int
    stream: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        """Start the stream."""
        self.stream = np.random.Generator(np.random.PCG64(self.seed))

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.stream.integers(low, high + 1))

    def one(self) -> float:
        """A number from 0 to 1."""
        return float(self.stream.random())

    def heavy(self, middle: float, spread: float) -> float:
        """A number around the middle, more often far above than far below: twelve even ones, as a power."""
        normal = float(self.stream.random(12).sum()) - 6.0
        return middle * math.exp(spread * normal)
