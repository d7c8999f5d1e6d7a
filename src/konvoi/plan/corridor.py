"""Where the way to a need is full, and what one more lorry a week would bring: tried, not guessed."""

from collections.abc import Mapping
from decimal import Decimal

from konvoi.kit.days import week as week_name
from konvoi.plan.column import Column
from konvoi.plan.exact import decimal
from konvoi.plan.greedy import Filler
from konvoi.plan.limits import SCALE, Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Pair
from konvoi.plan.room import deliveries
from konvoi.plan.route import Router

Cause = tuple[str, Mapping[str, str]]
LORRY = {"tonnes": Decimal(20), "pallets": Decimal(33), "neq_kg": Decimal(16000)}
"""What one more lorry takes: 20 t, the 33 pallet places of a semi-trailer, 16 t of net explosive quantity."""


def full_way(net: Net, limits: Limits, eyes: tuple[Filler, Router], one: tuple[Pair, int]) -> Cause | None:
    """The full places on the way that a source would take if there were room; None where nothing is full."""
    filler, free = eyes
    pair, source = one
    last = net.problem.needs[pair.need].last
    way = free.way(pair, source, last)
    places = _full(net, limits, filler, way) if way else []
    if not places or way is None:
        return None
    rows = _rows(net, limits, filler, way, places)
    weeks = sorted({limits.frame["week"][row] for row in rows})
    named = sorted({limits.frame["key"][row] for row in rows})
    values = {
        "places": ", ".join(named),
        "weeks": " – ".join(sorted({week_name(weeks[0]), week_name(weeks[-1])})),
    }
    gain = _gain(net, limits, filler, one, rows)
    if gain <= 0:
        return "corridor-full", values
    return "corridor-full-gain", values | {"gain": str(decimal(gain, 12)), "lorry": str(LORRY["tonnes"])}


def _full(net: Net, limits: Limits, filler: Filler, way: Column) -> list[tuple[str, str]]:
    """The lanes and sites on a way in which a step finds no room in the week of passing."""
    rows = [row for row, amount in filler.room.load(way) if filler.room.free[row] < amount]
    lines = [limits.frame.row(row, named=True) for row in rows]
    return sorted({(line["kind"], line["key"]) for line in lines if line["kind"] in {"lane", "site"}})


def _rows(net: Net, limits: Limits, filler: Filler, way: Column, places: list[tuple[str, str]]) -> list[int]:
    """The rows of full places, in all full weeks from the start of the way to the need's last day."""
    problem = net.problem
    good = problem.goods[problem.sources[way.source].good]
    index = {"lane": [lane.id for lane in problem.lanes], "site": [site.id for site in problem.sites]}
    found = set()
    for kind, key in places:
        terms = limits.lane if kind == "lane" else limits.site
        place = index[kind].index(key)
        for week in range(way.departs // 7, problem.needs[way.need].last // 7 + 1):
            for row, use, factor in terms.get((place, week), ()):
                if filler.room.free[row] < factor * good.loads[use] * good.step:
                    found.add(row)
    return sorted(found)


def _gain(net: Net, limits: Limits, filler: Filler, one: tuple[Pair, int], rows: list[int]) -> int:
    """How many units of need more one lorry a week would bring, by sending them; parts of 10^-12."""
    pair, source = one
    more = {row: int(LORRY[limits.frame["resource"][row]]) * SCALE for row in rows}
    filler.room.add(more)
    sent = filler.send(pair, source, net.problem.needs[pair.need].last)
    gain = sum(d.served for d in deliveries(net.problem, dict(sent)))
    for column, steps in sent:
        filler.room.take(column, -steps)
    filler.room.add({row: -amount for row, amount in more.items()})
    return gain
