"""Curves of groups, each drawn towards its parent group as far as it has few cases of its own.

The estimate is the mean of a beta process around the parent's curve, after Susarla and Van Ryzin (1976), with
one share for each way of ending: without a parent it is that of Kaplan and Meier, and of Aalen and Johansen
where there are several ends; without open cases it is the mean of a Dirichlet distribution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from konvoi.forecast.distribution import Floats, Ints

_LEAST = 1e-12


@dataclass(frozen=True)
class Counts:
    """Cases by group and day: ended[end, group, day] on that day; open[group, day] not ended by that day.

    Cases may have weights, so that counts are no whole numbers.
    """

    ended: Floats
    open: Floats

    @property
    def cases(self) -> Floats:
        """Return the number of cases of each group, by their weights."""
        return np.asarray(self.ended.sum(axis=(0, 2)) + self.open.sum(axis=1))


class Level(NamedTuple):
    """The counts of the groups of a level, and the number of each one's parent in the level above."""

    counts: Counts
    parent: Ints


def pooled(counts: Counts, parents: Floats, strength: float) -> Floats:
    """The chance of each end on each day: (end, group, day), below 1 in all where it may last longer.

    parents: the same for the parent of each group. strength: as how many cases the parent's curve counts;
    where it is 0, a day that no case reached has chance 0.
    """
    still = _before(parents.sum(axis=0))
    gone = counts.ended.sum(axis=0) + counts.open
    at_risk = np.flip(np.cumsum(np.flip(gone, axis=1), axis=1), axis=1)
    weight = strength * still + at_risk
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.where(weight > _LEAST, (strength * parents + counts.ended) / weight, 0.0)
    rates = np.clip(rates, 0.0, 1.0)
    left = np.cumprod(1.0 - np.minimum(rates.sum(axis=0), 1.0), axis=1)
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    return np.asarray(before * rates)


def down(levels: Sequence[Level], first: Floats, strengths: list[float]) -> Floats:
    """The curves of the lowest groups of a ladder, pooled level by level from `first` (end, 1, day)."""
    curves = first
    for level, strength in zip(levels, strengths, strict=True):
        curves = pooled(level.counts, curves[:, level.parent], strength)
    return curves


def _before(chances: Floats) -> Floats:
    """The chance that nothing has ended before each day."""
    ended = np.cumsum(chances, axis=1)
    return np.clip(1.0 - np.concatenate([np.zeros((len(ended), 1)), ended[:, :-1]], axis=1), 0.0, 1.0)
