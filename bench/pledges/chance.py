"""Chance that is the same on every machine: each draw is a whole number made from seed, name and place.

A draw depends on nothing drawn before it, so that columns can be made in any order, and only whole numbers
and the exact operations of IEEE doubles are used: no logarithm, no power, no sum of floats.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flag = NDArray[np.bool_]
Wide = NDArray[np.uint64]

_STEP, _FIRST, _SECOND = (np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_HALF = np.uint64(32)
ONE = 1 << 53


@dataclass(frozen=True)
class Chance:
    """Named streams of one seed (splitmix64: Steele, Lea and Flood 2014)."""

    seed: int

    def bits(self, name: str, n: int) -> Wide:
        """64 even bits for each of n places."""
        key = int.from_bytes(hashlib.sha256(f"{self.seed}/{name}".encode()).digest()[:8], "little")
        with np.errstate(over="ignore"):
            z = np.uint64(key) + np.arange(1, n + 1, dtype=np.uint64) * _STEP
            z = (z ^ (z >> np.uint64(30))) * _FIRST
            z = (z ^ (z >> np.uint64(27))) * _SECOND
            return np.asarray(z ^ (z >> np.uint64(31)), dtype=np.uint64)

    def below(self, name: str, n: int, high: int | Whole) -> Whole:
        """A whole number from 0 to high - 1 for each place; high below 2**31."""
        top = np.asarray(high, dtype=np.uint64)
        return ((self.bits(name, n) >> _HALF) * top >> _HALF).astype(np.int64)

    def between(self, name: str, n: int, low: int, high: int) -> Whole:
        """A whole number from low to high, both included."""
        return low + self.below(name, n, high - low + 1)

    def happens(self, name: str, n: int, share: float | NDArray[np.float64]) -> Flag:
        """Whether something that happens so often does, for each place."""
        return np.asarray((self.bits(name, n) >> np.uint64(11)).astype(np.int64) < np.asarray(share) * ONE)

    def weighted(self, name: str, n: int, counts: Sequence[int] | Whole) -> Whole:
        """A place in counts, as often as it counts."""
        ends = np.cumsum(np.asarray(counts, dtype=np.int64))
        return np.asarray(
            np.searchsorted(ends, self.below(name, n, int(ends[-1])), side="right"), dtype=np.int64
        )

    def spread(self, name: str, n: int, quantiles: Sequence[int]) -> Whole:
        """A number spread as quantiles at even steps, evenly between two; the outermost steps left out."""
        ranks = np.asarray(quantiles, dtype=np.int64)
        step = self.between(f"{name}/step", n, 1, len(ranks) - 3)
        low, high = ranks[step], ranks[step + 1]
        return np.asarray(low + self.below(name, n, high - low + 1))

    def tail(self, name: str, n: int) -> Whole:
        """0 in half the places, 1 in a quarter, 2 in an eighth, ...: without an end but that of 64 bits."""
        z = self.bits(name, n) | np.uint64(1 << 63)
        low = z & (~z + np.uint64(1))
        return np.asarray(np.searchsorted(_POWERS, low), dtype=np.int64)


_POWERS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
