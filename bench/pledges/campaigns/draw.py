"""Draws from a seed that are the same on every machine and release of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Draw:
    """One stream of draws; only `random.random`, which the language promises to keep, is used."""

    def __init__(self, seed: int, stream: str) -> None:
        self._next = random.Random(f"{seed}/{stream}").random

    def happens(self, share: float) -> bool:
        """Return True so often."""
        return self._next() < share

    def below(self, high: int) -> int:
        """Return a whole number from 0 to high - 1."""
        return int(self._next() * high)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one(self, things: Sequence[Thing]) -> Thing:
        """Return one of several, each as often."""
        return things[self.below(len(things))]

    def weighted(self, things: Sequence[tuple[Thing, int]]) -> Thing:
        """Return one of several by whole weights."""
        at = self.below(sum(weight for _, weight in things))
        for thing, weight in things:
            if at < weight:
                return thing
            at -= weight
        raise ValueError("no weights")

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return so many different ones."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
