"""Improvement of a plan by exchange: unmet needs replace deliveries of less value, where that pays."""

import numpy as np

from konvoi.plan.core.exchange import Bundles, exchange
from konvoi.plan.core.room import MOST
from konvoi.plan.core.whole import Sent, Whole, put, sent
from konvoi.plan.goals.earliness import worth
from konvoi.plan.net import Floats, Ints
from konvoi.plan.problem import Problem

PASSES = 2
"""So often each bundle is tried at most, once where there are very many; it ends where no exchange pays."""


def improved(whole: Whole, plan: Sent, passes: int = 0) -> Sent:
    """The plan after all exchanges that pay: never worth less, and the same for the same plan."""
    passes = passes or (1 if whole.many else PASSES)
    bundles = bundles_of(whole)
    spare = 1
    order = np.argsort(-bundles.density, kind="stable")
    while True:
        world = put(whole, plan, spare=spare * len(whole.problem.needs))
        endless = world.room._replace(free=np.full_like(world.room.free, MOST))
        for _ in range(passes):
            if not exchange(world, endless, bundles, order):
                break
        if not world.log.tally[2]:
            return sent(world)
        spare *= 2


def bundles_of(whole: Whole) -> Bundles:
    """Return a problem's kits, those with a need in common as one, then the needs in none, with values."""
    problem = whole.problem
    groups = together(problem)
    needs = [tuple(dict.fromkeys(n for kit in kits for n, _ in problem.kits[kit].parts)) for kits in groups]
    inside = {need for group in needs for need in group}
    every = [*needs, *((need,) for need in range(len(problem.needs)) if need not in inside)]
    of = np.zeros(len(problem.needs), dtype=np.int64)
    for number, group in enumerate(every):
        of[list(group)] = number
    kits = [*groups, *(() for _ in every[len(groups) :])]
    return Bundles(
        first=np.cumsum([0, *(len(group) for group in every)]),
        needs=np.array([need for group in every for need in group], dtype=np.int64),
        first_kit=np.cumsum([0, *(len(group) for group in kits)]),
        kits=np.array([kit for group in kits for kit in group], dtype=np.int64),
        of=of,
        density=_density(problem, of, len(every)),
        weight=np.array([n.weight * p / 10**18 for n, p in zip(problem.needs, whole.parts, strict=True)]),
        kit_weight=np.array([kit.weight / 10**6 for kit in problem.kits]),
        credit=problem.late_credit / 10**6,
    )


def together(problem: Problem) -> list[tuple[int, ...]]:
    """Return groups of kits, of which each shares a need with another of its group, by their first kit."""
    group_of: dict[int, list[int]] = {}
    for number, kit in enumerate(problem.kits):
        joined = sorted({id(group): group for need, _ in kit.parts if (group := group_of.get(need))}.values())
        merged = [*(one for group in joined for one in group), number]
        for one in merged:
            group_of |= {need: merged for need, _ in problem.kits[one].parts}
    return sorted({tuple(group) for group in group_of.values()})


def _density(problem: Problem, of: Ints, many: int) -> Floats:
    """Return the value of a tonne of each bundle."""
    known = {good.id: good.tonnes / 10**9 for good in problem.goods}
    asked = [need.quantity / 10**6 for need in problem.needs]
    tonnes = [max(known.get(n.good, 1.0), 1e-9) * q for n, q in zip(problem.needs, asked, strict=True)]
    paid = [value * q for value, q in zip(worth(problem), asked, strict=True)]
    return np.bincount(of, paid, minlength=many) / np.maximum(np.bincount(of, tonnes, minlength=many), 1e-9)
