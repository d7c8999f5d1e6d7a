"""How far long work has come, as it is told to whoever watches; and what lets them stop it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """One word of long work: what is being done (an English message id), how much of how much.

    total is 0 where it is not known. value, bound: of a plan that is being made, where there are any.
    """

    what: str
    done: int = 0
    total: int = 0
    value: float | None = None
    bound: float | None = None


Stop = Callable[[Progress], bool]
"""Called now and then by long work; where it returns True the work ends with the best it has so far."""


def never(progress: Progress) -> bool:
    """Watches nothing and stops nothing."""
    return False
