"""Cases that ended some time between two days, shared out over those days by what all cases tell.

The shares are those of Turnbull (1976): each such case stands on its days in proportion to the curve, and the
curve follows from where the cases stand, until neither changes.
"""

from dataclasses import dataclass

import numpy as np

from konvoi.forecast.distribution import Floats, Ints

_ROUNDS = 2000
_STILL = 1e-9
_LEAST = 1e-15


@dataclass(frozen=True)
class Seen:
    """Of each case: the first and last day on which it can have ended; open ones have lasted `low` days.

    Days are whole and may be below zero. is_open: those without an end; their `high` has no meaning.
    """

    low: Ints
    high: Ints
    is_open: np.typing.NDArray[np.bool_]
    weight: Floats


def curve(seen: Seen) -> tuple[int, Floats]:
    """The first day, and the chance of each day from it on; the last place is that of lasting longer."""
    first = int(seen.low.min(initial=0))
    last = int(max(seen.high[~seen.is_open].max(initial=first), seen.low.max(initial=first)))
    size = last - first + 2
    low = np.where(seen.is_open, seen.low + 1, seen.low) - first
    high = np.where(seen.is_open, size - 1, seen.high - first)
    chances = np.full(size, 1.0 / size)
    if not len(low) or not seen.weight.sum():
        return first, chances
    for _ in range(_ROUNDS):
        upto = np.concatenate([[0.0], np.cumsum(chances)])
        each = seen.weight / np.maximum(upto[high + 1] - upto[low], _LEAST)
        steps = np.bincount(low, each, minlength=size + 1) - np.bincount(high + 1, each, minlength=size + 1)
        new = chances * np.cumsum(steps)[:size] / seen.weight.sum()
        if np.abs(new - chances).max() < _STILL:
            return first, new
        chances = new
    return first, chances


def shared_out(seen: Seen) -> tuple[Ints, Ints, Floats]:
    """(case, day, weight): exact and open cases as they are, the others on each of their days."""
    wide = ~seen.is_open & (seen.high > seen.low)
    whole = np.flatnonzero(~wide)
    if not wide.any():
        return whole, seen.low[whole], seen.weight[whole]
    first, chances = curve(seen)
    parts = [(whole, seen.low[whole], seen.weight[whole])]
    for case in np.flatnonzero(wide):
        days = np.arange(seen.low[case], seen.high[case] + 1)
        share = chances[days - first]
        even = np.full(len(days), 1.0 / len(days))
        share = share / share.sum() if share.sum() > _LEAST else even
        kept = share > _STILL
        weight = seen.weight[case] * share[kept] / share[kept].sum()
        parts.append((np.full(int(kept.sum()), case), days[kept], weight))
    cases, days, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return cases, days, weights
