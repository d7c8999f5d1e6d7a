"""Full corridors on the path to a need, and the measured gain from one more lorry or train a week."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from konvoi.kit.days import week as week_name
from konvoi.plan.core.look import Look
from konvoi.plan.exact import decimal
from konvoi.plan.limits import SCALE, Limits
from konvoi.plan.parts import USES
from konvoi.plan.sieve import Cause
from konvoi.plan.vehicles import LORRY

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
"""A week as causes name it."""

TRAIN = {"tonnes": Decimal(1000), "pallets": Decimal(1600), "neq_kg": Decimal(100_000)}
"""Load of one more train: 1,000 t, some 50 wagons of 32 pallet places, 100 t of net explosive quantity; an
assumption, as that of a lorry. It stands for lanes by rail; all others are counted in lorries."""


def full_way(seen: Look, limits: Limits, ask: tuple[int, int], last: int) -> Cause | None:
    """Return the cause with the full places on a source's best path; None if nothing is full.

    ask: the number of a pair and of a source; last: the day by which it is to arrive.
    """
    full = seen.full(ask, last)
    if not full:
        return None
    places = {limits.named[row][:2] for row in full}
    rows = _rows(seen, limits, (*ask, last), sorted(places))
    named = sorted({limits.named[row][1] for row in rows})
    values = {"places": ", ".join(named), "weeks": _weeks(limits, rows)}
    code, word, vehicle = _vehicle(limits, places)
    more = [(row, int(vehicle[limits.named[row][2]]) * SCALE) for row in rows]
    gain = seen.brings([ask], last, more)
    if gain <= 0:
        return "corridor-full", values
    return code, values | {"gain": str(decimal(gain, 12)), word: str(vehicle["tonnes"])}


def _vehicle(limits: Limits, places: set[tuple[str, str]]) -> tuple[str, str, Mapping[str, Decimal]]:
    """Return one more vehicle for a place: a train if a full lane is by rail, else a lorry."""
    if any(kind == "lane" and key in limits.rails for kind, key in places):
        return "corridor-full-train", "train", TRAIN
    return "corridor-full-gain", "lorry", LORRY


def too_small(seen: Look, limits: Limits, ask: tuple[int, int], last: int) -> Cause | None:
    """Return the cause with a place on the path too small for even one step; None if there is none.

    A place that is too small in all weeks precedes one that is too small only on the days of the path.
    """
    frame = limits.frame
    good = limits.problem.goods[limits.problem.pairs[ask[0]].good]
    found: list[tuple[bool, int, list[int], int]] = []
    for row in seen.road(ask, last):
        kind, key, resource, _ = limits.named[row]
        same = (frame["kind"] == kind) & (frame["key"] == key) & (frame["resource"] == resource)
        weeks = same.arg_true().to_list()
        load = good.loads[USES.index(resource)] * good.step
        small = [other for other in weeks if limits.upper[other] < load * (SCALE // 10**15)]
        if row in small:
            found.append((small != weeks, row, small, load))
    if not found:
        return None
    _, row, small, load = min(found)
    most = max(limits.upper[other] for other in small)
    if not most:
        return "corridor-none", {"places": limits.named[row][1], "weeks": _weeks(limits, small)}
    # All that are too small are named: room at one of them alone would change nothing.
    places = sorted({limits.named[other][1] for _, other, _, _ in found})
    least = min(max(limits.upper[week] for week in weeks) for _, _, weeks, _ in found)
    return "corridor-small", {
        "places": ", ".join(places),
        "good": good.id,
        "quantity": str(decimal(good.step)),
        "load": str(decimal(load, 15)),
        "most": str(decimal(least if len(places) > 1 else most, 24)),
        "resource": limits.named[row][2],
    }


def _weeks(limits: Limits, rows: list[int]) -> str:
    """The first and the last week of rows, or the only one."""
    found = sorted({week for row in rows if (week := limits.named[row][3]) is not None})
    return " – ".join(sorted({week_name(found[0]), week_name(found[-1])}))


def mondays(weeks: str) -> list[date]:
    """Return the Mondays of the weeks that a cause names."""
    return [date.fromisocalendar(int(year), int(week), 1) for year, week in _WEEK.findall(weeks)]


def _rows(seen: Look, limits: Limits, ask: tuple[int, int, int], places: list[tuple[str, str]]) -> list[int]:
    """Return the rows of full places in all full weeks from the path's start to the last day of the ask."""
    problem = limits.problem
    pair, source, last = ask
    good = problem.goods[problem.pairs[pair].good]
    departs, _ = seen.way((pair, source), last)
    found = set()
    for kind, key in places:
        terms = limits.lane if kind == "lane" else limits.site
        place = limits.places[kind, key]
        for week in range(departs // 7, last // 7 + 1):
            for row, use, factor in terms.get((place, week), ()):
                if seen.short(row, factor * good.loads[use] * good.step):
                    found.add(row)
    return sorted(found)
