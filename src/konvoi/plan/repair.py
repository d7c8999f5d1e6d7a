"""From a mix in any parts to a plan in whole steps: cut down exactly, then filled up again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from konvoi.plan.core.filling import CUT, CUT_IF_NONE, DROP, DUE, FILL, FILL_IN_TIME, KIT_OR_NONE, NEED
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Sent, Whole, mix_of, played, sent, worth
from konvoi.plan.greedy import density
from konvoi.plan.net import Floats
from konvoi.plan.parts import Kit
from konvoi.plan.problem import Problem
from konvoi.plan.value import Delivery, of_need
from konvoi.plan.value import whole as whole_kits

LIKELY = (2.0, 0.9, 0.7)
"""From which part in the mix on a kit or a need useful only in full is completed first; above 1 never."""

Line = tuple[int, int]


@dataclass(frozen=True)
class _Group:
    """What counts only together: a need useful only in full, or the needs of a kit; part: held by the mix."""

    part: float
    rank: int
    needs: tuple[int, ...]
    kit: int = -1


def repaired(whole: Whole, columns: Columns, units: Floats, likely: Iterable[float] = LIKELY) -> Sent:
    """Whole steps of a mix, the best of several ways: see LIKELY."""
    mix, order = mix_of(whole, columns, units), density(whole.problem)
    groups = _groups(whole, columns, units, order)
    found = [sent(played(whole, mix, _tape(whole, groups, order, part))) for part in likely]
    return best_of(whole, found)


def best_of(whole: Whole, plans: Iterable[Sent]) -> Sent:
    """The plan of the highest value, the first of equals."""
    return max(plans, key=lambda plan: worth(whole, plan))


def _tape(whole: Whole, groups: list[_Group], order: list[int], likely: float) -> Iterator[Line]:
    """First what counts only whole and is likely, then what else the mix sends, then all that still fits."""
    for group in groups:
        if group.part >= likely:
            yield from _complete(group)
    yield from ((CUT_IF_NONE, need) for need in order)
    yield from ((DROP, need) for need in order if whole.problem.needs[need].whole)
    yield from ((FILL, need) for need in order)


def _complete(group: _Group) -> Iterator[Line]:
    """Send all of some needs, first as the mix does; give it all back where nothing whole comes of it."""
    for need in group.needs:
        yield CUT, need
        yield FILL if group.kit < 0 else FILL_IN_TIME, need
    if group.kit >= 0:
        yield KIT_OR_NONE, group.kit


def _groups(whole: Whole, columns: Columns, units: Floats, order: list[int]) -> list[_Group]:
    """What counts only together, that of which the mix holds most first."""
    problem, rank = whole.problem, {need: place for place, need in enumerate(order)}
    needs = whole.tasks.pairs[columns.pair, NEED]
    brought = units * whole.field.ground.pairs.ratio[columns.pair]
    there = np.bincount(needs, brought, minlength=len(order))
    early = columns.arrives <= whole.tasks.needs[needs, DUE]
    in_time = np.bincount(needs, np.where(early, brought, 0.0), minlength=len(order))
    found = []
    for number, kit in enumerate(problem.kits):
        part = min(1.0, min(in_time[need] / (per_kit / 10**6) for need, per_kit in kit.parts))
        parts = tuple(need for need, _ in kit.parts)
        found.append(_Group(round(float(part), 2), min(rank[need] for need in parts), parts, number))
    for number, need in enumerate(problem.needs):
        if need.whole:
            part = there[number] / (need.quantity / 10**6)
            found.append(_Group(round(float(part), 2), rank[number], (number,)))
    return sorted(found, key=lambda group: (-group.part, group.rank))


def trimmed(whole: Whole, plan: Sent) -> Sent:
    """The plan without the consignments that bring no value, last arrivals first."""
    problem, (columns, steps) = whole.problem, plan
    needs, arrives = whole.tasks.pairs[columns.pair, NEED].tolist(), columns.arrives.tolist()
    size = [pair.ratio * problem.goods[pair.good].step for pair in problem.pairs]
    there: dict[int, dict[int, Delivery]] = {}
    for at, (need, pair, many) in enumerate(zip(needs, columns.pair.tolist(), steps.tolist(), strict=True)):
        there.setdefault(need, {})[at] = Delivery(need, many * size[pair], arrives[at])
    kits = {need: kit for kit in problem.kits for need, _ in kit.parts}
    for at in sorted(range(len(steps)), key=lambda at: (-arrives[at], at)):
        need = needs[at]
        if _may_be_idle(problem, need):
            before = _near(problem, need, kits.get(need), there)
            delivery = there[need].pop(at)
            if _near(problem, need, kits.get(need), there) != before:
                there[need][at] = delivery
    kept = np.array(sorted(at for found in there.values() for at in found), dtype=np.int64)
    return columns.at(kept), steps[kept]


def _may_be_idle(problem: Problem, number: int) -> bool:
    """Whether a consignment may bring nothing by itself: its need has no weight, or is met only in full."""
    need = problem.needs[number]
    return need.weight == 0 or need.whole or problem.late_credit == 0


def _near(problem: Problem, need: int, kit: Kit | None, there: dict[int, dict[int, Delivery]]) -> int:
    """What a need and the kit that it belongs to are worth."""
    own = of_need(problem, need, list(there.get(need, {}).values()))
    if kit is None:
        return own
    found = {part: list(there.get(part, {}).values()) for part, _ in kit.parts}
    return own + kit.weight * 10**18 * whole_kits(problem, kit, found)
