"""Progress of a long run, and a way to ask it to stop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Progress of a run: the phase (a message id), the count done and the total, and its figures so far.

    value and bound: of the best plan so far; None where a run has none. total is 0 where it is not known.
    """

    phase: str
    done: int
    total: int = 0
    value: float | None = None
    bound: float | None = None


Stop = Callable[[Progress], bool]
"""Asked again and again during a run; where it answers True, the run ends with what it has."""

BY_HAND = "by hand"
"""The reason of a run that ended because it was asked to."""


def never(progress: Progress) -> bool:
    """Never stop.

    >>> never(Progress("planning", 1))
    False
    """
    return False
