"""What forecasts are measured against: the schedule, shares and means of the past, curves, boosting."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from bench.forecasting.rounds import DAYS, HIGH, LOW, Round

from konvoi.forecast.distribution import Floats, Ints
from konvoi.forecast.leadtimes.learn import Settings, learn
from konvoi.forecast.leadtimes.pooling import Counts, pooled

GROUP = ("route", "mode", "lane")
FEWEST = 20
"""Ended cases that a group has to have, or its parent answers."""

EDGES = (-30, -7, -1, 0, 7, 14, 30)
"""Last days of the bins that boosting tells apart; day 0 is a bin of its own."""

Forecast = Callable[[Round], Floats]


def ours(now: Round, settings: Settings | None = None) -> Floats:
    """The model of Konvoi, learnt on this day from what was known on it."""
    model = learn(now.history.cases[now.learn], now.day, data="deliveries", settings=settings)
    found = model.distribution(now.history.cases[now.ask])
    if not found.known.all():
        return alike(now)
    chances = np.diff(found.until, axis=1, prepend=0.0)
    whole, begins = np.zeros((len(now.ask), len(DAYS))), found.first - now.history.nought
    first, last = max(begins, LOW), min(begins + chances.shape[1] - 1, HIGH)
    whole[:, first - LOW : last - LOW + 1] = chances[:, first - begins : last - begins + 1]
    return whole


def schedule(now: Round) -> Floats:
    """All comes on the promised day."""
    return _sure(np.zeros(len(now.ask), dtype=np.int64))


def alike(now: Round) -> Floats:
    """All is as what has come so far: the training share of exactly on the day, and of each other day."""
    came = now.seen[~now.is_open]
    return np.tile(_shares(came), (len(now.ask), 1))


def mean(now: Round) -> Floats:
    """The mean of the group, as one day."""
    came = ~now.is_open
    means = [float(now.seen[mine & came].mean()) if (mine & came).any() else 0.0 for mine in _groups(now)]
    return _sure(np.clip(np.rint(np.array(means)), LOW, HIGH).astype(np.int64))


def kaplan_meier(now: Round) -> Floats:
    """The curve of the group by Kaplan and Meier, its end given to the day after its last."""
    known: dict[bytes, Floats] = {}
    found = []
    for mine in _groups(now):
        name = mine.tobytes()
        if name not in known:
            known[name] = _curve(now.seen[mine], now.is_open[mine])
        found.append(known[name])
    return np.array(found)


def boosted(now: Round, bins: Floats, edges: Sequence[int] = EDGES) -> Floats:
    """Chances of bins, spread within each as what has come so far."""
    came = now.seen[~now.is_open]
    first, last = np.array([LOW, *(edge + 1 for edge in edges)]), np.array([*edges, HIGH])
    inside = (DAYS[None, :] >= first[:, None]) & (DAYS[None, :] <= last[:, None])
    spread = np.where(inside, _shares(came)[None, :] + 1e-6, 0.0)
    return np.asarray(bins @ (spread / spread.sum(axis=1, keepdims=True)))


RIVALS: Mapping[str, Forecast] = {
    "the schedule": schedule,
    "all alike": alike,
    "group mean": mean,
    "group Kaplan-Meier": kaplan_meier,
}


def _sure(days: Ints) -> Floats:
    """All on one day each."""
    return np.where(DAYS[None, :] == days[:, None], 1.0, 0.0)


def _shares(days: Ints) -> Floats:
    """The share of each day."""
    counted = np.bincount(np.clip(days, LOW, HIGH) - LOW, minlength=len(DAYS))
    return np.asarray(counted / max(len(days), 1))


def _curve(days: Ints, is_open: np.typing.NDArray[np.bool_]) -> Floats:
    at = np.clip(days, LOW, HIGH) - LOW
    ended = np.bincount(at[~is_open], minlength=len(DAYS)).astype(np.float64)
    still = np.bincount(at[is_open], minlength=len(DAYS)).astype(np.float64)
    counts = Counts(ended[None, None, :], still[None, :])
    found = pooled(counts, np.zeros((1, 1, len(DAYS))), 0.0)[0, 0]
    found[min(int(at.max(initial=0)) + 1, len(DAYS) - 1)] += max(0.0, 1.0 - found.sum())
    return np.asarray(found)


def _groups(now: Round) -> list[np.typing.NDArray[np.bool_]]:
    """For each row that is asked, which cases are of its group: the smallest with enough of them."""
    learnt, asked = now.history.cases[now.learn], now.history.cases[now.ask]
    masks: dict[tuple[str | None, ...], np.typing.NDArray[np.bool_]] = {}
    columns = [learnt[name].to_numpy() for name in GROUP]
    found = []
    for row in asked.select(GROUP).iter_rows():
        for depth in range(len(GROUP), -1, -1):
            name = row[:depth]
            if name not in masks:
                same = [column == value for column, value in zip(columns, name, strict=False)]
                masks[name] = np.logical_and.reduce(same) if same else np.ones(len(now.learn), dtype=np.bool_)
            if depth == 0 or (masks[name] & ~now.is_open).sum() >= FEWEST:
                found.append(masks[name])
                break
    return found
