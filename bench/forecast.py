"""Forecasts of deliveries on 71 days of the past, each with what was known on it and learnt anew.

Learnt is from deliveries promised before a day, those not yet there as open; asked is what is promised until
the next day and not there yet. All rows of a shipment stand on one side. Days from order to delivery are
asked of the orders of each month before 2012-07, in the same way.
"""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from bench.forecasting import orders, truth
from bench.forecasting.boosting import coded, features, forecasts
from bench.forecasting.rivals import RIVALS, ours
from bench.forecasting.rounds import Round, history, left, rounds
from bench.forecasting.scores import LATER, Said, brier, crps, groups, held, off, pit
from bench.record import PEERS, ROOT, Benchmark, arguments, peer

from konvoi.forecast.distribution import Floats
from konvoi.forecast.leadtimes.cases import FACTORS
from konvoi.forecast.leadtimes.learn import Settings
from konvoi.forecast.leadtimes.pooling import Counts, pooled

DATA = ROOT.parent / "shared" / "data" / "leadtimes" / "scms-deliveries-to-2013-06.csv.gz"
TURN = date(2010, 1, 1)
OURS = "konvoi"
ALONE = "konvoi, groups of recent cases alone"
SAME = "gradient boosting, the same columns"
COLUMNS = ("route", "mode", "lane", "supplier", "programme", "good", "season")
HALVES = {"gradient boosting": 0.0, "gradient boosting, newer cases more": 180.0}
HALF_OF_SAME = 60.0
SEEDS = range(1, 6)
MADE_UP = 1500
CASES_OF_A_GROUP = 100


def main() -> None:
    """Measure all, and set goals."""
    parser = arguments()
    parser.add_argument("--data", type=Path, default=DATA, help="the delivery history of SCMS")
    asked = parser.parse_args()
    told = history(asked.data)
    every = list(rounds(told))
    bench = Benchmark("forecast", {"deliveries": len(told.late), "days": len(every), "asked": _asked(every)})
    said = _answers(bench, asked.data, every)
    _scores(bench, said, every)
    _months(bench, said, every)
    _calibration(bench, said[OURS], told.cases[np.concatenate([now.ask for now in every])])
    _curves(bench, max(every, key=lambda now: int(now.is_open.sum())))
    orders.measure(bench, asked.data)
    _truth(bench)
    bench.finish(asked)


def _asked(every: Sequence[Round]) -> int:
    return sum(len(now.ask) for now in every)


def _answers(bench: Benchmark, path: Path, every: Sequence[Round]) -> dict[str, Said]:
    """What each says of all rounds."""
    late = np.concatenate([now.history.late[now.ask] for now in every])
    chances: dict[str, list[Floats]] = {}
    alone = Settings(stacking=None)
    for name, forecast in {OURS: ours, ALONE: lambda now: ours(now, alone), **RIVALS}.items():
        chances[name] = bench.once(name, lambda f=forecast: [f(now) for now in every])  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as work:
        found = features(path)
        for name, half in HALVES.items():
            chances[name] = list(forecasts(bench, name, Path(work), (found, every), half))
        same = (coded(every[0].history.cases), every)
        chances[SAME] = list(forecasts(bench, SAME, Path(work), same, HALF_OF_SAME, texts=len(FACTORS)))
    return {
        name: Said(
            np.concatenate(
                [np.cumsum(left(of, now.passed), axis=1) for of, now in zip(each, every, strict=True)]
            ),
            late,
        )
        for name, each in chances.items()
    }


def _scores(bench: Benchmark, said: Mapping[str, Said], every: Sequence[Round]) -> None:
    """CRPS and Brier scores of all, before and after the turn apart; ours is to be the best over all."""
    before = np.concatenate([np.full(len(now.ask), now.day < TURN) for now in every])
    parts = {"": np.ones(len(before), dtype=np.bool_), " before 2010": before, " from 2010": ~before}
    for part, chosen in parts.items():
        for name, each in said.items():
            some = each.of(chosen)
            bench.figures[f"CRPS{part}, {name}"] = crps(some)
            for days in LATER:
                bench.figures[f"Brier, late by {days}{part}, {name}"] = brier(some, days)
    for measure in _measures():
        mine = bench.figures[f"{measure}, {OURS}"]
        others = min(bench.figures[f"{measure}, {name}"] for name in _rivals(said))
        bench.at_most(f"{measure}, against the best of the others", mine / others, 1.0, unit="times")
        later = min(bench.figures[f"{measure} from 2010, {name}"] for name in _rivals(said))
        ratio = bench.figures[f"{measure} from 2010, {OURS}"] / later
        goal = f"{measure} from 2010, against the best of the others"
        bench.at_most(goal, ratio, 0.98 if measure == "CRPS" else 1.0, unit="times")


def _measures() -> list[str]:
    return ["CRPS", *(f"Brier, late by {days}" for days in LATER)]


def _rivals(said: Mapping[str, Said]) -> list[str]:
    return [name for name in said if name not in (OURS, ALONE)]


def _months(bench: Benchmark, said: Mapping[str, Said], every: Sequence[Round]) -> None:
    """CRPS and Brier scores of each month from the turn on, ours and those of the best single other."""
    month = np.concatenate([np.full(len(now.ask), now.day.toordinal()) for now in every])
    best = {
        measure: min(_rivals(said), key=lambda name: bench.figures[f"{measure} from 2010, {name}"])
        for measure in _measures()
    }
    better = 0
    days = [now.day for now in every if now.day >= TURN]
    for day in days:
        mine = {name: each.of(month == day.toordinal()) for name, each in said.items()}
        label = f"{day:%Y-%m}"
        bench.figures[f"{label}, rows"] = len(mine[OURS].late)
        for name in (OURS, best["CRPS"]):
            bench.figures[f"{label}, CRPS, {name}"] = crps(mine[name])
        better += crps(mine[OURS]) < crps(mine[best["CRPS"]])
        for later in LATER:
            for name in (OURS, best[f"Brier, late by {later}"]):
                bench.figures[f"{label}, Brier, late by {later}, {name}"] = brier(mine[name], later)
    bench.figures["months from 2010"] = len(days)
    bench.figures["months from 2010 with the lesser CRPS"] = better


def _calibration(bench: Benchmark, said: Said, cases: pl.DataFrame) -> None:
    """Whether chances are what they say."""
    for number, share in enumerate(pit(said, seed=1)):
        bench.figures[f"PIT, tenth {number + 1}"] = float(share)
    bench.at_most("PIT, farthest tenth from 10 %", 100 * _worst(pit(said, seed=1)), 3.0, unit="points")
    bench.at_most("P(late), all", 100 * abs(off(said)), 3.0, unit="points")
    apart = list(groups(said, cases.select(COLUMNS), CASES_OF_A_GROUP))
    name, rows, worst = max(apart, key=lambda one: abs(one[2]))
    bench.figures["groups with 100 cases"] = len(apart)
    bench.at_most(f"P(late), worst group ({name}, {rows} rows)", 100 * abs(worst), 7.0, unit="points")
    both = cases.select(pl.concat_str("route", "lane", separator=", ").alias("route, lane"))
    name, rows, worst = max(groups(said, both, CASES_OF_A_GROUP), key=lambda one: abs(one[2]))
    bench.figures[f"P(late), points off in the worst of groups by two columns ({name}, {rows} rows)"] = (
        100 * worst
    )
    interval = held(said)
    bench.figures["80 % intervals, their own chance"] = interval.chance
    bench.figures["80 % intervals, rows that no single day forces above 83 %"] = interval.free_rows
    bench.at_least("80 % intervals hold", 100 * interval.share, 77.0, unit="%")
    bench.at_most("80 % intervals hold where nothing forces more", 100 * interval.free, 83.0, unit="%")


def _worst(shares: Floats) -> float:
    return float(np.abs(shares - 0.1).max())


def _curves(bench: Benchmark, now: Round) -> None:
    """Curves without a parent against those of scikit-survival, on the day on which most was open."""
    days = now.seen - int(now.seen.min()) + 1
    # Every seventh is taken for one that ended in another way.
    how = np.where(now.is_open, 0, np.where(now.learn % 7 == 0, 2, 1))
    at = np.arange(1, int(days.max()) + 1)
    ended, still = np.zeros((2, 1, len(at) + 1)), np.zeros((1, len(at) + 1))
    for end in (1, 2):
        ended[end - 1, 0] = np.bincount(days[how == end], minlength=len(at) + 1)
    still[0] = np.bincount(days[how == 0], minlength=len(at) + 1)
    mine = np.cumsum(pooled(Counts(ended, still), np.zeros_like(ended), 0.0)[:, 0], axis=1)[:, 1:]
    with tempfile.TemporaryDirectory() as work:
        task, answer = Path(work) / "task.npz", Path(work) / "answer.npz"
        np.savez(task, days=days, how=how, at=at)
        bench.command(
            "scikit-survival", [peer("survival"), str(PEERS / "curves.py"), str(task), str(answer)], runs=1
        )
        with np.load(answer) as theirs:
            apart = max(
                np.abs(theirs["ended"] - mine).max(), np.abs(theirs["left"] - 1 + mine.sum(axis=0)).max()
            )
    bench.figures["open cases among those curves"] = int(now.is_open.sum())
    bench.at_most("curves apart from scikit-survival", float(apart), 1e-9, unit="")


def _truth(bench: Benchmark) -> None:
    """Made-up histories, half a year of three modes with withdrawals, learnt on a day in the middle of it."""
    mine = float(np.mean([truth.error(seed, MADE_UP) for seed in SEEDS]))
    without = float(np.mean([truth.error(seed, MADE_UP, ended_only=True) for seed in SEEDS]))
    months = float(np.mean([truth.error(seed, MADE_UP, known_by="1mo") for seed in SEEDS]))
    bench.figures["mean distance from a known truth, ended cases only"] = without
    bench.at_most("mean distance from a known truth", mine, 0.02, unit="")
    bench.at_most("mean distance where only the month of an end is known", months, 0.02, unit="")
    bench.at_least("without open cases it would be", without / mine, 2.0, unit="times as far")


if __name__ == "__main__":
    main()
