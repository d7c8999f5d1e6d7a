"""A plan's movements laid out for simulation: legs by their place in the movement, lanes by open days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

import numpy as np
import polars as pl

from konvoi.forecast.delay import Floats, Ints, Legs

EARLY, LATE = 0.8, 1.5
"""p10 and p90 of a lane that states none, as parts of its p50: an assumption, named in the reference."""

_SHORTEST = 0.1
_AFTER = 371


class Planned(Protocol):
    """What of a plan is needed: its movements and legs (the columns of docs/reference/plan-folder.md)."""

    @property
    def movements(self) -> pl.DataFrame:
        """One line for each consignment."""

    @property
    def legs(self) -> pl.DataFrame:
        """One line for each leg."""


@dataclass(frozen=True)
class Journeys:
    """Movements in order of their ids; days count from `start`.

    planned: by need, what is sent to it in units of need. starts: planned departure. due: of the need.
    amount: in units of need. need: its number in `needs`.
    chain[k]: (leg, movement) of all k-th legs. departs: planned, by leg. lane: number of each leg's lane.
    open_from[lane, day]: the first day from that one on which the lane may be departed on.
    """

    start: date
    ids: tuple[str, ...]
    needs: tuple[str, ...]
    planned: tuple[Decimal, ...]
    starts: Ints
    due: Ints
    amount: Floats
    need: Ints
    legs: Legs
    chain: tuple[tuple[Ints, Ints], ...]
    departs: Ints
    lane: Ints
    open_from: Ints


def journeys(tables: Mapping[str, pl.DataFrame], plan: Planned) -> Journeys:
    """Lay a plan out; needs and lanes of a plan that the tables lack are an error of the caller."""
    moves = plan.movements.sort("movement").rows(named=True)
    legs = plan.legs.sort("movement", "leg").rows(named=True)
    needs = {row["need"]: row for row in _rows(tables, "needs")}
    lanes = {row["lane"]: row for row in _rows(tables, "lanes")}
    start = min((row["departs"] for row in (*moves, *legs)), default=date(1970, 1, 5))
    start -= timedelta(days=start.weekday())
    names = tuple(sorted({row["need"] for row in moves}))
    index = {row["movement"]: number for number, row in enumerate(moves)}
    amounts = [served(tables, row, needs) for row in moves]
    sums = {name: Decimal(0) for name in names}
    for row, amount in zip(moves, amounts, strict=True):
        sums[row["need"]] += amount
    used = sorted({leg["lane"] for leg in legs})
    number = {lane: at for at, lane in enumerate(used)}
    return Journeys(
        start=start,
        ids=tuple(row["movement"] for row in moves),
        needs=names,
        planned=tuple(round(sums[name], 6) for name in names),
        starts=_whole([(row["departs"] - start).days for row in moves]),
        due=_whole([(needs[row["need"]]["due"] - start).days for row in moves]),
        amount=np.array([float(amount) for amount in amounts]),
        need=_whole([names.index(row["need"]) for row in moves]),
        legs=_legs(legs, lanes),
        chain=_chain(legs, index),
        departs=_whole([(leg["departs"] - start).days for leg in legs]),
        lane=_whole([number[leg["lane"]] for leg in legs]),
        open_from=_open_from(tables, [lanes[lane] for lane in used], start, legs),
    )


def _rows(tables: Mapping[str, pl.DataFrame], name: str) -> list[dict[str, Any]]:
    """The rows of a table, none where it is missing."""
    return tables[name].rows(named=True) if name in tables else []


def _whole(numbers: list[int]) -> Ints:
    """Whole numbers as an array."""
    return np.array(numbers, dtype=np.int64)


def served(
    tables: Mapping[str, pl.DataFrame], move: Mapping[str, Any], needs: Mapping[str, Mapping[str, Any]]
) -> Decimal:
    """Units of need that a movement serves."""
    wanted = needs[move["need"]]["good"]
    quantity: Decimal = move["quantity"]
    if move["good"] == wanted:
        return quantity
    ratios = {(row["good"], row["serves"]): row["ratio"] for row in _rows(tables, "equivalences")}
    ratio: Decimal = ratios.get((move["good"], wanted), Decimal(1))
    return quantity * ratio


def _legs(legs: list[dict[str, Any]], lanes: Mapping[str, Mapping[str, Any]]) -> Legs:
    """How long each leg takes, and which legs share a lane and a week."""
    shared: dict[tuple[str, date], int] = {}
    for leg in legs:
        shared.setdefault(
            (leg["lane"], leg["departs"] - timedelta(days=leg["departs"].weekday())), len(shared)
        )
    middle = np.array([max(_SHORTEST, float(lanes[leg["lane"]]["days_p50"])) for leg in legs])
    low = [_days(lanes[leg["lane"]], "days_p10") for leg in legs]
    high = [_days(lanes[leg["lane"]], "days_p90") for leg in legs]
    group = [shared[leg["lane"], leg["departs"] - timedelta(days=leg["departs"].weekday())] for leg in legs]
    return Legs(
        p10=np.array(
            [min(m, m * EARLY if d is None else max(_SHORTEST, d)) for d, m in zip(low, middle, strict=True)]
        ),
        p50=middle,
        p90=np.array([max(m, m * LATE if d is None else d) for d, m in zip(high, middle, strict=True)]),
        shared=_whole(group),
    )


def _days(lane: Mapping[str, Any], column: str) -> float | None:
    """Days as a float; None where the lane states none."""
    stated = lane.get(column)
    return None if stated is None else float(stated)


def _chain(legs: list[dict[str, Any]], index: Mapping[str, int]) -> tuple[tuple[Ints, Ints], ...]:
    """The first legs of all movements, then all second ones, and so on."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, leg in enumerate(legs):
        found.setdefault(leg["leg"], []).append((number, index[leg["movement"]]))
    return tuple(
        (_whole([leg for leg, _ in found[place]]), _whole([move for _, move in found[place]]))
        for place in sorted(found)
    )


def _open_from(
    tables: Mapping[str, pl.DataFrame],
    lanes: list[dict[str, Any]],
    start: date,
    legs: list[dict[str, Any]],
) -> Ints:
    """For each lane and day the first day from then on which neither it nor the site it leaves is shut."""
    last = max((leg["arrives"] for leg in legs), default=start)
    size = (last - start).days + _AFTER
    found = np.tile(np.arange(size), (len(lanes), 1))
    spans = [(row["on"], row["from"], row["to"]) for row in _rows(tables, "closures")]
    spans += [
        (row["value"], row["from"] or date.min, row["to"] or date.max)
        for row in _rows(tables, "blocked")
        if row["kind"] in {"lane", "site"}
    ]
    for number, lane in enumerate(lanes):
        shut = np.zeros(size, dtype=np.bool_)
        for on, first, until in spans:
            if on in {lane["lane"], lane["from"]}:
                shut[max(0, (first - start).days) : max(0, (until - start).days + 1)] = True
        for day in range(size - 2, -1, -1):
            if shut[day]:
                found[number, day] = found[number, day + 1]
    return found
