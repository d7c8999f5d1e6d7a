"""The form of a delay: the days that one kind of step takes, by its luck.

Members lie in `delays/`, one file each. The steps of a movement follow one another
(docs/explanation/forecast.md); each takes whole days, never less than none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TENTH = 1.2815515655446004
"""The normal number above which one of ten lies."""


@dataclass(frozen=True)
class Spread:
    """Days that a step takes: one time in ten less than low, half the time less than middle, one time in ten
    more than high. middle is what a plan counts with."""

    low: float
    middle: float
    high: float

    @property
    def sound(self) -> bool:
        """Return True if the days are none below zero and in their order."""
        return 0 <= self.low <= self.middle <= self.high


@dataclass(frozen=True)
class Delay:
    """A member: the days of one kind of step.

    days: from a spread and normal numbers (luck, above 0 for what is late) to days, one for each; they do not
    fall as the numbers rise. shared: the part of the luck, from 0 to 1, that steps of one key have in common.
    assumed: days, or for `times` multiples of the planned days, where none are stated or learnt.
    """

    name: str
    days: Callable[[Spread, Floats], Floats]
    shared: float
    assumed: Spread
    times: bool = False

    def spread(self, planned: float = 0.0) -> Spread:
        """The days of a step that a plan counts with so many, as they are assumed."""
        if not self.times:
            return self.assumed
        return Spread(*(planned * part for part in (self.assumed.low, 1.0, self.assumed.high)))


def around(spread: Spread, luck: Floats) -> Floats:
    """Return days by two halves of a lognormal, joined at the middle, through low and high; one at least."""
    if spread.middle <= 0.0:
        return beyond(spread, luck)
    slow = np.log(spread.high / spread.middle) / TENTH
    quick = np.log(spread.middle / max(spread.low, spread.middle / 100)) / TENTH
    drawn = spread.middle * np.exp(np.where(luck > 0, slow, quick) * luck)
    # Rounded first, so that the last digit of a power never decides over a day.
    return np.asarray(np.maximum(1.0, np.ceil(np.round(drawn, 6))))


def beyond(spread: Spread, luck: Floats) -> Floats:
    """The middle where luck is good; else days above it that pass through high, and beyond it ever more."""
    more = (spread.high - spread.middle) * np.expm1(np.maximum(luck, 0.0)) / np.expm1(TENTH)
    return np.asarray(np.round(spread.middle + more))
