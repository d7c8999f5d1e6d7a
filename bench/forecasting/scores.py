"""How good forecasts were: sharp, true to their chances, and whether their intervals hold."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from bench.forecasting.rounds import DAYS, LOW, Mask

from konvoi.forecast.distribution import Floats, Ints

LATER = (0, 7, 14, 30)
_NEARLY = 1e-9


@dataclass(frozen=True)
class Said:
    """Forecasts of all rounds, one row each: until[row, day] the chance of having come, late: what came."""

    until: Floats
    late: Ints

    def of(self, chosen: Mask) -> "Said":
        """Some of them."""
        return Said(self.until[chosen], self.late[chosen])

    def later(self, days: int) -> Floats:
        """The chance of coming more than so many days late."""
        return 1.0 - self.until[:, days - LOW]


def crps(said: Said) -> float:
    """The continuous ranked probability score in days, the less the better: the absolute error of a day."""
    came = DAYS[None, :] >= said.late[:, None]
    return float(((said.until - came) ** 2).sum(axis=1).mean())


def brier(said: Said, days: int) -> float:
    """The Brier score of coming more than so many days late, the less the better."""
    return float(((said.later(days) - (said.late > days)) ** 2).mean())


def pit(said: Said, seed: int) -> Floats:
    """The share of rows in each tenth of the randomised probability integral transform: 0.1 each at best."""
    rows, at = np.arange(len(said.late)), said.late - LOW
    high = said.until[rows, at]
    low = np.where(at > 0, said.until[rows, at - 1], 0.0)
    drawn = low + np.random.default_rng(seed).random(len(rows)) * (high - low)
    return np.histogram(drawn, bins=10, range=(0.0, 1.0))[0] / len(rows)


def off(said: Said, days: int = 0) -> float:
    """By how much the mean chance of being late is above the share that was late."""
    return float(said.later(days).mean() - (said.late > days).mean())


def groups(
    said: Said, factors: pl.DataFrame, least: int, *, days: int = 0
) -> Iterator[tuple[str, int, float]]:
    """Each value of each column with so many rows: its name, its rows, by how much P(late by days) is off."""
    for column in factors.columns:
        values = factors[column].to_numpy()
        for value in sorted(set(values.tolist())):
            mine = values == value
            if mine.sum() >= least:
                yield f"{column}={value}", int(mine.sum()), off(said.of(mine), days)


@dataclass(frozen=True)
class Held:
    """How often intervals of 80 in 100 held: of all rows; their own chance of it; and of those that could
    hold so many, because no single day weighs more than the 20 that are to lie outside."""

    share: float
    chance: float
    free: float
    free_rows: int


def held(said: Said) -> Held:
    """The interval from the first day with 10 in 100 to the first with 90 in 100, both included."""
    first = (said.until >= 0.1 - _NEARLY).argmax(axis=1)
    last = (said.until >= 0.9 - _NEARLY).argmax(axis=1)
    rows, at = np.arange(len(said.late)), said.late - LOW
    below = np.where(first > 0, said.until[rows, first - 1], 0.0)
    chance = said.until[rows, last] - below
    inside = (at >= first) & (at <= last)
    free = chance <= 0.83
    share = float(inside[free].mean()) if free.any() else float("nan")
    return Held(float(inside.mean()), float(chance.mean()), share, int(free.sum()))
