"""Decisions from a mix: the kits and the needs useful only in full that are served at all.

A mix serves such things in parts, which are worth nothing in the end. Turn by turn those with the
largest shares are fixed, those with the smallest are dropped, and the rest is mixed anew.
"""

from collections.abc import Iterator

import numpy as np

from konvoi.kit.progress import Progress, Stop, never
from konvoi.plan.core.filling import DUE, NEED
from konvoi.plan.core.search import Search
from konvoi.plan.core.whole import Sent, Whole
from konvoi.plan.goal import Payoff
from konvoi.plan.net import Floats
from konvoi.plan.repair import best_of, repaired

TURNS = ((0.9, 0.1, 0.0), (0.75, 0.25, 0.0), (0.6, 0.4, 0.1), (0.5, 0.5, 0.2))
"""In each turn: from which part on something is sure, below which it is given up, and by how much at most a
later one is thought less of than an earlier: among equals not all can be had."""
ROUNDS = 3
_SURE = 4.0
"""So many times its worth something is paid that is to be made sure of."""
_NEVER = -1e6
_NEARLY = 1e-3


def dive(search: Search, whole: Whole, *, stop: Stop = never) -> Iterator[Sent]:
    """A plan in whole steps after each turn; the search is left with its last mix, its bound untouched."""
    own = search.programme.payoff
    kits = search.programme.paid[: search.programme.kits].copy()
    most = search.programme.most.copy()[: len(kits)]
    for turn, (sure, vain, lean) in enumerate(TURNS):
        sets, parts = _held(search, whole)
        sets = _leaning(sets, lean)
        parts = _leaning(parts, lean)
        aim = np.where(most >= 1, np.floor(sets + 1 - sure), 0.0)
        open_ = (sets - np.floor(sets) < sure) & (sets - np.floor(sets) >= vain)
        worth = kits * np.where(aim >= 1, _SURE, 1.0)
        search.programme.aim(
            _aimed(own, whole, parts, (sure, vain)), worth, np.where(open_, np.ceil(sets), aim)
        )
        for _ in range(ROUNDS):
            search.round(bounding=False)
        yield repaired(whole, search.programme.columns, search.programme.units)
        if stop(Progress("deciding", turn + 1, len(TURNS))):
            break
    search.programme.aim(own, kits, most)


def dived(search: Search, whole: Whole, *, stop: Stop = never) -> Sent:
    """The best plan of a dive, and of the mix before it; of that alone where there are very many needs."""
    before = repaired(whole, search.programme.columns, search.programme.units)
    if whole.many:
        return before  # Such a mix is so near to whole that a dive was never worth its time.
    return best_of(whole, [before, *dive(search, whole, stop=stop)])


def _held(search: Search, whole: Whole) -> tuple[Floats, Floats]:
    """Return the sets of each kit that the mix delivers in time, and the share of needs useful only whole."""
    programme = search.programme
    problem = whole.problem
    needs = whole.tasks.pairs[programme.columns.pair, NEED]
    brought = programme.units * search.field.ground.pairs.ratio[programme.columns.pair]
    early = programme.columns.arrives <= whole.tasks.needs[needs, DUE]
    count = len(problem.needs)
    in_time = np.bincount(needs, np.where(early, brought, 0.0), minlength=count)
    part = np.bincount(needs, brought, minlength=count) / search.field.ground.wants.quantity
    sets = [
        min(kit.most, min(in_time[need] / (per / 10**6) for need, per in kit.parts)) for kit in problem.kits
    ]
    return np.array(sets) + _NEARLY, np.where([need.whole for need in problem.needs], part, 1.0)


def _leaning(parts: Floats, lean: float) -> Floats:
    """Parts that are open thought less of, the later the more; whole ones stay."""
    open_ = parts - np.floor(parts) > 2 * _NEARLY
    falling = lean * np.cumsum(open_) / max(1, int(open_.sum()))
    return np.where(open_, np.maximum(parts - falling, np.floor(parts)), parts)


def _aimed(own: Payoff, whole: Whole, parts: Floats, cuts: tuple[float, float]) -> Payoff:
    """Return the payments if some needs are sure and others given up."""
    sure, vain = cuts
    only = np.array([need.whole for need in whole.problem.needs], dtype=np.bool_)
    arrival = own.arrival.copy()
    arrival[only & (parts >= sure)] *= _SURE
    arrival[only & (parts < vain)] = _NEVER
    return Payoff(arrival, own.haul, own.source)
