"""The goals after coverage, one after the other: among plans as good, the better one by the next goal."""

from collections.abc import Sequence

import numpy as np

from konvoi.plan.core.faces import Faces, faces_of
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.programme import Programme, paid
from konvoi.plan.core.whole import Sent, Whole, brought, worth
from konvoi.plan.goal import Force, Goal, Level, Row, Sendings
from konvoi.plan.goals.coverage import MEMBER as COVERAGE
from konvoi.plan.net import Floats, Ints
from konvoi.plan.repair import repaired, trimmed
from konvoi.plan.value import full, of_need
from konvoi.plan.value import whole as whole_kits

_ALMOST = 1.0 - 1e-9
_PLACES = 9


def ordered(
    programme: Programme, whole: Whole, plan: Sent, goals: Sequence[Goal], *, force: Force | None = None
) -> Sent:
    """A plan of the same value, better by the goals in their order where the consignments found allow it.

    What the plan serves in full stays so, kits too. Where whole steps make less of it, the plan stays.
    """
    programme.add(plan[0])
    faces = _faces(programme, whole, plan)
    best = plan
    known = force or {}
    for number, goal in enumerate(goals[1:], 2):
        level = _level(goal, whole, programme.columns, known)
        if not faces.descend(level, programme.kits):
            break
        found = trimmed(whole, repaired(whole, programme.columns, faces.amounts()[programme.kits :]))
        best = min((best, found), key=lambda one: standing(whole, one, goals[:number], known))
    return best


def standing(whole: Whole, plan: Sent, goals: Sequence[Goal], force: Force) -> tuple[float, ...]:
    """Return the score of a plan by each goal, the first first; the less the better."""
    problem = whole.problem
    step = np.array([problem.goods[pair.good].step / 10**6 for pair in problem.pairs])
    units = plan[1] * step[plan[0].pair]
    levels = (_level(goal, whole, plan[0], force) for goal in goals[1:])
    return (-worth(whole, plan), *(round(level.figure(units), _PLACES) for level in levels))


def _level(goal: Goal, whole: Whole, columns: Columns, force: Force) -> Level:
    """Return a goal's level; that of a payoff is its negative."""
    if goal.level is not None:
        return goal.level(whole.problem, sendings(whole, columns), force)
    return Level(-paid(whole.field, goal.payoff(whole.problem), columns))


def sendings(whole: Whole, columns: Columns) -> Sendings:
    """Consignments as goals see them."""
    pairs = whole.field.ground.pairs
    return Sendings(
        pairs.need[columns.pair].astype(np.int64),
        columns.source.astype(np.int64),
        pairs.ratio[columns.pair],
        pairs.loads[columns.pair, 1],
    )


def _faces(programme: Programme, whole: Whole, plan: Sent) -> Faces:
    """Return the mix of all consignments found, bound to the plan's kits, needs in full, and value."""
    problem = whole.problem
    columns = programme.columns
    there = brought(whole, plan)
    sent = sendings(whole, columns)
    kits = np.array([float(whole_kits(problem, kit, there)) for kit in problem.kits])
    met = [full(need, there.get(number, ())) for number, need in enumerate(problem.needs)]
    able = np.array([not need.whole or there_all for need, there_all in zip(problem.needs, met, strict=True)])
    most = np.where(able[sent.need], np.inf, 0.0)
    held = []
    for number, need in enumerate(problem.needs):
        if need.whole and met[number]:
            at = np.flatnonzero(sent.need == number)
            held.append(_least(programme, at, sent.brings[at], need.quantity / 10**6))
    coverage = paid(whole.field, COVERAGE.payoff(problem), columns)
    own = sum(of_need(problem, number, found) for number, found in there.items()) / 10**24
    held.append(_least(programme, np.arange(len(columns)), coverage, own))
    rows, local = programme.local()
    within = (np.concatenate([kits, np.zeros(len(columns))]), np.concatenate([kits, most]))
    return faces_of(local, within, programme.limits.bounds[rows], held)


def _least(programme: Programme, at: Ints, each: Floats, least: float) -> Row:
    """A sum over consignments that is at least so much, but for the error of floats."""
    return Row(least * _ALMOST, np.inf, at + programme.kits, each)
