"""Retouching of a plan: equal consignments are replaced by better ones, and no need gets less."""

from collections.abc import Sequence

import numpy as np

from konvoi.plan.core.field import starts
from konvoi.plan.core.filling import NEED
from konvoi.plan.core.paths import PAIR, Table
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.programme import paid
from konvoi.plan.core.swapping import Offered, swap
from konvoi.plan.core.whole import Sent, Whole, columns_in, lines_of, put, sent
from konvoi.plan.goal import Goal
from konvoi.plan.net import Floats, Ints

_PLACES = 9
_ANY = 2**60


def retouched(
    whole: Whole, plan: Sent, known: Columns, goals: Sequence[Goal], *, kept: Sent | None = None
) -> Sent:
    """The plan with consignments in place of others of the same need and use that are worse by goals.

    known: what may be sent instead. goals: those with a payoff, in order: a later one decides between what is
    equal by those before it. kept: what is better than all else, whatever the goals, in so many steps.
    """
    many = spare = len(plan[1])
    known = known.plus(plan[0]) if kept is None else known.plus(plan[0]).plus(kept[0])
    _, once = np.unique(known.marks(), return_index=True)
    now = lines_of(whole, *plan)
    lines = lines_of(whole, known.at(once), np.zeros(len(once), dtype=np.int64)).lines
    rank = _ranks(whole, columns_in(np.concatenate([now.lines, lines])), goals, kept)
    need = whole.tasks.pairs[lines[:, PAIR], NEED]
    order = np.lexsort((rank[many:], need))
    first = starts(np.bincount(need, minlength=len(whole.problem.needs))).astype(np.int64)
    while True:
        world = put(whole, plan, spare=spare)
        held = np.concatenate([rank[:many], np.zeros(len(world.log.slots) - many, dtype=np.int64)])
        offered = Offered(first, lines[order], rank[many:][order], _left(lines[order], plan, kept))
        swap(world, offered, held)
        if not world.log.tally[2]:
            return sent(world)
        spare *= 2


def _left(lines: Table, plan: Sent, kept: Sent | None) -> Ints:
    """Return the steps of each line that may still be sent for its rank; of lines to keep, at most those."""
    found = np.full(len(lines), _ANY, dtype=np.int64)
    if kept is None:
        return found
    sent_now = dict(zip(plan[0].marks().tolist(), plan[1].tolist(), strict=True))
    steps = dict(zip(kept[0].marks().tolist(), kept[1].tolist(), strict=True))
    for at, mark in enumerate(columns_in(lines).marks().tolist()):
        if mark in steps:
            found[at] = max(0, steps[mark] - sent_now.get(mark, 0))
    return found


def _ranks(whole: Whole, columns: Columns, goals: Sequence[Goal], kept: Sent | None) -> Ints:
    """Return the rank of each consignment, the less the better; equal ones have equal ranks."""
    ratio = whole.field.ground.pairs.ratio[columns.pair]
    keys = [_rounded(-paid(whole.field, goal.payoff(whole.problem), columns) / ratio) for goal in goals]
    if kept is not None:
        keys.insert(0, np.where(np.isin(columns.marks(), kept[0].marks()), 0.0, 1.0))
    table = np.stack(keys, axis=1) if keys else np.zeros((len(columns), 1))
    _, rank = np.unique(table, axis=0, return_inverse=True)
    return rank.reshape(-1).astype(np.int64)


def _rounded(cost: Floats) -> Floats:
    """Costs without the error of floats."""
    most = float(np.abs(cost).max(initial=0.0))
    found: Floats = np.round(cost / most, _PLACES) if most > 0 else cost
    return found
