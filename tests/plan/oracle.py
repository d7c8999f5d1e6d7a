"""The true optimum of a tiny problem: every consignment there can be, one integer programme over them all.

It stands on the audit's reading of the tables and on no code that seeks plans.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import highspy
import polars as pl

from konvoi.plan import allowed
from konvoi.plan.clean import Notes, clean
from konvoi.plan.recount import Key, count, monday, most_kits, room
from konvoi.plan.world import Row, World, kit_weight, world


@dataclass(frozen=True)
class Way:
    """A consignment of one step."""

    move: Row
    legs: list[Row]
    served: float
    in_time: bool


def optimum(tables: Mapping[str, pl.DataFrame]) -> float:
    """The highest value that any plan of whole steps has."""
    here = world(clean(tables, Notes()), ("validated",), ("accepted", "accepted in part"))
    ways = [way for need in sorted(here.needs) for way in _ways(here, need)]
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-9),
    ):
        model.setOptionValue(option, setting)
    steps = [model.addIntegral(lb=0, ub=10_000) for _ in ways]
    pairs = list(zip(ways, steps, strict=True))
    in_time = {name: _counted(here, model, name, pairs) for name in here.needs}
    _limits(here, model, ways, steps)
    for rows in here.kits.values():
        sets = model.addIntegral(0, most_kits(here, rows), obj=float(kit_weight(rows)))
        for row in rows:
            model.addConstr(float(row["per_kit"]) * sets <= in_time[row["need"]])
    model.maximize()
    return float(model.getInfo().objective_function_value)


def _counted(here: World, model: highspy.Highs, name: str, mine: list[tuple[Way, Any]]) -> Any:
    """What counts of a need in time; it and what counts late are no more than came and than is needed."""
    need, credit = here.needs[name], float(here.credit)
    weight, asked = 1.0 if need["weight"] is None else float(need["weight"]), float(need["quantity"])
    in_time, late = model.addVariable(obj=weight), model.addVariable(obj=weight * credit)
    full = model.addBinary() if need["whole"] else 1.0
    came = [(way.served * step, way.in_time) for way, step in mine if way.move["need"] == name]
    model.addConstr(in_time <= model.qsum(term for term, early in came if early))
    model.addConstr(late <= model.qsum(term for term, early in came if not early))
    model.addConstr(in_time + late <= asked * full)
    if need["whole"]:
        model.addConstr(model.qsum(term for term, _ in came) >= asked * full)
    return in_time


def _limits(here: World, model: highspy.Highs, ways: list[Way], steps: list[Any]) -> None:
    """No row takes more than there is; needs take what they like, for it counts no more than they need."""
    there = room(here)
    rows: dict[Key, list[Any]] = {}
    for way, step in zip(ways, steps, strict=True):
        for key, amount in count(here, [way.move], {way.move["movement"]: way.legs}).taken.items():
            if key in there and key[0] != "need" and amount:
                rows.setdefault(key, []).append(float(amount) * step)
    for key, terms in rows.items():
        model.addConstr(model.qsum(terms) <= float(there[key]))


def _ways(here: World, name: str) -> Iterator[Way]:
    """All consignments of one need that differ in the rows they take or in what they are worth."""
    need = here.needs[name]
    for good in here.goods:
        if (good, need["good"]) not in here.ratios or allowed.lacks_standard(here, good, need):
            continue
        for offer in here.offers.values():
            tied = allowed.tied_elsewhere(here, offer["offer"], need)
            if offer["good"] == good and not tied:
                leaves = [day for day in _days(here) if allowed.ready(here, offer, day)]
                yield from _trips(here, need, {"offer": offer["offer"], "good": good}, offer["site"], leaves)
        for key, option in here.options.items():
            if key[1] == good:
                for order in here.tranches.get(key[0], {}):
                    leaves = [day for day in _days(here) if allowed.bought(here, option, order, day)]
                    bought = {"offer": None, "good": good, "budget": key[0], "supplier": key[2] or None}
                    yield from _trips(here, need, bought, option["site"], leaves)


def _days(here: World) -> list[date]:
    return [here.start + timedelta(days=n) for n in range((here.end - here.start).days + 1)]


def _trips(here: World, need: Row, usual: Row, site: str, leaves: list[date]) -> Iterator[Way]:
    """By every sequence of lanes and weeks, each leg as early in its week as can be."""
    step = here.goods[usual["good"]]["step"] or 1
    ratio = float(here.ratios[usual["good"], need["good"]])
    for legs, departs, arrives in _paths(here, site, need["site"], leaves, here.last(need["need"])):
        name = f"{usual}{[(leg['lane'], leg['departs']) for leg in legs]}{departs}{need['need']}"
        move = usual | {"movement": name, "need": need["need"], "quantity": step, "departs": departs}
        move |= {"arrives": arrives, "_from": site, "budget": usual.get("budget")}
        move |= {"supplier": usual.get("supplier")}
        yield Way(move, legs, float(step) * ratio, arrives <= need["due"])


def _paths(
    here: World, site: str, goal: str, leaves: list[date], last: date
) -> Iterator[tuple[list[Row], date, date]]:
    """Legs, departure and arrival of each way."""
    if site == goal:
        able = [day for day in leaves if day <= last and not allowed.shut(here, site, day)]
        if able:
            yield [], able[0], able[0]
        return
    stack: list[tuple[str, list[Row], list[date]]] = [(site, [], leaves)]
    while stack:
        at, legs, days = stack.pop()
        for lane, way in here.lanes.items():
            visited = {site} | {leg["to"] for leg in legs}
            if way["from"] != at or way["to"] in visited:
                continue
            seen = set()
            for day in days:
                there = day + timedelta(days=here.transit(lane))
                weeks = (monday(day), monday(there))
                if there > last or weeks in seen or not allowed.passable(here, lane, day, there):
                    continue
                seen.add(weeks)
                leg = {"lane": lane, "from": at, "to": way["to"], "departs": day, "arrives": there}
                if way["to"] == goal:
                    yield [*legs, leg], (legs or [leg])[0]["departs"], there
                else:
                    later = [d for d in _days(here) if d >= there]
                    stack.append((way["to"], [*legs, leg], later))
