"""Wait for a lane or site that is closed without notice until it opens; all of one week wait alike.

The frequency and length of closures must be stated, as they are not published: nothing is assumed.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from konvoi.forecast.delay import Delay, Floats, Spread, around

_NORMAL = NormalDist()
_YEAR = 365.25
_PARTS = 2000
_LUCK = np.array([_NORMAL.inv_cdf((2 * at + 1) / (2 * _PARTS)) for at in range(_PARTS)])


@dataclass(frozen=True)
class Shut(Spread):
    """Closures that last so many days and begin on any day alike, `a_year` times a year on average."""

    a_year: float = 0.0


def wait(spread: Spread, luck: Floats) -> Floats:
    """The days until it opens: mostly none; else what is left of a closure that is met on any of its days."""
    if not isinstance(spread, Shut) or spread.a_year <= 0:
        return np.zeros(len(luck))
    lasts = around(spread, _LUCK)
    days = np.arange(1, int(lasts.max()) + 1)
    shut = 1.0 - math.exp(-spread.a_year * float(lasts.mean()) / _YEAR)
    left = np.array([float((lasts >= day).mean()) for day in days]) / float(lasts.mean())
    until = np.concatenate([[1.0 - shut], 1.0 - shut + shut * np.cumsum(left)])
    met = np.array([_NORMAL.cdf(one) for one in luck])
    # Rounded first, so that the last digit never decides over a day.
    return np.asarray(np.searchsorted(np.round(until[:-1], 9), np.round(met, 9)), dtype=np.float64)


MEMBER = Delay("closure", wait, shared=1.0, assumed=Spread(0, 0, 0))
