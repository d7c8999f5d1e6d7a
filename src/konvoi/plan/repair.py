"""From a mix in any parts to a plan in whole steps: cut down exactly, then filled up again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from konvoi.plan.column import Column
from konvoi.plan.greedy import Filler, density
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats, Net
from konvoi.plan.problem import Problem
from konvoi.plan.room import Taken, deliveries
from konvoi.plan.value import Delivery, parts, whole

_NEARLY = 1e-6
LIKELY = 0.7
"""From which part of a kit or a need useful only in full, in the mix, it is completed first."""


@dataclass(frozen=True)
class Mix:
    """What a mix sends: units of each consignment, by need."""

    by_need: Mapping[int, list[tuple[Column, float]]]

    @classmethod
    def of(cls, columns: list[Column], sent: Floats) -> "Mix":
        """A mix from the master's columns."""
        found: dict[int, list[tuple[Column, float]]] = defaultdict(list)
        for column, units in sorted(zip(columns, sent.tolist(), strict=True)):
            if units > 0:
                found[column.need].append((column, units))
        return cls(found)

    def served(self, problem: Problem, number: int, *, in_time: bool) -> float:
        """Units of need that the mix brings."""
        return sum(
            units * column.ratio / 10**6
            for column, units in self.by_need.get(number, ())
            if not in_time or column.on_time(problem)
        )


def repair(net: Net, limits: Limits, mix: Mix, *, likely: float) -> Taken:
    """Whole steps of a mix that keep every row: first what counts only whole and is likely; the rest filled.

    A kit or a need useful only in full is likely where the mix holds at least this part of it; above 1 none.
    """
    problem = net.problem
    filler = Filler.of(net, limits)
    order = density(net)
    rank = {number: place for place, number in enumerate(order)}
    groups = _groups(problem, mix, likely)
    for _, needs in sorted(groups, key=lambda group: (-group[0], min(rank[n] for n in group[1]))):
        _complete(filler, mix, needs)
    done = {column.need for column in filler.room.taken}
    for number in order:
        if number not in done:
            _cut(filler, mix, number)
    for number in order:
        if problem.needs[number].whole:
            drop(filler, number)
    filler.fill(order)
    return dict(filler.room.taken)


def _groups(problem: Problem, mix: Mix, likely: float) -> list[tuple[float, tuple[int, ...]]]:
    """The needs that count only together or in full, with the part of them that the mix holds."""
    found: list[tuple[float, tuple[int, ...]]] = []
    for kit in problem.kits:
        sets = min(mix.served(problem, need, in_time=True) / (per_kit / 10**6) for need, per_kit in kit.parts)
        found.append((round(min(1.0, sets), 2), tuple(need for need, _ in kit.parts)))
    for number, need in enumerate(problem.needs):
        if need.whole:
            part = mix.served(problem, number, in_time=False) / (need.quantity / 10**6)
            found.append((round(part, 2), (number,)))
    return [group for group in found if group[0] >= likely]


def _complete(filler: Filler, mix: Mix, needs: tuple[int, ...]) -> None:
    """Send all of some needs, first as the mix does; give it all back where nothing whole comes of it."""
    problem = filler.net.problem
    for number in needs:
        _cut(filler, mix, number)
        filler.one(number, late=len(needs) == 1)
    by_need: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries(problem, filler.room.taken):
        by_need[delivery.need].append(delivery)
    kits = [kit for kit in problem.kits if tuple(need for need, _ in kit.parts) == needs]
    if any(whole(problem, kit, by_need) == 0 for kit in kits):
        for number in needs:
            give_back(filler, number)


def _cut(filler: Filler, mix: Mix, number: int) -> None:
    """Send the whole steps of what the mix sends to a need, as far as there is room."""
    problem = filler.net.problem
    for column, units in mix.by_need.get(number, ()):
        step = problem.goods[problem.sources[column.source].good].step / 10**6
        steps = min(int(units / step + _NEARLY), filler.room.most(column))
        if steps > 0:
            filler.room.take(column, steps)


def drop(filler: Filler, number: int) -> None:
    """Give back what a need useful only in full took, if it is not met in full."""
    if not filler.is_full(number):
        give_back(filler, number)


def give_back(filler: Filler, number: int) -> None:
    """Give back all that a need took."""
    for column, steps in [one for one in filler.room.taken.items() if one[0].need == number]:
        filler.room.take(column, -steps)


def trimmed(problem: Problem, taken: Taken) -> Taken:
    """The plan without the consignments that bring no value, last arrivals first."""
    by_need: dict[int, Taken] = defaultdict(dict)
    for column, steps in taken.items():
        by_need[column.need][column] = steps
    kits = {need: kit for kit in problem.kits for need, _ in kit.parts}
    for column in sorted(taken, key=lambda c: (-c.arrives, c)):
        if _worthless(problem, column):
            kit = kits.get(column.need)
            needs = [need for need, _ in kit.parts] if kit else [column.need]
            near = {other: steps for need in needs for other, steps in by_need[need].items()}
            without = {other: steps for other, steps in near.items() if other != column}
            if parts(problem, deliveries(problem, without)) == parts(problem, deliveries(problem, near)):
                del by_need[column.need][column]
    return {column: steps for mine in by_need.values() for column, steps in mine.items()}


def _worthless(problem: Problem, column: Column) -> bool:
    """Whether a consignment may bring nothing by itself: its need has no weight, or is met only in full."""
    need = problem.needs[column.need]
    return need.weight == 0 or need.whole or problem.late_credit == 0


def best_of(problem: Problem, plans: Iterable[Taken]) -> tuple[Taken, list[Delivery]]:
    """The plan of the highest value, the first of equals, without what brings nothing."""
    found = [(parts(problem, deliveries(problem, plan)), plan) for plan in plans]
    top = max(value for value, _ in found)
    plan = trimmed(problem, next(plan for value, plan in found if value == top))
    return plan, deliveries(problem, plan)
