"""The plan close to one in force: the best choice of movements where each change has its price."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from konvoi.plan.change_limit import Side, changes_of, few_changes, pairs_of
from konvoi.plan.core.pool import consignments
from konvoi.plan.core.whole import Sent, Whole
from konvoi.plan.exact import WIDE
from konvoi.plan.frozen import Split, Window, legs_of_table, split_plan
from konvoi.plan.limits import Limits
from konvoi.plan.movement_rows import plan_of, side_of
from konvoi.plan.near import in_steps, warmth
from konvoi.plan.net import Net
from konvoi.plan.plan import Plan
from konvoi.plan.recount import count, worth
from konvoi.plan.world import Row, World, world
from konvoi.plan.write import legs, movements

MOVEMENTS = 6_000
"""Movements of all plans together up to which changes are chosen one by one."""


@dataclass(frozen=True)
class Ground:
    """A changed problem as the audit sees it, and what becomes of the movements of the plan in force."""

    whole: Whole
    net: Net
    limits: Limits
    near: Plan
    here: World
    split: Split

    @classmethod
    def of(cls, whole: Whole, net: Net, limits: Limits, near: Plan) -> "Ground":
        """Return the ground of a choice near a plan."""
        problem = whole.problem
        here = world(dict(problem.tables), problem.states, problem.offer_states)
        return cls(whole, net, limits, near, here, split_plan(here, near, Window(here.start, 0)))

    def side(self, plan: Sent) -> Side:
        """Return a plan's movements."""
        problem = self.whole.problem
        taken = dict(zip(consignments(problem, plan[0]), plan[1].tolist(), strict=True))
        moved, names = movements(problem, taken)
        return side_of(self.here, moved, legs_of_table(legs(problem, taken, names)))

    def sent(self, moves: Sequence[Row], known: Side) -> Sent | None:
        """Return movements as consignments; None if there are none."""
        warm = warmth(self.whole, self.net, self.limits, plan_of(self.near, moves, known.legs))
        return None if warm is None else in_steps(self.whole, warm)

    @property
    def in_force(self) -> Side:
        """Return the movements in force that are still possible, each by itself."""
        return Side({move["movement"]: move for move in self.split.open}, self.split.legs)

    @property
    def broken(self) -> list[Row]:
        """Return the movements in force that are not."""
        rows = self.near.movements.iter_rows(named=True)
        return [row for row in rows if row["movement"] in self.split.broken]

    def changes(self, side: Side) -> int:
        """Return how many changes lead from the plan in force to a plan."""
        return changes_of(self.here, self.in_force, side.moves, pairs_of(self.broken))


def closest(ground: Ground, remains: Sent, free: Sent) -> Sent | None:
    """Return the best plan out of the movements in force and of two plans, each change at its price.

    remains: what remains of the plan in force; free: a plan that changes whatever gains. A change costs half
    of what those of `free` gain over `remains` on average, so only changes that gain more are made: all of
    them if all gain the same. None if there are too many movements for a choice.
    """
    if ground.near.movements.height + len(remains[1]) + len(free[1]) > MOVEMENTS:
        return None
    before = ground.in_force
    rest = ground.side(remains)
    anew = ground.side(free)
    both = Side({**rest.moves, **anew.moves}, {**rest.legs, **anew.legs})
    cost = _cost(ground, rest, anew)
    chosen = few_changes(ground.here, before, both, (), broken=ground.broken, most=None, cost=cost)
    legs = {**both.legs, **before.legs}
    best = Side({move["movement"]: move for move in chosen.moves}, legs)
    plan = ground.sent(chosen.moves, best)
    # A large choice is not exact, and either of the two plans may be better.
    merits = [
        _value(ground.here, side) - Fraction(cost) * ground.changes(side) for side in (best, rest, anew)
    ]
    return max(zip(merits, (plan, remains, free), strict=True), key=lambda one: one[0])[1]


def _cost(ground: Ground, rest: Side, anew: Side) -> Decimal:
    """Return half the gain of a plan over what remains of the one in force, for each further change."""
    gain = _value(ground.here, anew) - _value(ground.here, rest)
    more = ground.changes(anew) - ground.changes(rest)
    if gain <= 0 or more <= 0:
        return Decimal(0)
    each = gain / (2 * more)
    return WIDE.divide(Decimal(each.numerator), Decimal(each.denominator))


def _value(here: World, side: Side) -> Fraction:
    return worth(here, count(here, list(side.moves.values()), side.legs))
