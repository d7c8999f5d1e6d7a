"""The flow of all consignments of a small problem as one mixed programme, solved by HiGHS to the end.

Every decision is whole: steps on each leg, needs useful only in full, kits. Where a commodity goes in very
many small steps its amounts are decided in any parts; cutting them to steps afterwards loses next to nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import highspy
import numpy as np

from konvoi.plan.core.filling import ASKED, STEP
from konvoi.plan.core.flow import IN_TIME, LATE, LEAVE, LEG, Edge, Network
from konvoi.plan.core.highs import Options, solver
from konvoi.plan.net import Floats

FINE = 1_000
"""A commodity of which a need takes more steps than this is decided in any parts of them."""

_NODES = 20_000
_TO_THE_END: dict[str, Options] = {
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
    "mip_max_nodes": _NODES,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
_SCALE = 1_000.0
_WEEK = 7


class Flow(NamedTuple):
    """Steps on each edge, sets of each kit, the needs met in full, and what no plan exceeds in value.

    proven: it was solved to the end.
    """

    steps: Floats
    sets: Floats
    full: Floats
    most: float
    proven: bool


@dataclass
class _Model:
    """Unknowns and rows while they are collected."""

    paid: list[float]
    most: list[float]
    whole: list[bool]
    rows: dict[object, dict[int, float]]
    least: dict[object, float]
    upper: dict[object, float]

    def unknown(self, paid: float, most: float, *, whole: bool) -> int:
        """Add an unknown from zero to a most; return its number."""
        self.paid.append(paid)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.paid) - 1

    def add(self, row: object, at: int, amount: float) -> None:
        """Add to a row so much of an unknown."""
        self.rows[row][at] = self.rows[row].get(at, 0.0) + amount


def best_flow(network: Network) -> Flow | None:
    """Return the flow of the highest value; None if HiGHS finds none within its limits."""
    model = _Model([], [], [], defaultdict(dict), {}, {})
    steps = _steps(network)
    for number, edge in enumerate(network.edges):
        model.unknown(0.0, steps[edge.commodity], whole=_decided(edge, steps[edge.commodity]))
        _balance(model, edge, number)
        _use(model, network, edge, number)
    needs = _needs(model, network)
    kits = _kits(model, network)
    found = _solved(model)
    if found is None:
        return None
    amounts, most, proven = found
    return Flow(amounts[: len(network.edges)], amounts[kits], amounts[needs], most, proven)


def _steps(network: Network) -> list[float]:
    """Return the most steps of each commodity that its needs take."""
    tasks = network.whole.tasks
    found = []
    for one in network.commodities:
        each = tasks.pairs[list(one.pairs)]
        found.append(float(np.ceil(tasks.needs[each[:, 0], ASKED] / each[:, STEP]).sum()))
    return found


def _decided(edge: Edge, steps: float) -> bool:
    """Return True if an edge is decided in whole steps: waiting follows from all others."""
    return steps <= FINE and edge.kind in (LEG, LEAVE, IN_TIME, LATE)


def _balance(model: _Model, edge: Edge, number: int) -> None:
    """Count an edge where it leaves and where it leads: all that comes to a node goes on from it."""
    for node, sign in ((edge.tail, 1.0), (edge.head, -1.0)):
        if node >= 0:
            row = ("node", node)
            model.add(row, number, sign)
            model.least[row] = model.upper[row] = 0.0


def _use(model: _Model, network: Network, edge: Edge, number: int) -> None:
    """Count what a step takes of the rows of its source, its lane, and the sites where it is handled."""
    whole = network.whole
    room = whole.room
    taken: dict[int, int] = defaultdict(int)
    if edge.kind == LEAVE:
        for row, amount, _ in room.own[room.own_first[edge.what] : room.own_first[edge.what + 1]].tolist():
            taken[row] += amount
    elif edge.kind == LEG:
        good = network.commodities[edge.commodity].good
        for place in _places(network, edge):
            for row, kind in room.place[room.place_first[place] : room.place_first[place + 1]].tolist():
                taken[row] += int(room.amounts[kind, good])
    for row, amount in taken.items():
        if amount:
            model.add(("row", row), number, float(amount))
            model.upper["row", row] = float(room.free[row])


def _places(network: Network, edge: Edge) -> list[int]:
    """Return the lane and sites of which a leg uses a week, as places of the room."""
    land = network.whole.land
    weeks = land.weeks
    sites = len(land.lanes) * weeks
    tail, head, takes = land.lanes[edge.what].tolist()
    week = edge.day // _WEEK
    found = [edge.what * weeks + week, sites + head * weeks + (edge.day + takes) // _WEEK]
    return [*found, sites + tail * weeks + week] if edge.first else found


def _needs(model: _Model, network: Network) -> list[int]:
    """Add what counts of each need, in parts of what it asks; return the unknowns for those met in full."""
    whole = network.whole
    tasks = whole.tasks
    for at, edge in enumerate(network.edges):
        if edge.kind in (IN_TIME, LATE):
            served = whole.problem.pairs[edge.what].need
            share = float(tasks.pairs[edge.what, STEP]) / float(tasks.needs[served, ASKED])
            model.add(("served", edge.kind, served), at, -share)
    full = []
    for number, need in enumerate(whole.problem.needs):
        worth = need.weight / 10**6 * need.quantity / 10**6
        for kind, paid in ((IN_TIME, worth), (LATE, worth * whole.problem.late_credit / 10**6)):
            counted = model.unknown(paid, 1.0, whole=False)
            for row in (("served", kind, number), ("asked", number), ("full", number)):
                model.add(row, counted, 1.0)
            model.add(("in time", number), counted, 1.0 if kind == IN_TIME else 0.0)
            model.upper["served", kind, number] = 0.0
        model.upper["asked", number] = 1.0
        full.append(model.unknown(0.0, float(need.whole), whole=True))
        if need.whole:
            model.add(("full", number), full[-1], -1.0)
            model.least["full", number] = model.upper["full", number] = 0.0
    return full


def _kits(model: _Model, network: Network) -> list[int]:
    """Add the sets of each kit, no more than what comes in time of each component; return their unknowns."""
    whole = network.whole
    tasks = whole.tasks
    found = []
    for number, kit in enumerate(whole.problem.kits):
        found.append(model.unknown(kit.weight / 10**6, float(kit.most), whole=True))
        for need, per in tasks.parts[tasks.kits[number] : tasks.kits[number + 1]].tolist():
            row = ("kit", number, need)
            model.add(row, found[-1], per / float(tasks.needs[need, ASKED]))
            for at, amount in model.rows["in time", need].items():
                model.add(row, at, -amount)
            model.upper[row] = 0.0
    return found


def _solved(model: _Model) -> tuple[Floats, float, bool] | None:
    """Solve a model; return its amounts, its proven most, and whether they meet."""
    names = [name for name in model.rows if name in model.upper]
    lp = highspy.HighsLp()
    paid = np.array(model.paid)
    scale = _SCALE / max(float(paid.max(initial=0.0)), 1e-12)
    lp.num_col_, lp.num_row_ = len(paid), len(names)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -paid * scale, np.zeros(len(paid)), np.array(model.most)
    size = [max(abs(amount) for amount in model.rows[name].values()) or 1.0 for name in names]
    lp.row_upper_ = np.array([model.upper[name] / by for name, by in zip(names, size, strict=True)])
    lp.row_lower_ = np.array(
        [model.least.get(name, -np.inf) / by for name, by in zip(names, size, strict=True)]
    )
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    terms = [
        (at, amount / by)
        for name, by in zip(names, size, strict=True)
        for at, amount in sorted(model.rows[name].items())
    ]
    lp.a_matrix_.start_ = np.cumsum([0, *(len(model.rows[name]) for name in names)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([at for at, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([amount for _, amount in terms])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(one)] for one in model.whole]
    highs = solver(**_TO_THE_END)
    highs.passModel(lp)
    highs.run()
    solution = highs.getSolution()
    if not solution.value_valid:
        return None
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = -highs.getInfo().mip_dual_bound / scale
    return np.maximum(0.0, np.array(solution.col_value)), bound, proven
