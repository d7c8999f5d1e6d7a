"""The best plan of a small problem, from all consignments there are, with proof that none is better."""

from typing import NamedTuple

import numpy as np

from konvoi.plan.core.field import LEGS
from konvoi.plan.core.filling import ASKED, CUT, DROP, FILL, FILL_IN_TIME, NEED
from konvoi.plan.core.flow import IN_TIME, LATE, LEAVE, LEG, WAIT, Network, network_of
from konvoi.plan.core.flow_programme import Flow, best_flow
from konvoi.plan.core.paths import ARRIVES, PAIR, STEPS
from konvoi.plan.core.pool import Columns
from konvoi.plan.core.whole import Mix, Sent, Whole, columns_in, lines_of, mix_of, played, sent, worth
from konvoi.plan.greedy import density
from konvoi.plan.net import Floats, Ints
from konvoi.plan.repair import best_of, trimmed

NEEDS = 60
"""A problem of more needs is not solved to the end."""

EDGES = 12_000
"""A problem whose consignments take more edges than this is not either."""

_LEAST = 1e-6
_CLOSE = 1e-7


class Optimum(NamedTuple):
    """The plan, and whether it was proven that no plan is worth more."""

    plan: Sent
    proven: bool


def optimum(whole: Whole) -> Optimum | None:
    """Return the best plan of a problem; None if it is too large, or was not solved within counted limits."""
    problem = whole.problem
    if not 0 < len(problem.needs) <= NEEDS:
        return None
    network = network_of(whole, EDGES)
    flow = best_flow(network) if network and network.edges else None
    if network is None or flow is None:
        return None
    columns, units = _consignments(network, flow)
    aims = _aims(whole, flow)
    lines = mix_of(whole, columns, units, aims).lines
    # The programme has no reason to leave out what is worth nothing, and that must not displace the rest.
    mix = _by_arrival(whole, lines_of(whole, *trimmed(whole, (columns_in(lines), lines[:, STEPS]))))
    order = density(problem)
    sure = [need for need in order if aims[need]]
    only = [need for need in order if problem.needs[need].whole]
    cut = [(CUT, need) for need in sure]
    others = [(CUT, need) for need in order if not aims[need]]
    completed = [(FILL if problem.needs[need].whole else FILL_IN_TIME, need) for need in sure]
    last = [*((DROP, need) for need in only), *((FILL, need) for need in order)]
    # What lacks a small step after cutting is completed before all else, or after, whichever is worth more.
    tapes = ([*cut, *others, *completed, *last], [*cut, *completed, *others, *last])
    plan = best_of(whole, (sent(played(whole, mix, tape)) for tape in tapes))
    reached = worth(whole, plan) / 10**24
    return Optimum(plan, flow.proven and reached >= flow.most - _CLOSE * (1 + abs(flow.most)))


def _by_arrival(whole: Whole, mix: Mix) -> Mix:
    """Return a mix whose consignments are sent by arrival, need by need.

    A whole step that comes late may go over what is asked for, and leave no room for one that comes in time.
    """
    needs = whole.tasks.pairs[mix.lines[:, PAIR], NEED]
    order = np.lexsort((np.arange(len(needs)), mix.lines[:, ARRIVES], needs))
    return Mix(mix.first, mix.lines[order])


def _aims(whole: Whole, flow: Flow) -> Ints:
    """Return the least number of parts of each need that must arrive: all of it, or what its kits take."""
    tasks = whole.tasks
    aims = np.zeros(len(whole.problem.needs), dtype=np.int64)
    for need in np.flatnonzero(flow.full > 1 / 2).tolist():
        aims[need] = tasks.needs[need, ASKED]
    for kit, sets in enumerate(np.rint(flow.sets).astype(np.int64).tolist()):
        for need, per in tasks.parts[tasks.kits[kit] : tasks.kits[kit + 1]].tolist():
            aims[need] = max(aims[need], sets * per)
    return aims


class _Path(NamedTuple):
    """The edges that some steps of a source take."""

    edges: list[int]
    steps: float


def _consignments(network: Network, flow: Flow) -> tuple[Columns, Floats]:
    """Return the paths that a flow is made of, and the units of each."""
    left = flow.steps.copy()
    out: dict[int, list[int]] = {}
    for number, edge in enumerate(network.edges):
        if left[number] > _LEAST and edge.tail >= 0:
            out.setdefault(edge.tail, []).append(number)
    for onward in out.values():
        # What is served in time is taken first, and what waits longest last.
        onward.sort(key=lambda number: (_TURN[network.edges[number].kind], number))
    found = []
    for number, edge in enumerate(network.edges):
        while edge.kind == LEAVE and left[number] > _LEAST:
            path = _path(network, out, left, number)
            steps = min(float(left[each]) for each in path)
            for each in path:
                left[each] -= steps
            found.append(_Path(path, steps))
    return _columns(network, [one for one in found if one.steps > _LEAST])


_TURN = {IN_TIME: 0, LATE: 1, LEG: 2, WAIT: 3, LEAVE: 4}


def _path(network: Network, out: dict[int, list[int]], left: Floats, first: int) -> list[int]:
    """Return the edges that some steps of a source take, as far as the flow leads."""
    path = [first]
    while (node := network.edges[path[-1]].head) >= 0:
        onward = next((number for number in out.get(node, ()) if left[number] > _LEAST), None)
        if onward is None:
            # Within the solver's tolerance a little may come to a node and not leave it.
            left[path[0]] = 0.0
            break
        path.append(onward)
    return path


def _columns(network: Network, found: list[_Path]) -> tuple[Columns, Floats]:
    """Paths as consignments with their units; those that lead to no need are left out."""
    whole = network.whole
    step = [good.step / 10**6 for good in whole.problem.goods]
    rows = []
    for path, steps in found:
        edges = [network.edges[number] for number in path]
        legs = [edge for edge in edges if edge.kind == LEG]
        if edges[-1].kind not in (IN_TIME, LATE) or len(legs) > LEGS:
            continue
        takes = whole.land.lanes[legs[-1].what, 2] if legs else 0
        departs = legs[0].day if legs else edges[0].day
        arrives = legs[-1].day + int(takes) if legs else edges[0].day
        good = network.commodities[edges[0].commodity].good
        rows.append((edges[-1].what, edges[0].what, departs, arrives, legs, steps * step[good]))
    lane = np.zeros((len(rows), LEGS), dtype=np.int16)
    day = np.zeros((len(rows), LEGS), dtype=np.int16)
    for at, row in enumerate(rows):
        for leg, edge in enumerate(row[4]):
            lane[at, leg], day[at, leg] = edge.what, edge.day
    return Columns(
        pair=np.array([row[0] for row in rows], dtype=np.int32),
        source=np.array([row[1] for row in rows], dtype=np.int32),
        departs=np.array([row[2] for row in rows], dtype=np.int16),
        arrives=np.array([row[3] for row in rows], dtype=np.int16),
        legs=np.array([len(row[4]) for row in rows], dtype=np.int16),
        lane=lane,
        day=day,
    ), np.array([row[5] for row in rows], dtype=np.float64)
