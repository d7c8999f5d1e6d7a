"""Days from the order to the delivery: asked when an order is placed, learnt from what was known then."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from bench.forecasting.boosting import features, forecasts
from bench.forecasting.rivals import alike, kaplan_meier, mean, ours
from bench.forecasting.rounds import History, Round, left, ordinal
from bench.forecasting.scores import Said, brier, crps, groups, held, pit
from bench.record import Benchmark

from konvoi.flow.forecast.delivery_files import deliveries
from konvoi.forecast.distribution import Floats
from konvoi.forecast.leadtimes.cases import sound

MEASURE = "ordered > received"
FIRST, LAST = date(2008, 1, 1), date(2012, 7, 1)
"""The last orders asked of are a year older than the file, which holds only what was delivered."""

TURN = date(2010, 1, 1)
"""Ladders and strengths of days from stage to stage were set on the orders before."""

NOUGHT = 200
"""Days from an order that stand for the promised day of the other forecasts: 0 to 600 are told apart."""

LONGER = (60, 90, 180)
"""Days of which the chance is asked that an order takes longer."""

EDGES = tuple(days - NOUGHT for days in (30, 45, 60, 75, 90, 120, 150, 180, 240))
COLUMNS = ("lane", "mode", "supplier", "programme", "good", "season")
OURS, BOOSTING = "konvoi", "gradient boosting"
RIVALS = {"all alike": alike, "group mean": mean, "group Kaplan-Meier": kaplan_meier}
HALVES = {BOOSTING: 0.0, f"{BOOSTING}, newer cases more": 365.0}


def history(path: Path) -> History:
    """The deliveries of a file that have the day of their order, without those delivered before it."""
    cases, _ = deliveries(path)
    last = cases["ended_to"].max()
    assert isinstance(last, date)
    kept, _ = sound(cases.filter(pl.col("measure") == MEASURE), last)
    kept = kept.sort("row")
    day = pl.col("since").min().over(pl.coalesce("shipment", "case"))
    days = kept.select(since=ordinal(pl.col("since")), ended=ordinal(pl.col("ended_to")), on=ordinal(day))
    since, ended, on = (column.to_numpy().astype(np.int64) for column in days)
    return History(kept, since + NOUGHT, ended, on, NOUGHT)


def rounds(told: History) -> Iterator[Round]:
    """The first of each month: learnt is from orders placed before, asked of those placed until the next."""
    months = [date(year, month, 1) for year in range(FIRST.year, LAST.year + 1) for month in range(1, 13)]
    since = told.promised - NOUGHT
    for day, after in pairwise([day for day in months if FIRST <= day <= LAST]):
        now, until = day.toordinal(), after.toordinal()
        learn = np.flatnonzero((told.shipment < now) & (since < now))
        ask = np.flatnonzero((told.shipment >= now) & (since >= now) & (since < until))
        if len(ask):
            yield Round(day, learn, told.ended[learn] > now, ask, told)


def measure(bench: Benchmark, path: Path) -> None:
    """Scores of all on the same orders, and whether our chances are what they say."""
    told = history(path)
    every = list(rounds(told))
    said = _answers(bench, path, every)
    bench.figures["orders"], bench.figures["orders asked of"] = len(told.late), len(said[OURS].late)
    _scores(bench, said, every)
    _goals(bench, said, told.cases[np.concatenate([now.ask for now in every])])


def _scores(bench: Benchmark, said: Mapping[str, Said], every: Sequence[Round]) -> None:
    """CRPS and Brier scores of all, before and after the turn apart."""
    early = np.concatenate([np.full(len(now.ask), now.day < TURN) for now in every])
    for part, chosen in {"": early | ~early, " before 2010": early, " from 2010": ~early}.items():
        for name, each in said.items():
            one = each.of(chosen)
            bench.figures[f"order to delivery, CRPS{part}, {name}"] = crps(one)
            for days in LONGER:
                label = f"order to delivery, Brier of longer than {days}{part}, {name}"
                bench.figures[label] = brier(one, days - NOUGHT)


def _goals(bench: Benchmark, said: Mapping[str, Said], cases: pl.DataFrame) -> None:
    """Ours is to be the best, and true to its chances."""
    mine = said[OURS]
    others = min(crps(one) for name, one in said.items() if name != OURS)
    bench.at_most(
        "order to delivery, CRPS, against the best of the others", crps(mine) / others, 1.0, unit="times"
    )
    for days in LONGER:
        best = min(brier(one, days - NOUGHT) for name, one in said.items() if name != OURS)
        ratio = brier(mine, days - NOUGHT) / best
        bench.at_most(
            f"order to delivery, Brier of longer than {days}, against the best", ratio, 1.0, unit="times"
        )
    worst = 100 * float(np.abs(pit(mine, seed=1) - 0.1).max())
    bench.at_most("order to delivery, PIT, farthest tenth from 10 %", worst, 3.0, unit="points")
    apart = list(groups(mine, cases.select(COLUMNS), 100, days=90 - NOUGHT))
    name, rows, off = max(apart, key=lambda one: abs(one[2]))
    bench.figures[f"order to delivery, P(longer than 90), points off in the worst group ({name}, {rows})"] = (
        100 * off
    )
    bench.at_least("order to delivery, 80 % intervals hold", 100 * held(mine).share, 77.0, unit="%")


def _answers(bench: Benchmark, path: Path, every: Sequence[Round]) -> Mapping[str, Said]:
    """What each says of all rounds."""
    late = np.concatenate([now.history.late[now.ask] for now in every])
    chances: dict[str, list[Floats]] = {}
    for name, forecast in {OURS: ours, **RIVALS}.items():
        chances[name] = bench.once(f"orders, {name}", lambda f=forecast: [f(now) for now in every])  # type: ignore[misc]
    rows = every[0].history.cases["row"].to_numpy() - 2
    found = features(path, "PO Sent to Vendor Date")[rows]
    with tempfile.TemporaryDirectory() as work:
        for name, half in HALVES.items():
            task = (found, every)
            chances[name] = list(
                forecasts(bench, f"orders, {name}", Path(work), task, half, edges=EDGES, hazards=True)
            )
    return {name: Said(_until(each, every), late) for name, each in chances.items()}


def _until(chances: Sequence[Floats], every: Sequence[Round]) -> Floats:
    """The chance of having come by each day, all rounds one below the other."""
    kept = (left(of, now.passed) for of, now in zip(chances, every, strict=True))
    return np.concatenate([np.cumsum(of, axis=1) for of in kept])
