"""Improvement of a plan in its neighbourhoods: competing needs are planned anew together, all else fixed.

Exchange moves one need at a time, and a mix decides all at once but in parts. Here the consignments
of some dozen needs are taken back, of kits always all, and HiGHS decides anew; a result of no higher value is
undone. The needs with the largest gaps come first, each with the needs that use its resources.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from konvoi.kit.progress import Progress, Stop, never
from konvoi.plan.core.cluster import Choice, Cluster, chosen, give_back, loads
from konvoi.plan.core.exchange import Bundles
from konvoi.plan.core.filling import (
    ASKED,
    CUT,
    DROP,
    FILL,
    FILL_IN_TIME,
    GOOD,
    IN_TIME,
    LATE,
    NEED,
    PUT,
    STEP,
    WHOLE,
    World,
    play,
)
from konvoi.plan.core.paths import PAIR, STEPS, Table
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.programme import Programme, paid
from konvoi.plan.core.whole import (
    Line,
    Mix,
    Sent,
    Whole,
    by_need,
    columns_in,
    lines_of,
    mix_of,
    put,
    sent,
    taped,
    worth,
)
from konvoi.plan.exchange import bundles_of
from konvoi.plan.goal import Payoff
from konvoi.plan.goals.earliness import worth as unit_worth
from konvoi.plan.greedy import density
from konvoi.plan.net import Bools, Floats, Ints
from konvoi.plan.value import Delivery, parts

SIZE = 40
"""Most needs that are planned anew together."""

_LARGEST = 2 * SIZE
"""Bundles of more needs, such as a long chain of kits that share needs, are not planned anew at once."""

_RATHER = 1e-2
"""Part by which consignments to keep count more; a result of no higher real value is undone."""

_WAYS = 12
"""So many consignments of those found are thought of for a need, besides those that it has."""

_WANTED = 3
"""Consignments from which the resources wanted by a need with a gap are estimated."""


@dataclass
class Draft:
    """A plan while it is improved.

    pool: the best consignments found for each need, wanted: the very best; price: of a part of each row;
    order: of needs by density; gains: what all of each need is worth with its share of a kit, 0 where no way
    to it is known; tried: how often each bundle was planned anew; kept: marks of consignments that
    are preferred to equals; had: the amount of each need to serve in time, in its parts, if not all of it.
    """

    whole: Whole
    payoff: Payoff
    world: World
    pool: Table
    wanted: Table
    price: Floats
    order: list[int]
    gains: Floats
    bundles: Bundles
    tried: Ints
    kept: Ints | None = None
    had: Ints | None = None


class Until(NamedTuple):
    """End of a search in neighbourhoods: after so many turns, or once the plan is worth so much.

    kept: marks of consignments that are sent rather than others that are worth as much. had: what was there
    in time of each need, in its parts: only the needs that have less now are looked at, with their rivals.
    """

    turns: int
    worth: int = 2**200
    kept: Ints | None = None
    had: Ints | None = None


def reconsidered(
    whole: Whole, plan: Sent, programme: Programme, y: Floats, *, until: Until, stop: Stop = never
) -> Sent:
    """The plan after so many turns: never worth less, and the same for the same plan, programme and prices.

    programme: the consignments that are known, and what each is paid; y: prices of all rows, by which the
    best of them are taken. `stop` is asked before each turn.
    """
    turns = until.turns
    before = worth(whole, plan)
    if not turns or before >= until.worth:
        return plan
    draft = replace(draft_of(whole, plan, programme, y), kept=until.kept, had=until.had)
    now = before
    for turn in range(turns):
        if stop(Progress("improving", turn, turns)):
            break
        cluster = next_cluster(draft)
        if cluster is None:
            break
        now += improve(draft, cluster)
        if now >= until.worth:
            break
    found = sent(draft.world)
    return found if worth(whole, found) > before else plan


def together(whole: Whole, plan: Sent, programme: Programme, y: Floats) -> Sent:
    """The plan after all its needs were planned anew together; never worth less."""
    draft = draft_of(whole, plan, programme, y)
    gained = improve(draft, cluster_of(draft, range(len(whole.problem.needs))))
    return sent(draft.world) if gained else plan


def draft_of(whole: Whole, plan: Sent, programme: Programme, y: Floats) -> Draft:
    """A plan before its first turn."""
    problem = whole.problem
    free = whole.room.free
    bundles = bundles_of(whole)
    rank = _ranked(whole, programme, y)
    pool = _lines(whole, programme.columns, rank < _WAYS)
    units = np.array([need.quantity / 10**6 for need in problem.needs])
    able = np.bincount(whole.tasks.pairs[pool[:, PAIR], NEED], minlength=len(units)) > 0
    return Draft(
        whole=whole,
        payoff=programme.payoff,
        world=put(whole, plan, spare=4 * len(problem.needs) + 1024),
        pool=pool,
        wanted=_lines(whole, programme.columns, rank < _WANTED),
        price=np.where(free > 0, y * whole.field.upper / np.maximum(free, 1), 0.0),
        order=density(problem),
        gains=units * able * np.array(unit_worth(problem)),
        bundles=bundles,
        tried=np.zeros(len(bundles.density), dtype=np.int64),
    )


def _ranked(whole: Whole, programme: Programme, y: Floats) -> Ints:
    """The place of each consignment among those of its need: the less it loses at some prices, the better."""
    lost = programme.reduced(y)[programme.kits :]
    pair = programme.columns.pair
    need = whole.tasks.pairs[pair, NEED]
    order = np.lexsort((programme.marks, lost / whole.field.ground.pairs.ratio[pair], need))
    rank = np.zeros(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(need[order], need[order])
    return rank


def _lines(whole: Whole, columns: Columns, chosen: Bools) -> Table:
    """Some consignments as lines, by need, none of them sent."""
    return lines_of(whole, columns.at(chosen), np.zeros(int(chosen.sum()), dtype=np.int64)).lines


def next_cluster(draft: Draft) -> Cluster | None:
    """Return the needs to plan anew next; None if there is no gap."""
    bundles = draft.bundles
    bundle, row, rent = _interests(draft)
    able = np.diff(bundles.first) <= _LARGEST
    score = np.where(able, _missing(draft) / (1.0 + draft.tried) ** 2, 0.0)
    if not score.max(initial=0.0) > 0:
        return None
    seed = int(np.argmax(score))
    want = np.bincount(row, rent * (bundle == seed), minlength=len(draft.price))
    near = np.bincount(bundle, np.minimum(rent, want[row]), minlength=len(score)) / (1.0 + draft.tried / 2)
    near[~able] = 0.0
    near[seed] = np.inf
    taken = list[int]()
    for one in np.argsort(-near, kind="stable").tolist():
        needs = bundles.needs[bundles.first[one] : bundles.first[one + 1]].tolist()
        if near[one] <= 0 or len(taken) >= SIZE:
            break
        if not taken or len(taken) + len(needs) <= SIZE:
            taken += needs
            draft.tried[one] += 1
    return cluster_of(draft, taken)


def cluster_of(draft: Draft, taken: Iterable[int]) -> Cluster:
    """Some needs, of kits always all, with what they have and what is known for them."""
    tasks = draft.whole.tasks
    slots = draft.world.log.slots
    needs = np.array(sorted(taken), dtype=np.int64)
    bundles = draft.bundles
    of = np.unique(bundles.of[needs]).tolist()
    kits = np.array(
        [k for one in of for k in bundles.kits[bundles.first_kit[one] : bundles.first_kit[one + 1]]],
        dtype=np.int64,
    )
    known = draft.pool[np.isin(tasks.pairs[draft.pool[:, PAIR], NEED], needs)]
    held = slots[(slots[:, STEPS] > 0) & np.isin(tasks.pairs[slots[:, PAIR], NEED], needs)]
    lines = np.concatenate([held, known])
    columns = columns_in(lines)
    paid_each = paid(draft.whole.field, draft.payoff, columns) * _step(draft.whole, lines)
    if draft.kept is not None:
        paid_each *= np.where(np.isin(columns.marks(), draft.kept), 1.0 + _RATHER, 1.0)
    return Cluster(needs, np.sort(kits), lines, paid_each)


def _step(whole: Whole, lines: Table) -> Floats:
    """Units in a step of each line."""
    step = np.array([good.step for good in whole.problem.goods], dtype=np.float64) / 10**6
    found: Floats = step[whole.tasks.pairs[lines[:, PAIR], GOOD]]
    return found


def _interests(draft: Draft) -> tuple[Ints, Ints, Floats]:
    """Return the bundles that use or want each row, with their price; for wants, on the cheapest paths."""
    tasks = draft.whole.tasks
    world = draft.world
    some = draft.wanted.copy()
    lacks = np.maximum(0, tasks.needs[:-1, ASKED] - world.log.needs[:, IN_TIME])
    some[:, STEPS] = lacks[tasks.pairs[some[:, PAIR], NEED]] // (tasks.pairs[some[:, PAIR], STEP] * _WANTED)
    slots = world.log.slots[: world.log.tally[0]]
    lines = np.concatenate([slots[slots[:, STEPS] > 0], some[some[:, STEPS] > 0]])
    first, load = loads(world, lines)
    line = np.repeat(np.arange(len(lines)), np.diff(first))
    rent = lines[line, STEPS] * load[:, 1] * draft.price[load[:, 0]]
    at = np.flatnonzero((load[:, 2] == 0) & (rent > 0))
    return draft.bundles.of[tasks.pairs[lines[line[at], PAIR], NEED]], load[at, 0], rent[at]


def _missing(draft: Draft) -> Floats:
    """Return the additional value that each bundle could still reach."""
    asked = np.maximum(1, draft.whole.tasks.needs[:-1, ASKED])
    wanted = asked if draft.had is None else np.minimum(asked, draft.had)
    lacks = np.maximum(0, wanted - draft.world.log.needs[:, IN_TIME]) / asked
    return np.bincount(draft.bundles.of, lacks * draft.gains, minlength=len(draft.tried)).astype(np.float64)


def improve(draft: Draft, cluster: Cluster) -> int:
    """Plan a cluster anew; return the gain in value, 0 if all is as before."""
    world = draft.world
    before = _value(draft, cluster.needs)
    held = cluster.lines[cluster.lines[:, STEPS] > 0]
    give_back(world, cluster.needs)
    choice = chosen(world, draft.whole.problem, cluster)
    if choice is not None:
        _send(draft, cluster, choice)
        if not world.log.tally[2] and (after := _value(draft, cluster.needs)) > before:
            return after - before
        world.log.tally[2] = 0
        give_back(world, cluster.needs)
    _play(world, by_need(draft.whole, held), [(PUT, need) for need in cluster.needs.tolist()])
    return 0


def _send(draft: Draft, cluster: Cluster, choice: Choice) -> None:
    """Send a choice in whole steps: first what counts only together, which is completed, then the rest."""
    whole = draft.whole
    world = draft.world
    columns = columns_in(cluster.lines)
    aims = _aims(whole, cluster, choice)
    mix = mix_of(whole, columns, choice.steps * _step(whole, cluster.lines), aims)
    inside = set(cluster.needs.tolist())
    order = [need for need in draft.order if need in inside]
    sure = [need for need in order if aims[need]]
    _play(world, mix, [(CUT, need) for need in sure])
    only = whole.tasks.needs[:, WHOLE] > 0
    got = world.log.needs
    short = [need for need in sure if got[need, IN_TIME] + only[need] * got[need, LATE] < aims[need]]
    filled = [(FILL if only[need] else FILL_IN_TIME, need) for need in short]
    rest = [(CUT, need) for need in order if not aims[need]]
    dropped = [(DROP, need) for need in order if only[need]]
    _play(world, mix, [*filled, *rest, *dropped, *((FILL, need) for need in order)])


def _aims(whole: Whole, cluster: Cluster, choice: Choice) -> Ints:
    """Return the least number of parts of each need that must arrive."""
    tasks = whole.tasks
    aims = np.zeros(len(whole.problem.needs), dtype=np.int64)
    aims[cluster.needs] = np.where(choice.full, tasks.needs[cluster.needs, ASKED], 0)
    for kit, sets in zip(cluster.kits.tolist(), choice.sets.tolist(), strict=True):
        parts_of = tasks.parts[tasks.kits[kit] : tasks.kits[kit + 1]]
        aims[parts_of[:, 0]] = np.maximum(aims[parts_of[:, 0]], sets * parts_of[:, 1])
    return aims


def _play(world: World, mix: Mix, tape: list[Line]) -> None:
    play(world, mix.first, mix.lines, taped(tape))


def _value(draft: Draft, needs: Ints) -> int:
    """Return the value of some needs and their kits at their current coverage, exactly."""
    problem = draft.whole.problem
    found = list[Delivery]()
    for need, (_, in_time, late) in zip(needs.tolist(), draft.world.log.needs[needs].tolist(), strict=True):
        part = draft.whole.parts[need]
        one = problem.needs[need]
        found += [Delivery(need, in_time * part, one.due), Delivery(need, late * part, one.last)]
    return parts(problem, found)
