"""Simulate a plan many times: when each movement arrives, and how surely each need is met in time."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from konvoi.forecast.delay import Dice, Floats, Ints
from konvoi.forecast.delays import MEMBERS as DELAYS
from konvoi.forecast.journeys import Journeys, Planned, journeys
from konvoi.forecast.outlook import MOVEMENTS, NEEDS, Outlook
from konvoi.forecast.worth import lateness, worth
from konvoi.kit.digest import key
from konvoi.kit.progress import Progress, Stop, never

_BLOCK = 250
_SHARES = (0.1, 0.5, 0.9)


def run(
    tables: Mapping[str, pl.DataFrame],
    plan: Planned,
    *,
    seed: int = 0,
    samples: int = 2000,
    stop: Stop = never,
) -> Outlook:
    """What will arrive and when, from simulated runs of a plan.

    A movement leaves as planned. A leg waits for its planned day; what comes later leaves on the day it
    comes, if that is in the week in which it was to leave, else on the next Monday, when it is booked anew; a
    shut lane is waited for. `stop` is asked after each block of runs; where it answers True the outlook rests
    on the runs so far, and `samples` says how many.
    """
    laid = journeys(tables, plan)
    arrivals: list[Ints] = []
    for block, first in enumerate(range(0, samples, _BLOCK)):
        arrivals.append(_arrivals(laid, Dice.of(seed, block), min(_BLOCK, samples - first)))
        if stop(Progress("forecasting", min(samples, first + _BLOCK), samples)):
            break
    days = np.concatenate(arrivals, axis=1) if arrivals else np.zeros((len(laid.ids), 0), dtype=np.int64)
    name = key(plan.movements.sort("movement").rows(), plan.legs.sort("movement", "leg").rows())
    if not len(laid.ids) or not days.shape[1]:
        return Outlook(name, seed, int(days.shape[1]))
    arrives = dict(plan.movements.select("movement", "arrives").iter_rows())
    return Outlook(
        name,
        seed,
        int(days.shape[1]),
        _needs(tables, laid, days),
        _movements(laid, days),
        lateness(laid, days, arrives),
        worth(tables, laid, days),
    )


def _arrivals(laid: Journeys, dice: Dice, runs: int) -> Ints:
    """The day on which each movement arrives in each of some runs."""
    drawn: Floats = sum((delay.days(laid.legs, dice, runs) for delay in DELAYS), np.zeros(1))
    # Rounded first, so that the last digit of a power never decides over a day.
    taken = np.maximum(1, np.ceil(np.round(drawn, 6))).astype(np.int64)
    there = np.repeat(laid.starts[:, None], runs, axis=1)
    for legs, moves in laid.chain:
        leaves = _departures(laid, legs, there[moves])
        there[moves] = leaves + taken[legs]
    return there


def _departures(laid: Journeys, legs: Ints, there: Ints) -> Ints:
    """The days on which legs depart, given when their movements are there."""
    planned = laid.departs[legs][:, None]
    missed = there // 7 > planned // 7
    leaves = np.where(missed, -(-there // 7) * 7, np.maximum(there, planned))
    last = laid.open_from.shape[1] - 1
    lanes = np.repeat(laid.lane[legs][:, None], there.shape[1], axis=1)
    waited = laid.open_from[lanes, np.minimum(leaves, last)]
    return np.where(leaves <= last, waited, leaves)


def _movements(laid: Journeys, days: Ints) -> pl.DataFrame:
    """One line for each movement, by id."""
    on_time = (days <= laid.due[:, None]).mean(axis=1)
    lines = [
        {"movement": name, "on_time": float(on_time[number])} | _interval(laid.start, days[number])
        for number, name in enumerate(laid.ids)
    ]
    return pl.DataFrame({column: [line[column] for line in lines] for column in MOVEMENTS}, schema=MOVEMENTS)


def _needs(tables: Mapping[str, pl.DataFrame], laid: Journeys, days: Ints) -> pl.DataFrame:
    """One line for each need with something planned, by id."""
    stated = {row["need"]: row["quantity"] for row in tables["needs"].rows(named=True)}
    lines = []
    for number, name in enumerate(laid.needs):
        mine = np.flatnonzero(laid.need == number)
        in_time = days[mine] <= laid.due[mine][:, None]
        there = (in_time * laid.amount[mine][:, None]).sum(axis=0)
        lines.append(
            {
                "need": name,
                "quantity": stated[name],
                "planned": laid.planned[number],
                "on_time": float(in_time.all(axis=0).mean()),
                "expected": float(np.minimum(there, float(stated[name])).mean()),
            }
            | _interval(laid.start, days[mine].max(axis=0))
        )
    return pl.DataFrame({column: [line[column] for line in lines] for column in NEEDS}, schema=NEEDS)


def _interval(start: date, days: Ints) -> dict[str, object]:
    """The days by which it is there in 10, 50 and 90 of 100 runs."""
    ordered = np.sort(days)
    found = [int(ordered[max(0, -(-int(share * 10) * len(ordered) // 10) - 1)]) for share in _SHARES]
    return dict(zip(("first", "middle", "last"), (start + timedelta(days=day) for day in found), strict=True))
