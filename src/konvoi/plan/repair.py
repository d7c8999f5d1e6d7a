"""Rounding of a mix in any parts to a plan in whole steps: cut exactly, then filled up again."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from konvoi.plan.core.filling import (
    ASKED,
    CUT,
    CUT_IF_NONE,
    DROP,
    DUE,
    FILL,
    FILL_IN_TIME,
    KIT_OR_NONE,
    NEED,
    PUT,
    WHOLE,
)
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.programme import paid
from konvoi.plan.core.whole import (
    Act,
    Line,
    Mix,
    Sent,
    Whole,
    carried_of,
    lines_of,
    mix_of,
    played,
    played_in_turn,
    rest_of,
    sent,
    worth,
)
from konvoi.plan.goals.cost import MEMBER as COST
from konvoi.plan.greedy import density
from konvoi.plan.net import Floats, Ints
from konvoi.plan.parts import Kit
from konvoi.plan.problem import Problem
from konvoi.plan.value import Delivery, kits_of, of_need
from konvoi.plan.value import whole as whole_kits

_ALL_BUT = 0.97
"""Part from which a mix is taken to bring the whole."""

LIKELY = (2.0, 0.9, 0.7, 0.4)
"""Shares in the mix from which a kit, or a need useful only in full, is completed first; above 1 never."""

LIKELY_OF_MANY = (0.9, 0.4)
"""The same for so many needs that each attempt takes long."""

_BEGUN = (0.0, 0.1, 0.25)
"""Parts of a piece with which a need begins where pieces are carried over (second structure, M, seed 2: 2.7
and 2.5 % below the bound; cut one by one 4.6 %)."""

_THREADS = 2


@dataclass(frozen=True)
class _Group:
    """Needs that count only together: a need useful only in full, or those of a kit; part: met by the mix."""

    part: float
    rank: int
    needs: tuple[int, ...]
    kit: int = -1


class _Pieces(NamedTuple):
    """Whole pieces of a mix, in several ways; rest: one more of each consignment that is sent in part."""

    carried: list[Mix]
    rest: Mix


def repaired(whole: Whole, columns: Columns, units: Floats, likely: Iterable[float] = ()) -> Sent:
    """Return whole steps of a mix, the best of several attempts, tried side by side: see LIKELY."""
    likely = likely or (LIKELY_OF_MANY if whole.many else LIKELY)
    mix = mix_of(whole, columns, units, _aims(whole, columns, units))
    order = density(whole.problem)
    groups = _groups(whole, columns, units, order)
    pieces = _Pieces(
        [carried_of(whole, columns, units, one) for one in _BEGUN], rest_of(whole, columns, units)
    )
    attempts = [
        acts
        for number, part in enumerate(likely)
        for likely_ones in ([group for group in groups if group.part >= part],)
        for acts in _attempts(
            whole, (mix, pieces if not (whole.many and number) else None), likely_ones, order
        )
    ]
    with ThreadPoolExecutor(_THREADS) as crew:
        return best_of(whole, list(crew.map(lambda acts: sent(played_in_turn(whole, acts)), attempts)))


def best_of(whole: Whole, plans: Iterable[Sent]) -> Sent:
    """The plan of the highest value, the first of equals."""
    return max(plans, key=lambda plan: worth(whole, plan))


def filled(whole: Whole, plan: Sent) -> Sent:
    """Return the plan, filled up where there is room, the densest needs first."""
    tape = [(PUT, need) for need in range(len(whole.problem.needs))]
    tape += [(FILL, need) for need in density(whole.problem)]
    return sent(played(whole, lines_of(whole, *plan), tape))


def _attempts(
    whole: Whole, mixes: tuple[Mix, _Pieces | None], likely: list[_Group], order: list[int]
) -> Iterator[list[Act]]:
    """Yield attempts at a mix.

    Likely groups are cut first, and completed after the rest of the mix, or at once. Where goods come piece
    by piece, much of a mix is parts of pieces: then what one consignment has over goes with the next, and a
    whole piece in place of a part, while there is room, before room is filled by any other way.
    """
    mix, pieces = mixes
    cut = [(CUT, need) for group in likely for need in group.needs]
    completed = [line for group in likely for line in _complete(group)]
    others = [(CUT_IF_NONE, need) for need in order]
    dropped = [(DROP, need) for need in order if whole.problem.needs[need].whole]
    filled = [(FILL, need) for need in order]
    yield [Act(mix, [*cut, *others, *completed, *dropped, *filled])]
    if pieces and len(pieces.rest.lines):
        last = [*completed, *dropped, *filled]
        rest = Act(pieces.rest, [(CUT, need) for need in order])
        yield from ([Act(mix, cut), Act(one, others), rest, Act(mix, last)] for one in pieces.carried)
    # Of very many needs to complete them at once was never best.
    if likely and not whole.many:
        at_once = [line for group in likely for line in (*((CUT, n) for n in group.needs), *_complete(group))]
        yield [Act(mix, [*at_once, *others, *dropped, *filled])]


def _complete(group: _Group) -> Iterator[Line]:
    """Send the missing amounts of some needs; take all back if no whole kit results."""
    yield from ((FILL if group.kit < 0 else FILL_IN_TIME, need) for need in group.needs)
    if group.kit >= 0:
        yield KIT_OR_NONE, group.kit


def _aims(whole: Whole, columns: Columns, units: Floats) -> Ints:
    """Return the parts that the mix almost brings of needs useful only in full, and of whole kits' needs."""
    tasks = whole.tasks
    needs = tasks.pairs[columns.pair, NEED]
    brought = units * whole.field.ground.pairs.ratio[columns.pair]
    early = np.where(columns.arrives <= tasks.needs[needs, DUE], brought, 0.0)
    asked = tasks.needs[:-1, ASKED]
    share = whole.field.ground.wants.quantity
    there = np.bincount(needs, brought, minlength=len(share)) / share
    in_time = np.bincount(needs, early, minlength=len(share)) / share
    aims = np.where((tasks.needs[:-1, WHOLE] > 0) & (there >= _ALL_BUT), asked, 0)
    for kit in range(len(tasks.kits) - 1):
        parts = tasks.parts[tasks.kits[kit] : tasks.kits[kit + 1]]
        sets = int(np.floor((in_time[parts[:, 0]] * asked[parts[:, 0]] / parts[:, 1]).min() + 1 - _ALL_BUT))
        aims[parts[:, 0]] = np.maximum(aims[parts[:, 0]], sets * parts[:, 1])
    return aims


def _groups(whole: Whole, columns: Columns, units: Floats, order: list[int]) -> list[_Group]:
    """Return the groups that count only together, those with the largest share in the mix first."""
    problem = whole.problem
    rank = {need: place for place, need in enumerate(order)}
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
    """Return the plan without steps of no value: last arrivals first, then the most expensive."""
    problem, (columns, steps) = whole.problem, plan
    needs = whole.tasks.pairs[columns.pair, NEED].tolist()
    arrives = columns.arrives.tolist()
    size = [pair.ratio * problem.goods[pair.good].step for pair in problem.pairs]
    each = [size[pair] for pair in columns.pair.tolist()]
    left = steps.tolist()
    there: dict[int, dict[int, Delivery]] = {}
    for at, need in enumerate(needs):
        there.setdefault(need, {})[at] = Delivery(need, left[at] * each[at], arrives[at])
    came = {need: sum(one.served for one in found.values()) for need, found in there.items()}
    kits = kits_of(problem)
    saved = paid(whole.field, COST.payoff(problem), columns).tolist()
    for at in sorted(range(len(left)), key=lambda at: (-arrives[at], saved[at], at)):
        need = needs[at]
        if not _may_be_idle(problem, need, came[need]):
            continue
        before = _near(problem, need, kits.get(need, ()), there)

        def enough(many: int, at: int = at, need: int = need, before: int = before) -> bool:
            there[need][at] = Delivery(need, many * each[at], arrives[at])
            return _near(problem, need, kits.get(need, ()), there) == before

        many = left[at]
        left[at] = _least(enough, many)
        came[need] -= (many - left[at]) * each[at]
        there[need][at] = Delivery(need, left[at] * each[at], arrives[at])
    kept = np.flatnonzero(np.array(left, dtype=np.int64))
    return columns.at(kept), np.array(left, dtype=np.int64)[kept]


def _least(enough: Callable[[int], bool], many: int) -> int:
    """The fewest steps, of so many that are enough, that still are."""
    if enough(0):
        return 0
    least = 0
    most = many
    # Hardly anything is idle: the last step is tried before the halves.
    middle = many - 1
    while most - least > 1:
        least, most = (least, middle) if enough(middle) else (middle, most)
        middle = (least + most) // 2
    return most


def _may_be_idle(problem: Problem, number: int, came: int) -> bool:
    """Return True if deliveries to a need may have no value: it has no weight, counts only in full, or is
    exceeded by what comes, in 10^-12.
    """
    need = problem.needs[number]
    if need.weight == 0 or need.whole or problem.late_credit == 0:
        return True
    return came > need.quantity * 10**6


def _near(problem: Problem, need: int, kits: Iterable[Kit], there: dict[int, dict[int, Delivery]]) -> int:
    """Return the value of a need and the kits that it belongs to."""
    total = of_need(problem, need, list(there.get(need, {}).values()))
    for kit in kits:
        found = {part: list(there.get(part, {}).values()) for part, _ in kit.parts}
        total += kit.weight * 10**18 * whole_kits(problem, kit, found)
    return total
