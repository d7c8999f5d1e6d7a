"""Plans closer to the one in force: keep arranged consignments where that costs almost no value."""

from collections.abc import Sequence

import numpy as np

from konvoi.plan.core.filling import CUT, DROP, FILL
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Act, Line, Sent, Whole, lines_of, played_in_turn, sent, worth
from konvoi.plan.goal import Goal
from konvoi.plan.greedy import density
from konvoi.plan.net import Bools
from konvoi.plan.retouch import retouched

WORTH = 0.002
"""Least gain, as a part of the value, for which a new plan may deviate from the plan in force."""

_TRIES = 200
"""So many consignments at most are brought back one by one."""


def as_good(whole: Whole, plan: Sent, than: Sent) -> bool:
    """Return True if a plan is worth as much as another, all but WORTH."""
    return (1 + WORTH) * worth(whole, plan) >= worth(whole, than)


def closer(whole: Whole, plan: Sent, force: Sent, known: Columns, goals: Sequence[Goal]) -> Sent:
    """A plan that sends more as it is in force, at a value that is as good.

    First each consignment gives way to one of its need that is in force, as far as there is room: no need is
    met worse. Of few needs what is then still missing, all of it or one after another, is sent before all
    else, and the rest where it finds room.
    """
    found = retouched(whole, plan, known, goals, kept=force)
    if whole.many:
        return found
    there = _there(found, force)
    for at in (-1, *range(len(force[1])))[: 1 + _TRIES]:
        if there.all() or (there[at] and at >= 0):
            continue
        wanted = there | (np.arange(len(there)) == at) if at >= 0 else np.ones_like(there)
        trial = _first(whole, (force[0].at(wanted), force[1][wanted]), found)
        now = _there(trial, force)
        if now.sum() > there.sum() and as_good(whole, trial, plan):
            found = trial
            there = now
    return found


def _first(whole: Whole, force: Sent, plan: Sent) -> Sent:
    """Return the consignments in force as far as there is room, then the plan's others, then further ones."""
    order = density(whole.problem)
    cut: list[Line] = [(CUT, need) for need in order]
    other = ~np.isin(plan[0].marks(), force[0].marks())
    mixes = [lines_of(whole, *force), lines_of(whole, plan[0].at(other), plan[1][other])]
    last = [(DROP, need) for need in order if whole.problem.needs[need].whole]
    last += [(FILL, need) for need in order]
    acts = [Act(mix, tape) for mix, tape in zip(mixes, (cut, [*cut, *last]), strict=True)]
    return sent(played_in_turn(whole, acts))


def _there(plan: Sent, force: Sent) -> Bools:
    """Return a mask of the consignments in force that a plan sends in equally many steps."""
    steps = dict(zip(plan[0].marks().tolist(), plan[1].tolist(), strict=True))
    wanted = zip(force[0].marks().tolist(), force[1].tolist(), strict=True)
    return np.array([steps.get(mark) == many for mark, many in wanted], dtype=np.bool_)
