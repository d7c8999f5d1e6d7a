"""The best allocation to a few needs while all else stays: decisions whole, solved by HiGHS.

Whether a need useful only in full is served, how many kits come whole and how many large steps are sent is
decided in whole numbers. Small steps go in any parts: to make them whole afterwards loses next to nothing, to
decide them takes a hundred times as long.
"""

from typing import NamedTuple

import highspy
import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.field import starts
from konvoi.plan.core.filling import ASKED, DUE, NEED, NONE, STEP, WHOLE, World, back, load_of
from konvoi.plan.core.highs import Options, solver
from konvoi.plan.core.paths import ARRIVES, PAIR, STEPS, Table
from konvoi.plan.net import Bools, Floats, Ints
from konvoi.plan.problem import Problem

_LIMITS: dict[str, Options] = {"mip_max_nodes": 10, "mip_rel_gap": 1e-3}
_LARGE = 12
"""A need of at most so many steps is sent large ones."""

_SCALE = 100.0


class Cluster(NamedTuple):
    """Needs and whole kits that are planned anew, and what may be sent to them.

    lines: consignments with the steps of each now; paid: what a step of each is.
    """

    needs: Ints
    kits: Ints
    lines: Table
    paid: Floats


class Choice(NamedTuple):
    """Steps of each line, in any parts; the needs met in full; the number of each kit."""

    steps: Floats
    full: Bools
    sets: Ints


class _Row(NamedTuple):
    """Entries of some rows, numbered from 0, and how much there may be of each."""

    row: Ints
    column: Ints
    amount: Floats
    least: Floats
    most: Floats


class _Size(NamedTuple):
    """Per line: its need's place in the cluster, the amount that a step brings, the most steps."""

    place: Ints
    brings: Floats
    most: Floats
    whole: Bools


def chosen(world: World, problem: Problem, cluster: Cluster) -> Choice | None:
    """Return the best choice for a cluster that has given back all consignments; None if HiGHS finds none."""
    first, load = loads(world, cluster.lines)
    line = np.repeat(np.arange(len(cluster.lines)), np.diff(first))
    size = _size(world, cluster, line, load)
    rows = [_scarce(world, size, line, load), _met(world, cluster, size), _kits(world, cluster, size)]
    weight = np.array([problem.kits[kit].weight / 10**6 for kit in cluster.kits])
    paid = np.concatenate([cluster.paid, np.zeros(len(cluster.needs)), weight])
    only = world.tasks.needs[cluster.needs, WHOLE] > 0
    kits = np.array([problem.kits[kit].most for kit in cluster.kits], dtype=np.float64)
    most = np.concatenate([size.most, np.ones(len(only)), kits])
    least = np.concatenate([np.zeros(len(size.most)), ~only, np.zeros(len(kits))])
    whole = np.concatenate([size.whole, np.ones(len(only) + len(kits), dtype=np.bool_)])
    found = _solved(rows, paid, (least, most), whole, _now(world, cluster, size))
    if found is None:
        return None
    steps, full, sets = np.split(found, np.cumsum([len(size.most), len(only)]))
    return Choice(np.maximum(steps, 0.0), only & (full > 1 / 2), np.rint(sets).astype(np.int64))


def loads(world: World, lines: Table) -> tuple[Ints, Table]:
    """Return the load of a step of each line, load[first[k] : first[k + 1]]: row, amount, may-exceed flag."""
    first = np.zeros(len(lines) + 1, dtype=np.int64)
    _loads(world, lines, first, np.zeros((0, 3), dtype=np.int64))
    load = np.zeros((first[-1], 3), dtype=np.int64)
    _loads(world, lines, first, load)
    return first, load


@compiled
def _loads(world: World, lines: Table, first: Ints, out: Table) -> None:
    """Count into first while there is no room, else write."""
    load = world.desk.load
    for k in range(len(lines)):
        many = load_of(world.land, world.tasks, world.room, load, lines[k])
        if len(out):
            for j in range(many):
                for column in range(3):
                    out[first[k] + j, column] = load[j, column]
        else:
            first[k + 1] = first[k] + many


@compiled
def give_back(world: World, needs: Ints) -> None:
    """Take back all consignments of some needs."""
    for k in range(len(needs)):
        back(world, needs[k], NONE)


def _size(world: World, cluster: Cluster, line: Ints, load: Table) -> _Size:
    """The lines, measured by what is free."""
    pairs = world.tasks.pairs[cluster.lines[:, PAIR]]
    asks = world.tasks.needs
    place = np.searchsorted(cluster.needs, pairs[:, NEED])
    brings = pairs[:, STEP].astype(np.float64)
    asked = asks[pairs[:, NEED], ASKED]
    most = np.ceil(asked / brings)
    own = load[:, 2] == 0
    np.minimum.at(most, line[own], (world.room.free[load[own, 0]] // load[own, 1]).astype(np.float64))
    return _Size(place, brings, np.maximum(0.0, most), asked <= _LARGE * brings)


def _scarce(world: World, size: _Size, line: Ints, load: Table) -> _Row:
    """The rows that all lines together could take too much of; counted in their largest step."""
    own = load[:, 2] == 0
    line, (row, amount) = line[own], load[own, :2].T
    most = np.bincount(row, amount * size.most[line], minlength=len(world.room.free))
    scarce = most[row] > world.room.free[row]
    rows, place = np.unique(row[scarce], return_inverse=True)
    unit = np.zeros(len(rows))
    np.maximum.at(unit, place, amount[scarce].astype(np.float64))
    free = world.room.free[rows] / unit
    return _Row(place, line[scarce], amount[scarce] / unit[place], np.full(len(rows), -np.inf), free)


def _met(world: World, cluster: Cluster, size: _Size) -> _Row:
    """No need is sent more than it asks, but for a large step begun; what counts only in full, all of it."""
    needs = cluster.needs
    count = len(cluster.needs)
    asked = world.tasks.needs[needs, ASKED].astype(np.float64)
    unit = np.full(count, np.inf)
    np.minimum.at(unit, size.place, size.brings)
    unit = np.where(np.isinf(unit), 1.0, unit)
    begun = np.zeros(count)
    begun[size.place[size.whole]] = (unit - 1)[size.place[size.whole]]
    every = np.arange(count)
    return _Row(
        np.concatenate([size.place, every]),
        np.concatenate([np.arange(len(size.place)), len(size.place) + every]),
        np.concatenate([size.brings / unit[size.place], -asked / unit]),
        np.where(world.tasks.needs[needs, WHOLE] > 0, 0.0, -np.inf),
        begun / unit,
    )


def _kits(world: World, cluster: Cluster, size: _Size) -> _Row:
    """No more kits than there is in time of each part; counted in what one takes."""
    tasks = world.tasks
    lines = len(size.place)
    many = tasks.kits[cluster.kits + 1] - tasks.kits[cluster.kits]
    at = np.concatenate([np.arange(0), *(np.arange(*tasks.kits[kit : kit + 2]) for kit in cluster.kits)])
    part = np.full(len(cluster.needs), -1)
    part[np.searchsorted(cluster.needs, tasks.parts[at, 0])] = np.arange(len(at))
    early = cluster.lines[:, ARRIVES] <= tasks.needs[cluster.needs[size.place], DUE]
    counts = np.flatnonzero(early & (part[size.place] >= 0))
    row = part[size.place[counts]]
    kit = np.repeat(np.arange(len(cluster.kits)), many) + lines + len(cluster.needs)
    return _Row(
        np.concatenate([row, np.arange(len(at))]),
        np.concatenate([counts, kit]),
        np.concatenate([size.brings[counts] / tasks.parts[at[row], 1], -np.ones(len(at))]),
        np.zeros(len(at)),
        np.full(len(at), np.inf),
    )


def _now(world: World, cluster: Cluster, size: _Size) -> Floats:
    """Return the consignments sent now, as an initial solution."""
    steps = cluster.lines[:, STEPS].astype(np.float64)
    asks = world.tasks.needs[cluster.needs]
    count = len(cluster.needs)
    there = np.bincount(size.place, steps * size.brings, minlength=count)
    early = cluster.lines[:, ARRIVES] <= asks[size.place, DUE]
    in_time = np.bincount(size.place, steps * size.brings * early, minlength=count)
    full = np.where(asks[:, WHOLE] > 0, there >= asks[:, ASKED], 1.0)
    sets = []
    for kit in cluster.kits:
        parts = world.tasks.parts[world.tasks.kits[kit] : world.tasks.kits[kit + 1]]
        sets.append(np.floor(in_time[np.searchsorted(cluster.needs, parts[:, 0])] / parts[:, 1]).min())
    return np.concatenate([steps, full, sets])


def _solved(
    rows: list[_Row], paid: Floats, within: tuple[Floats, Floats], whole: Bools, now: Floats
) -> Floats | None:
    """The best amounts of all unknowns that HiGHS finds within its limits, all counts."""
    base = np.cumsum([0, *(len(one.most) for one in rows)])
    row = np.concatenate([one.row + at for one, at in zip(rows, base, strict=False)])
    column = np.concatenate([one.column for one in rows])
    order = np.lexsort((row, column))
    positive = paid[paid > 0]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(paid), int(base[-1])
    model.col_cost_ = -paid * (_SCALE / float(np.median(positive)) if len(positive) else 1.0)
    model.col_lower_, model.col_upper_ = within
    model.row_lower_ = np.concatenate([one.least for one in rows])
    model.row_upper_ = np.concatenate([one.most for one in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = starts(np.bincount(column, minlength=len(paid)))
    model.a_matrix_.index_ = row[order].astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([one.amount for one in rows])[order]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in whole]
    highs = solver(**_LIMITS)
    highs.passModel(model)
    start = highspy.HighsSolution()
    start.col_value = now.tolist()
    highs.setSolution(start)
    highs.run()
    solution = highs.getSolution()
    return np.array(solution.col_value) if solution.value_valid else None
