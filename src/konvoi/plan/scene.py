"""Data for explaining a plan: free room of each row, sources left by barriers, deliveries to needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from konvoi.plan.core.filling import NEED
from konvoi.plan.core.look import Asks, Look, look
from konvoi.plan.core.whole import Sent, Whole, brought
from konvoi.plan.corridor import too_small
from konvoi.plan.exact import day_of
from konvoi.plan.goals.earliness import worth
from konvoi.plan.limits import Limits
from konvoi.plan.net import Ints, Net
from konvoi.plan.parts import Kit
from konvoi.plan.problem import Problem
from konvoi.plan.sieve import Cause, Sieve, sieve
from konvoi.plan.value import Delivery, kits_of
from konvoi.plan.value import whole as whole_kits
from konvoi.plan.wayside import Wayside

_MILLION = 10**6


@dataclass(frozen=True)
class Scene:
    """A plan prepared for finding causes.

    taken: need, source and amount of each consignment. lacks: of each kit examined so far, the components
    that are short for one more, and the cause.
    """

    net: Net
    limits: Limits
    look: Look
    sieve: Sieve
    brought: Mapping[int, list[Delivery]]
    kits: Mapping[int, Kit]
    taken: tuple[Ints, Ints, Ints]
    lacks: dict[str, Mapping[int, Cause]] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        """The problem that is planned."""
        return self.net.problem

    @cached_property
    def useful(self) -> Mapping[str, date]:
        """Return the last day on which each need is of use, as stated: it may be after the horizon."""
        rows = self.problem.tables["needs"].select("need", "due", "last_useful").iter_rows()
        return {need: max(due, last or due) for need, due, last in rows}

    @cached_property
    def worths(self) -> list[float]:
        """Return the value of one unit of each need, with its share of its kit."""
        return worth(self.problem)

    @cached_property
    def ratios(self) -> Mapping[tuple[int, int], int]:
        """Return units of need for one unit, in millionths, by need and good."""
        return {(pair.need, pair.good): pair.ratio for pair in self.problem.pairs}

    @cached_property
    def wayside(self) -> Wayside:
        """Return the closures on paths."""
        return Wayside(self.net)

    def until(self, number: int) -> int:
        """Return the last day on which deliveries to a need count: its due day if late ones count nothing."""
        need = self.problem.needs[number]
        late = need.weight and (self.problem.late_credit or need.whole)
        return need.last if late or (not need.weight and number not in self.kits) else need.due

    def there(self, number: int) -> int:
        """Return the amount of a need that arrives in time, in millionths."""
        due = self.problem.needs[number].due
        return sum(d.served for d in self.brought.get(number, ()) if d.arrives <= due) // _MILLION

    def unreached(self, asks: Asks) -> Cause:
        """Return the cause: no path at all, or none quick enough; asks: those that could leave."""
        first = self.look.at(asks, self.problem.days - 1).first
        if first >= 0:
            return "too-late", {"day": str(day_of(first, self.problem.start))}
        if small := too_small(self.look, self.limits, asks[0], self.problem.days - 1):
            return small
        pair, source = asks[0]
        return self.wayside.why(source, self.problem.needs[self.problem.pairs[pair].need].site)


def scene(net: Net, limits: Limits, whole: Whole, plan: Sent) -> Scene:
    """Prepare a plan for finding causes."""
    columns, steps = plan
    there = brought(whole, plan)
    step = np.array([good.step for good in net.problem.goods], dtype=np.int64)
    good = np.array([source.good for source in net.problem.sources], dtype=np.int64)
    source = columns.source.astype(np.int64)
    return Scene(
        net=net,
        limits=limits,
        look=look(whole, plan),
        sieve=sieve(net),
        brought=there,
        kits=_lacking(net.problem, there),
        taken=(whole.tasks.pairs[columns.pair, NEED], source, steps * step[good[source]]),
    )


def _lacking(problem: Problem, there: Mapping[int, list[Delivery]]) -> dict[int, Kit]:
    """Return the kit of each need in any: the first of which sets are missing, else the first."""
    found: dict[int, Kit] = {}
    for need, kits in kits_of(problem).items():
        found[need] = next((kit for kit in kits if whole_kits(problem, kit, there) < kit.most), kits[0])
    return found
