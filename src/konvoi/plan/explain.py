"""Why needs stay unmet: one cause for what is missing of each, confirmed in the plan's own rest of room."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from konvoi.plan.corridor import full_way
from konvoi.plan.exact import day_of, decimal
from konvoi.plan.greedy import Filler
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Need, Pair
from konvoi.plan.plan import UNMET
from konvoi.plan.room import Room, Taken, deliveries
from konvoi.plan.route import Router
from konvoi.plan.sieve import Sieve, sieve
from konvoi.plan.value import Delivery, usable

Cause = tuple[str, Mapping[str, str]]
_MILLION = 10**6
_ENDLESS = 10**60


@dataclass(frozen=True)
class Scene:
    """A plan as it is looked at for causes: what is sent, what room is left, what room an empty world has."""

    net: Net
    limits: Limits
    filler: Filler
    free: Router
    sieve: Sieve
    brought: Mapping[int, list[Delivery]]
    taken: Taken = field(default_factory=dict)


def unmet(net: Net, limits: Limits, taken: Taken) -> pl.DataFrame:
    """One line for each need and cause, by need: what arrives late, and what does not arrive."""
    scene = _scene(net, limits, taken)
    lines = [line for number in range(len(net.problem.needs)) for line in _lines(scene, number)]
    frame = pl.DataFrame({name: [line[name] for line in lines] for name in UNMET}, schema=UNMET)
    return frame.sort("need", "cause", "parameters")


def _scene(net: Net, limits: Limits, taken: Taken) -> Scene:
    """A plan laid out for looking at."""
    filler = Filler.of(net, limits)
    for column, steps in sorted(taken.items()):
        filler.room.take(column, steps)
    endless = Room(limits, [_ENDLESS] * len(limits.upper))
    brought: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries(net.problem, taken):
        brought[delivery.need].append(delivery)
    return Scene(net, limits, filler, Router(net, limits, endless), sieve(net), brought, taken)


def _lines(scene: Scene, number: int) -> Iterator[dict[str, object]]:
    """What is late and what is missing of one need."""
    need = scene.net.problem.needs[number]
    found = scene.brought.get(number, [])
    in_time, late = usable(need, found)
    missing = need.quantity * _MILLION - in_time - late
    if late:
        day = day_of(max(d.arrives for d in found), scene.net.problem.start)
        yield _line(need, late, ("arrives-late", {"day": str(day)}))
    if missing > 0:
        yield _line(need, missing, _cause(scene, number))


def _line(need: Need, amount: int, cause: Cause) -> dict[str, object]:
    """One line of UNMET."""
    code, values = cause
    text = json.dumps(dict(values), sort_keys=True, ensure_ascii=False)
    return {"need": need.id, "quantity": round(decimal(amount, 12), 6), "cause": code, "parameters": text}


def _cause(scene: Scene, number: int) -> Cause:
    """The one cause of what is missing: the questions are asked from the offer to the road."""
    need = scene.net.problem.needs[number]
    if need.last < 0:
        return "past", {}
    usable, why = scene.sieve.usable(number)
    if why is not None:
        return why
    reached = [(pair, source) for pair, source in usable if scene.free.way(pair, source, need.last)]
    if not reached:
        return _unreached(scene, usable)
    return _kit(scene, number) or _scarce(scene, number, reached)


def _unreached(scene: Scene, usable: list[tuple[Pair, int]]) -> Cause:
    """No way at all, or none that is quick enough."""
    problem = scene.net.problem
    ways = [way for pair, source in usable if (way := scene.free.way(pair, source, problem.days - 1))]
    if ways:
        return "too-late", {"day": str(day_of(min(way.arrives for way in ways), problem.start))}
    pair, source = usable[0]
    start, goal = problem.sources[source].site, problem.needs[pair.need].site
    return "no-route", {"from": problem.sites[start].id, "to": problem.sites[goal].id}


def _kit(scene: Scene, number: int) -> Cause | None:
    """Whether another component of its kit is what is missing, and a need without weight of its own waits."""
    problem = scene.net.problem
    if problem.needs[number].weight:
        return None
    for kit in problem.kits:
        if number in dict(kit.parts):
            there = {need: _there(scene, need) // per_kit for need, per_kit in kit.parts}
            least = min(there, key=lambda need: (there[need], need))
            if there[least] < there[number] or (least != number and there[least] == there[number]):
                return "kit-incomplete", {"kit": kit.id, "need": problem.needs[least].id}
    return None


def _there(scene: Scene, number: int) -> int:
    """What arrives of a need in time, in millionths."""
    due = scene.net.problem.needs[number].due
    return sum(d.served for d in scene.brought.get(number, ()) if d.arrives <= due) // _MILLION


def _scarce(scene: Scene, number: int, reached: list[tuple[Pair, int]]) -> Cause:
    """Which row stands in the way: what is offered, money, caps, or the way itself."""
    left = [(pair, source) for pair, source in reached if scene.filler.able(pair, source)]
    if not left:
        return _exhausted(scene, number, reached)
    for pair, source in left:
        found = full_way(scene.net, scene.limits, (scene.filler, scene.free), (pair, source))
        if found is not None:
            return found
    need = scene.net.problem.needs[number]
    if need.whole:
        return "not-in-full", {"quantity": str(decimal(_partly(scene, need, left), 12))}
    return "not-found", {}


def _partly(scene: Scene, need: Need, left: list[tuple[Pair, int]]) -> int:
    """How much of a need that is useful only in full could be brought, in parts of 10^-12: tried, undone."""
    sent = [one for pair, source in left for one in scene.filler.send(pair, source, need.last)]
    for column, steps in sent:
        scene.filler.room.take(column, -steps)
    return sum(d.served for d in deliveries(scene.net.problem, dict(sent)))


def _exhausted(scene: Scene, number: int, reached: list[tuple[Pair, int]]) -> Cause:
    """Which row of the largest source is used up."""
    problem = scene.net.problem
    largest = max(reached, key=lambda one: (problem.sources[one[1]].quantity or 0, -one[1]))
    source = problem.sources[largest[1]]
    step = problem.goods[source.good].step
    kinds = {}
    for row, use, factor in scene.limits.source.get(largest[1], ()):
        if scene.filler.room.free[row] < factor * problem.goods[source.good].loads[use] * step:
            line = scene.limits.frame.row(row, named=True)
            kinds[line["kind"]] = line
    if "purchase" in kinds:
        most = str(decimal(source.quantity or 0))
        return "purchase-most", {"quantity": most, "good": problem.goods[source.good].id}
    if "budget" in kinds:
        return "budget-spent", {"budget": source.budget}
    if "cap" in kinds:
        line = kinds["cap"]
        most = str(line["upper"].normalize() + 0)
        return "cap-reached", {"party": line["key"], "most": most, "resource": line["resource"]}
    return _outbid(scene, number, {source for _, source in reached})


def _outbid(scene: Scene, number: int, sources: set[int]) -> Cause:
    """Who got what is offered: this need itself, or another."""
    problem = scene.net.problem
    got: dict[int, int] = defaultdict(int)
    for column, steps in scene.taken.items():
        if column.source in sources:
            got[column.need] += steps * problem.goods[problem.sources[column.source].good].step
    others = {need: amount for need, amount in got.items() if need != number}
    if not others:
        return "all-sent", {"quantity": str(decimal(got.get(number, 0)))}
    most = max(others, key=lambda need: (others[need], -need))
    return "outbid", {"need": problem.needs[most].id, "quantity": str(decimal(others[most]))}
