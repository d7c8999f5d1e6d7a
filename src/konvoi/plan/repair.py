"""From a mix in any parts to a plan in whole steps: cut down exactly, then filled up again."""

from collections.abc import Iterable

from konvoi.plan.column import Column
from konvoi.plan.greedy import Filler, density
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats, Net
from konvoi.plan.problem import Problem
from konvoi.plan.room import Taken, deliveries
from konvoi.plan.value import Delivery, parts

_NEARLY = 1e-6


def repair(net: Net, limits: Limits, columns: list[Column], sent: Floats, *, whole_first: bool) -> Taken:
    """Whole steps of a mix that keep every row: incomplete wholes dropped or filled, then the rest filled."""
    problem = net.problem
    filler = Filler.of(net, limits)
    mixed = [(column, float(units)) for column, units in zip(columns, sent, strict=True) if units > 0]
    for column, units in sorted(mixed):
        step = problem.goods[problem.sources[column.source].good].step / 10**6
        steps = min(int(units / step + _NEARLY), filler.room.most(column))
        if steps > 0:
            filler.room.take(column, steps)
    touched = {column.need for column, _ in mixed}
    order = density(net)
    for number in order:
        if problem.needs[number].whole and not filler.is_full(number):
            if whole_first and number in touched:
                filler.one(number)
            drop(filler, number)
    filler.fill(order)
    return dict(filler.room.taken)


def drop(filler: Filler, number: int) -> None:
    """Give back what an incomplete need took."""
    if not filler.is_full(number):
        for column, steps in [one for one in filler.room.taken.items() if one[0].need == number]:
            filler.room.take(column, -steps)


def trimmed(problem: Problem, taken: Taken) -> Taken:
    """The plan without the consignments that bring no value, last arrivals first."""
    kept = dict(taken)
    worth = parts(problem, deliveries(problem, kept))
    for column in sorted(taken, key=lambda c: (-c.arrives, c)):
        if not _worthless(problem, column, taken):
            continue
        without = {other: steps for other, steps in kept.items() if other != column}
        if parts(problem, deliveries(problem, without)) == worth:
            kept = without
    return kept


def _worthless(problem: Problem, column: Column, taken: Iterable[Column]) -> bool:
    """Whether a consignment may bring nothing by itself: its need has no weight, or is met only in full."""
    need = problem.needs[column.need]
    return need.weight == 0 or need.whole or problem.late_credit == 0


def best_of(problem: Problem, plans: Iterable[Taken]) -> tuple[Taken, list[Delivery]]:
    """The plan of the highest value, the first of equals, without what brings nothing."""
    found = [(parts(problem, deliveries(problem, plan)), plan) for plan in plans]
    top = max(value for value, _ in found)
    plan = trimmed(problem, next(plan for value, plan in found if value == top))
    return plan, deliveries(problem, plan)
