"""A lane takes about its p50 days, seldom less than p10 or more than p90; a bad week is shared."""

import math

import numpy as np

from konvoi.forecast.delay import Delay, Dice, Floats, Legs

SHARED = 0.5
"""How much of the luck of a leg is that of its lane in that week: an assumption, between 0.3 and 0.7."""

_TENTH = 1.2815515655446004


def _days(legs: Legs, dice: Dice, runs: int) -> Floats:
    """Two halves of a lognormal that meet at p50 and pass through p10 and p90."""
    common = dice.normal(legs.groups, runs)
    own = dice.normal(len(legs.p50), runs)
    luck = math.sqrt(SHARED) * common[legs.shared] + math.sqrt(1 - SHARED) * own
    slow = np.log(legs.p90 / legs.p50)[:, None] / _TENTH
    quick = np.log(legs.p50 / legs.p10)[:, None] / _TENTH
    return legs.p50[:, None] * np.exp(np.where(luck > 0, slow, quick) * luck)


MEMBER = Delay("transit", _days)
