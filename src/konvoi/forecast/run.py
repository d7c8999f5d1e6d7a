"""Simulate a plan many times: when movements arrive, how surely needs are met in time, and why not."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from konvoi.forecast.causes import bases, causes
from konvoi.forecast.core.draw import Counts
from konvoi.forecast.delay import Floats
from konvoi.forecast.journeys import Journeys, Learnt, journeys
from konvoi.forecast.outlook import LATENESS, MOVEMENTS, NEEDS, PARTNERS, Outlook
from konvoi.forecast.queues import queued
from konvoi.forecast.steps import USUAL, Assumed, Planned, rows
from konvoi.forecast.tally import BLOCK, Group, Tally
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never

_TENTHS = (1, 5, 9)
SEEDS = 2**63
"""Seeds are whole numbers from 0 up to this one."""


def run(
    tables: Mapping[str, pl.DataFrame],
    plan: Planned,
    *,
    seed: int = 0,
    samples: int = 2000,
    learnt: Learnt | None = None,
    assumed: Assumed = USUAL,
    threads: int = 1,
    why: bool = True,
    stop: Stop = never,
) -> Outlook:
    """Return the outlook on arrivals from simulated runs of a plan (docs/explanation/forecast.md).

    A movement is made ready, waits for its approvals and its planned day, then goes leg by leg. What comes to
    a leg after its planned day leaves on the day it comes, if that is in the week in which it was to leave,
    else on the next Monday, when it is booked anew; a shut lane is waited for. learnt: days of steps from
    history; assumed: days by kind where nothing is learnt or stated. The runs depend on the seed
    alone, not on threads. Without `why` nothing is found of causes and queues, which is several times as
    quick. `stop` is asked after each block of runs; where it answers True the outlook rests on the runs so
    far, and `samples` says how many.
    """
    if not 0 <= seed < SEEDS or samples < 0:
        raise ValueError(f"a seed from 0 to {SEEDS - 1}, samples of 0 or more: {seed!r}, {samples!r}")
    name = key(plan.movements.sort("movement").rows(), plan.legs.sort("movement", "leg").rows())
    if plan.movements.is_empty() or not samples:
        return Outlook(name, seed, 0)
    laid = journeys(tables, plan, learnt=learnt, assumed=assumed)
    stated = {row["need"]: row["quantity"] for row in rows(tables, "needs")}
    tally = Tally.of(laid, givers(tables, laid, plan), np.array([float(stated[one]) for one in laid.needs]))
    for number, first in enumerate(range(0, samples, BLOCK)):
        tally.add(tables, (seed, number, min(BLOCK, samples - first)), threads, why=why)
        if stop(Progress("forecasting", tally.runs, samples)):
            break
    arrives = dict(plan.movements.select("movement", "arrives").iter_rows())
    return Outlook(
        name,
        seed,
        tally.runs,
        _needs(tally, stated),
        _movements(tally),
        _lateness(tally, arrives),
        tally.worth / tally.runs,
        _partners(tally),
        bases=bases(laid, assumed),
        **(_why(tables, plan, tally, seed) if why else {}),
    )


def givers(tables: Mapping[str, pl.DataFrame], laid: Journeys, plan: Planned) -> tuple[str, ...]:
    """Return whose each movement is: of its offer, or of the budget that pays for it."""
    offers = {row["offer"]: row["party"] for row in rows(tables, "offers")}
    budgets = {row["budget"]: row["party"] for row in rows(tables, "budgets")}
    moves = {row["movement"]: row for row in plan.movements.iter_rows(named=True)}
    found = (moves[one] for one in laid.ids)
    return tuple(offers.get(one.get("offer")) or budgets.get(one.get("budget")) or "" for one in found)


def _why(
    tables: Mapping[str, pl.DataFrame], plan: Planned, tally: Tally, seed: int
) -> dict[str, pl.DataFrame]:
    """Return the causes of lateness, and the effect of queues."""
    arrives = dict(plan.movements.select("movement", "arrives").iter_rows())
    return {
        "causes": causes(tally, arrives),
        "queues": queued(tables, plan, tally.laid, seed=seed, runs=tally.runs),
    }


def _movements(tally: Tally) -> pl.DataFrame:
    """One line for each movement, by id."""
    laid = tally.laid
    sums = np.cumsum(tally.seen, axis=1, dtype=np.int64)
    on_time = sums[np.arange(len(laid.ids)), laid.due] / tally.runs
    lines = zip(laid.ids, on_time.tolist(), *_days(laid.start, sums), strict=True)
    return pl.DataFrame(sorted(lines), schema=MOVEMENTS, orient="row")


def _needs(tally: Tally, stated: Mapping[str, object]) -> pl.DataFrame:
    """One line for each need with something planned, by id."""
    group = tally.needs
    lines = zip(
        group.names,
        [stated[name] for name in group.names],
        tally.laid.planned,
        (group.in_time / tally.runs).tolist(),
        (tally.expected / tally.runs).tolist(),
        *_days(tally.laid.start, np.cumsum(group.seen, axis=1, dtype=np.int64)),
        strict=True,
    )
    return pl.DataFrame(list(lines), schema=NEEDS, orient="row")


def _partners(tally: Tally) -> pl.DataFrame:
    """One line for each partner, by id."""
    group = tally.partners
    laid = tally.laid
    sums = np.cumsum(tally.seen, axis=1, dtype=np.int64)
    each = sums[np.arange(len(laid.ids)), laid.due] / tally.runs
    lines = zip(
        group.names,
        np.diff(group.first).tolist(),
        _means(group, each),
        (group.in_time / tally.runs).tolist(),
        *_days(laid.start, np.cumsum(group.seen, axis=1, dtype=np.int64)),
        strict=True,
    )
    return pl.DataFrame([line for line in lines if line[0]], schema=PARTNERS, orient="row")


def _means(group: Group, each: Floats) -> list[float]:
    """The mean over the movements of each group."""
    sums = np.add.reduceat(each[group.movements], group.first[:-1])
    return [float(one) for one in sums / np.diff(group.first)]


def _lateness(tally: Tally, planned: Mapping[str, date]) -> pl.DataFrame:
    """Return LATENESS: days of delay of each movement, with their shares of the runs."""
    lines = []
    for name, counts in sorted(zip(tally.laid.ids, tally.seen, strict=True), key=lambda one: one[0]):
        day = (planned[name] - tally.laid.start).days
        found = [(0, int(counts[: day + 1].sum()))]
        found += [(int(at) - day, int(counts[at])) for at in np.flatnonzero(counts) if at > day]
        lines += [(name, late, count / tally.runs) for late, count in found if count]
    return pl.DataFrame(lines, schema=LATENESS, orient="row")


def _days(start: date, sums: Counts) -> Iterable[list[date]]:
    """The days by which each line is there in 10, 50 and 90 of 100 runs, from counts added up by day."""
    runs = int(sums[0, -1])
    for tenths in _TENTHS:
        least = -(-tenths * runs // 10)
        yield [start + timedelta(days=int(day)) for day in (sums < least).sum(axis=1)]
