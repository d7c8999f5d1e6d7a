"""Extra lateness from waiting for room: some runs once more, with queues at limited lanes and sites."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from konvoi.forecast.core.draw import WAIT, Seen, Small, Span, journeys
from konvoi.forecast.core.queue import Floats, Rooms, all_taken, queue
from konvoi.forecast.journeys import Journeys
from konvoi.forecast.outlook import QUEUES
from konvoi.forecast.steps import Planned, Row, rows
from konvoi.forecast.tally import BLOCK, shared_luck
from konvoi.kit.days import monday
from konvoi.kit.digest import key

RUNS = 200
"""Runs with queues: each is played day by day, so they are fewer than the others."""

RESOURCES = ("tonnes", "pallets", "neq_kg")


def queued(
    tables: Mapping[str, pl.DataFrame], plan: Planned, laid: Journeys, *, seed: int, runs: int
) -> pl.DataFrame:
    """Needs in time with and without queues, in the first of the runs: QUEUES; empty without any limit."""
    rooms = _rooms(tables, plan, laid)
    count = min(runs, RUNS)
    if not len(rooms.free) or not count:
        return pl.DataFrame(schema=QUEUES)
    luck = np.uint64(int(key("block", seed, 0), 16))
    # As many runs as the first block has, so that these are the very same ones.
    common = shared_luck(laid, luck, min(runs, BLOCK))
    free = np.zeros((len(laid.ids), common.shape[1]), dtype=np.uint16)
    journeys(laid.ways, common, Span(0, len(laid.ids), luck), free, _seen(laid))
    took = np.zeros((len(laid.steps), common.shape[1]), dtype=np.uint16)
    all_taken(laid.ways, common, luck, took)
    there = np.zeros((len(laid.ids), count), dtype=np.uint16)
    queue(laid.ways, rooms, np.ascontiguousarray(took[:, :count]), there)
    shares = zip(laid.needs, _shares(laid, free[:, :count]), _shares(laid, there), strict=True)
    return pl.DataFrame(
        [(name, count, one, other) for name, one, other in shares], schema=QUEUES, orient="row"
    )


def _seen(laid: Journeys) -> Seen:
    return np.zeros((len(laid.ids), laid.last), dtype=np.int32)


def _shares(laid: Journeys, days: Small) -> list[float]:
    """Return the share of the runs in which no movement is late, by need."""
    late = (days > laid.ways.due[:, None]).astype(np.int64)
    first = np.searchsorted(laid.need, np.arange(len(laid.needs)))
    missed = np.add.reduceat(late, first, axis=0)
    return [float(one) for one in (missed == 0).mean(axis=1)]


def _rooms(tables: Mapping[str, pl.DataFrame], plan: Planned, laid: Journeys) -> Rooms:
    """Return the free capacity of each place with a limit, and its use by each leg."""
    limits: dict[str, list[Row]] = defaultdict(list)
    for row in rows(tables, "capacities"):
        limits[row["on"]].append(row)
    weeks = laid.last // 7 + 1
    legs = _legs(tables, plan, laid)
    number = {
        one: at for at, one in enumerate(sorted({p for _, _, places in legs for p in places} & {*limits}))
    }
    free = np.full((len(number), weeks, len(RESOURCES)), np.inf)
    for place, at in number.items():
        for limit in limits[place]:
            _limit(free[at], limit, laid.start, weeks)
    held = np.full((3, len(laid.steps)), -1, dtype=np.int64)
    load = np.zeros((len(laid.steps), len(RESOURCES)))
    weekly = np.full((2, len(laid.steps)), -1, dtype=np.int64)
    for step, leg, places in legs:
        held[:, step] = [number.get(place, -1) for place in places]
        load[step] = [float(leg.get(name) or 0) for name in RESOURCES]
        weekly[:, step] = [(leg[name] - laid.start).days // 7 for name in ("departs", "arrives")]
        for at, week in zip(held[:, step], (0, 0, 1), strict=True):
            if at >= 0:
                free[at, weekly[week, step]] -= load[step]
    return Rooms(np.maximum(free, 0.0), held[0], held[1], held[2], load, weekly[0], weekly[1])


Places = tuple[str, str, str]
"""The lane of which a leg takes room, the site that it leaves (of a first leg, else none), and its end."""


def _legs(
    tables: Mapping[str, pl.DataFrame], plan: Planned, laid: Journeys
) -> list[tuple[int, dict[str, Any], Places]]:
    """The number of each leg's step, the leg, and of what it takes room."""
    lanes = {row["lane"]: row for row in rows(tables, "lanes")}
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in plan.legs.sort("movement", "leg").iter_rows(named=True):
        by[row["movement"]].append(row)
    found = []
    for move, name in enumerate(laid.ids):
        steps = range(int(laid.ways.first[move]), int(laid.ways.first[move + 1]))
        mine = [step for step in steps if laid.steps[step].lane and laid.ways.how[step] == WAIT]
        for at, (step, leg) in enumerate(zip(mine, by[name], strict=True)):
            lane = lanes[leg["lane"]]
            found.append((step, leg, (leg["lane"], "" if at else lane["from"], lane["to"])))
    return found


def _limit(free: Floats, row: Row, start: date, weeks: int) -> None:
    """A row of the capacities holds in every week of which it covers a day; the smallest holds."""
    first = 0 if row["from"] is None else (monday(row["from"]) - start).days // 7
    last = weeks - 1 if row["to"] is None else (monday(row["to"]) - start).days // 7
    if last < 0 or first >= weeks or last < first:
        return
    held = free[max(0, first) : min(weeks, last + 1)]
    for at, name in enumerate(RESOURCES):
        if row[name] is not None:
            np.minimum(held[:, at], max(0.0, float(row[name])), out=held[:, at])
