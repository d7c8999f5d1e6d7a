"""Why needs stay unmet: one cause for what is missing of each, confirmed in the plan's own rest of room."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.plan.core.filling import NEED
from konvoi.plan.core.look import Asks, Glimpse, Look, look
from konvoi.plan.core.whole import Sent, Whole, brought
from konvoi.plan.corridor import full_way
from konvoi.plan.exact import day_of, decimal
from konvoi.plan.limits import Limits
from konvoi.plan.net import Ints, Net
from konvoi.plan.parts import Kit, Need
from konvoi.plan.plan import UNMET
from konvoi.plan.sieve import Sieve, sieve
from konvoi.plan.value import Delivery, usable

Cause = tuple[str, Mapping[str, str]]
_MILLION = 10**6


@dataclass(frozen=True)
class Scene:
    """A plan as it is looked at for causes: what room is left, what barriers leave, what comes of each need.

    taken: need, source and amount of each consignment.
    """

    net: Net
    limits: Limits
    look: Look
    sieve: Sieve
    brought: Mapping[int, list[Delivery]]
    kits: Mapping[int, Kit]
    taken: tuple[Ints, Ints, Ints]


def unmet(net: Net, limits: Limits, whole: Whole, plan: Sent) -> pl.DataFrame:
    """One line for each need and cause, by need: what arrives late, and what does not arrive."""
    scene = _scene(net, limits, whole, plan)
    lines = [line for number in range(len(net.problem.needs)) for line in _lines(scene, number)]
    frame = pl.DataFrame({name: [line[name] for line in lines] for name in UNMET}, schema=UNMET)
    return frame.sort("need", "cause", "parameters")


def _scene(net: Net, limits: Limits, whole: Whole, plan: Sent) -> Scene:
    """A plan laid out for looking at."""
    columns, steps = plan
    step = np.array([good.step for good in net.problem.goods], dtype=np.int64)
    good = np.array([source.good for source in net.problem.sources], dtype=np.int64)
    source = columns.source.astype(np.int64)
    return Scene(
        net=net,
        limits=limits,
        look=look(whole, plan),
        sieve=sieve(net),
        brought=brought(whole, plan),
        kits={need: kit for kit in reversed(net.problem.kits) for need, _ in kit.parts},
        taken=(whole.tasks.pairs[columns.pair, NEED], source, steps * step[good[source]]),
    )


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
    seen = scene.look.at(usable, need.last)
    if not seen.reached:
        return _unreached(scene, usable)
    return _kit(scene, number) or _scarce(scene, number, seen)


def _unreached(scene: Scene, usable: Asks) -> Cause:
    """No way at all, or none that is quick enough."""
    problem = scene.net.problem
    first = scene.look.at(usable, problem.days - 1).first
    if first >= 0:
        return "too-late", {"day": str(day_of(first, problem.start))}
    pair, source = usable[0]
    start, goal = problem.sources[source].site, problem.needs[problem.pairs[pair].need].site
    return "no-route", {"from": problem.sites[start].id, "to": problem.sites[goal].id}


def _kit(scene: Scene, number: int) -> Cause | None:
    """Whether another component of its kit is what is missing, and a need without weight of its own waits."""
    problem, kit = scene.net.problem, scene.kits.get(number)
    if problem.needs[number].weight or kit is None:
        return None
    there = {need: _there(scene, need) // per_kit for need, per_kit in kit.parts}
    least = min(there, key=lambda need: (there[need], need))
    if there[least] < there[number] or (least != number and there[least] == there[number]):
        return "kit-incomplete", {"kit": kit.id, "need": problem.needs[least].id}
    return None


def _there(scene: Scene, number: int) -> int:
    """What arrives of a need in time, in millionths."""
    due = scene.net.problem.needs[number].due
    return sum(d.served for d in scene.brought.get(number, ()) if d.arrives <= due) // _MILLION


def _scarce(scene: Scene, number: int, seen: Glimpse) -> Cause:
    """Which row stands in the way: what is offered, money, caps, or the way itself."""
    if not seen.able:
        return _exhausted(scene, number, seen.reached)
    need = scene.net.problem.needs[number]
    found = full_way(scene.look, scene.limits, seen.blocked) if seen.blocked else None
    if found is not None:
        return found
    if need.whole:
        return "not-in-full", {"quantity": str(decimal(scene.look.brings(seen.able, need.last), 12))}
    return "not-found", {}


def _exhausted(scene: Scene, number: int, reached: Asks) -> Cause:
    """Which row of the largest source is used up."""
    problem, frame = scene.net.problem, scene.limits.frame
    largest = max((source for _, source in reached), key=lambda s: (problem.sources[s].quantity or 0, -s))
    source = problem.sources[largest]
    good = problem.goods[source.good]
    kinds = {}
    for row, use, factor in scene.limits.source.get(largest, ()):
        if scene.look.short(row, factor * good.loads[use] * good.step):
            kinds[frame["kind"][row]] = row
    if "purchase" in kinds:
        return "purchase-most", {"quantity": str(decimal(source.quantity or 0)), "good": good.id}
    if "budget" in kinds:
        return "budget-spent", {"budget": source.budget}
    if "cap" in kinds:
        line = frame.row(kinds["cap"], named=True)
        most = str(line["upper"].normalize() + 0)
        return "cap-reached", {"party": line["key"], "most": most, "resource": line["resource"]}
    if "stock" in kinds:
        spare = frame["upper"][kinds["stock"]].normalize() + 0
        return "stock-floor", {"party": source.party, "quantity": str(spare), "good": good.id}
    return _outbid(scene, number, {source for _, source in reached})


def _outbid(scene: Scene, number: int, sources: set[int]) -> Cause:
    """Who got what is offered: this need itself, or another."""
    needs, source, amount = scene.taken
    mine = np.isin(source, sorted(sources))
    got: dict[int, int] = {}
    for need, more in zip(needs[mine].tolist(), amount[mine].tolist(), strict=True):
        got[need] = got.get(need, 0) + more
    own = got.pop(number, 0)
    if not got:
        return "all-sent", {"quantity": str(decimal(own))}
    most = max(got, key=lambda need: (got[need], -need))
    return "outbid", {"need": scene.net.problem.needs[most].id, "quantity": str(decimal(got[most]))}
