"""The best plan with few changes: a mixed-integer programme over the movements of two plans.

Each movement of last week's plan and of a plan made anew is sent in whole steps or not at all, so that no row
of the problem is broken and at most so many movements differ from last week's. One that stands for another of
the same source and need is one change with it, as in konvoi.plan.difference.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import highspy
import numpy as np

from konvoi.plan.core.highs import Options, solver
from konvoi.plan.exact import WIDE
from konvoi.plan.recount import Count, Key, count, most_kits, places, room, vehicle_sizes, worth
from konvoi.plan.world import RESOURCES, Row, World, kit_weight

Pair = tuple[str, ...]

_NODES = 2_000
_GAP = 1e-3
_FEW = 200
"""The choice ends after so many nodes, or so near below its bound; of so few unknowns it is exact."""
_ROUGH = 5
_MANY = 200
_MOST_GAPS = 5
"""Nodes at most of a large choice, in which what the programme without whole numbers leaves whole stays so;
near enough is once more _GAP for each _MANY unknowns that are left, up to so many times (2,032 movements: 9 s
at 0.3 %, 4 s at 0.5 %)."""
_WHOLE = 1e-7
_TIE = 1e-7
"""Part of the value of the best plan that all changes together cost, so that idle ones are left out."""
_TIGHTER = 1e-9


@dataclass(frozen=True)
class Side:
    """A plan as the programme sees it: movements with their origin, by id, and the legs of each."""

    moves: Mapping[str, Row]
    legs: Mapping[str, list[Row]]


@dataclass(frozen=True)
class Chosen:
    """Movements with the quantity that is sent of each; least: changes without which there is no plan."""

    moves: tuple[Row, ...]
    least: int


class _Term(NamedTuple):
    """An unknown and its factor in a row."""

    unknown: int
    factor: float


@dataclass
class _Model:
    """A programme as it is put together: unknowns with cost and bounds, and rows of (unknown, factor)."""

    cost: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, Sequence[_Term]]] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def unknown(self, most: float, cost: float = 0.0, *, whole: bool = False) -> int:
        """Add an unknown from 0 to `most`; return its number."""
        self.cost.append(cost)
        self.most.append(most)
        if whole:
            self.whole.append(len(self.cost) - 1)
        return len(self.cost) - 1

    def at_most(self, bound: float, terms: Iterable[_Term]) -> None:
        """Add a row: the sum of unknowns, each times its factor, is at most the bound."""
        self.rows.append((-np.inf, bound, tuple(terms)))

    def solved(self, *, proven: bool = False) -> list[float] | None:
        """Return the amounts at least cost; None if there are none within the rows.

        Of many unknowns, those that are whole in the programme without whole numbers stay as they are there,
        and the others are decided among themselves, unless the least cost is to be proven.
        """
        model = self._model()
        if len(self.cost) > _FEW:
            loose = _run(model)
            if loose is None:
                return None
            open_ones = sum(not _is_whole(loose.amounts[at]) for at in self.whole)
            enough = _GAP * min(_MOST_GAPS, 1 + open_ones / _MANY)
            found = _run(self._rounded(model, loose.amounts), mip_max_nodes=_ROUGH, mip_rel_gap=enough)
            near = found is not None and found.cost <= loose.cost + _GAP * abs(loose.cost)
            if found is not None and (near or not proven):
                return found.amounts
        gap = _GAP if len(self.cost) > _FEW else 0.0
        found = _run(self._whole(self._model()), mip_max_nodes=_NODES, mip_rel_gap=gap, mip_abs_gap=0.0)
        return None if found is None else found.amounts

    def _model(self) -> highspy.HighsLp:
        """Return the programme without whole numbers."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.rows)
        model.col_cost_, model.col_lower_ = np.array(self.cost), np.zeros(len(self.cost))
        model.col_upper_ = np.array(self.most)
        model.row_lower_ = np.array([low for low, _, _ in self.rows])
        model.row_upper_ = np.array([high for _, high, _ in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, _, terms in self.rows)])
        model.a_matrix_.index_ = np.array([at for *_, terms in self.rows for at, _ in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([factor for *_, terms in self.rows for _, factor in terms])
        return model

    def _whole(self, model: highspy.HighsLp) -> highspy.HighsLp:
        """Demand whole numbers where there are only such."""
        kinds = [highspy.HighsVarType.kContinuous] * len(self.cost)
        for at in self.whole:
            kinds[at] = highspy.HighsVarType.kInteger
        model.integrality_ = kinds
        return model

    def _rounded(self, model: highspy.HighsLp, amounts: Sequence[float]) -> highspy.HighsLp:
        """Demand whole numbers, and let what is whole as it is."""
        low, high = np.zeros(len(self.cost)), np.array(self.most)
        for at in self.whole:
            if _is_whole(amounts[at]):
                low[at] = high[at] = round(amounts[at])
        model.col_lower_, model.col_upper_ = low, high
        return self._whole(model)


def _is_whole(amount: float) -> bool:
    return abs(amount - round(amount)) < _WHOLE


class _Found(NamedTuple):
    """Amounts of all unknowns, and their cost."""

    amounts: list[float]
    cost: float


def _run(model: highspy.HighsLp, **options: Options) -> _Found | None:
    """Return the solution of a programme; None if none was found."""
    highs = solver(**options)
    highs.passModel(model)
    highs.run()
    solution = highs.getSolution()
    if not solution.value_valid or highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    return _Found(list(solution.col_value), float(highs.getInfo().objective_function_value))


def few_changes(
    here: World,
    before: Side,
    anew: Side,
    fixed: Sequence[Row],
    *,
    broken: Sequence[Row],
    most: int | None,
    cost: Decimal,
) -> Chosen:
    """Return the best movements out of two plans with at most so many changes from the first.

    here: the open problem. fixed: movements that happen in any case (frozen ones, at their goals). broken:
    those that cannot happen any more; one of the same source and need in place of such a one is no change of
    choice. most: None where only `cost`, in units of value, speaks against a change. Where changes cannot be
    so few, because the movements of before no longer fit together, the fewest possible are made (`least`).
    """
    programme = _Programme(here, before, anew, fixed, pairs_of(broken))
    least = 0
    if most is not None:
        least = programme.fewest()
        most = max(most, least)
    return Chosen(programme.best(most, cost), least)


def pairs_of(broken: Iterable[Row]) -> Mapping[Pair, int]:
    """Return how many movements of each source and need there are."""
    return Counter(map(_pair, broken))


def changes_of(here: World, before: Side, moves: Mapping[str, Row], broken: Mapping[Pair, int]) -> int:
    """Return how many changes lead from the movements of before to others, as `few_changes` counts them."""
    altered = 0
    pairs: dict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    for name, move in before.moves.items():
        if name not in moves:
            pairs[_pair(move)][0] += 1
        elif _steps(here, moves[name]) != _steps(here, move):
            altered += 1
    for name, move in moves.items():
        pairs[_pair(move)][1] += name not in before.moves
    return altered + sum(max(gone, new - broken.get(pair, 0)) for pair, (gone, new) in pairs.items())


class _Programme:
    """Both plans as one programme; unknowns of a movement are whole steps of its good."""

    def __init__(
        self, here: World, before: Side, anew: Side, fixed: Sequence[Row], broken: Mapping[Pair, int]
    ) -> None:
        """Lay out movements and the rows that they take room in."""
        self.here = here
        self.limits = room(here)
        self.broken = broken
        self.before = before
        self.fixed = fixed
        self.moves = dict(sorted((dict(anew.moves) | dict(before.moves)).items()))
        self.legs = dict(anew.legs) | dict(before.legs)
        self.most = {
            name: max(_steps(here, side.moves[name]) for side in (before, anew) if name in side.moves)
            for name in self.moves
        }
        self.by_need: dict[str, list[str]] = defaultdict(list)
        for name, move in self.moves.items():
            self.by_need[move["need"]].append(name)
        self.base = count(here, list(fixed), {})
        self.each = {name: self._one(name) for name in self.moves}

    def _one(self, name: str) -> Count:
        """Return the use and deliveries of one step of a movement."""
        one = self.moves[name] | {"quantity": _step(self.here, self.moves[name])}
        return count(self.here, [one], {name: self.legs.get(name, [])})

    def fewest(self) -> int:
        """Return the smallest number of changes with which some plan is possible."""
        model = _Model()
        steps = self._laid(model)
        lines = self._changes(model, steps)
        for at, factor in lines:
            model.cost[at] += factor
        found = model.solved(proven=True)
        return 0 if found is None else round(sum(found[at] * factor for at, factor in lines))

    def best(self, most: int | None, cost: Decimal) -> tuple[Row, ...]:
        """Return the movements of the best plan with at most so many changes."""
        tight = 0.0
        while True:
            model = _Model()
            steps = self._laid(model, tight)
            scale = self._worth(model, steps)
            lines = self._changes(model, steps)
            dear = float(cost) + _TIE * scale / max(1, len(lines))
            for at, factor in lines:
                model.cost[at] += dear * factor
            if most is not None:
                model.at_most(most + 1e-6, lines)
            found = model.solved()
            if found is None:
                return tuple(self.before.moves.values())
            moves = self._sent(steps, found)
            if self._fits(moves):
                return self._or_none(moves, cost)
            tight = tight * 10 or _TIGHTER

    def _or_none(self, moves: tuple[Row, ...], cost: Decimal) -> tuple[Row, ...]:
        """Return a choice, or the movements of before if they are possible and no change is better."""
        same = tuple(self.before.moves.values())
        better = self._fits(same) and self._merit(same, cost) > self._merit(moves, cost)
        return same if better else moves

    def _merit(self, moves: Sequence[Row], cost: Decimal) -> Fraction:
        """Return the value of a choice, less what its changes cost."""
        value = worth(self.here, count(self.here, [*self.fixed, *moves], self.legs))
        chosen = {move["movement"]: move for move in moves}
        return value - Fraction(cost) * changes_of(self.here, self.before, chosen, self.broken)

    def _laid(self, model: _Model, tight: float = 0.0) -> dict[str, int]:
        """Add the steps of each movement, and every row that they take room in; return their numbers."""
        steps = {name: model.unknown(most, whole=True) for name, most in self.most.items()}
        for name, at in steps.items():
            self._no_less(model, name, at)
        terms: dict[Key, list[_Term]] = defaultdict(list)
        for name, one in self.each.items():
            for key, amount in one.taken.items():
                if key[0] not in ("need", "lane", "site") and amount:
                    terms[key].append(_Term(steps[name], float(amount)))
            self._ways(model, name, steps[name], terms, tight=tight)
        limits = self.limits
        for key in sorted(terms, key=str):
            if key in limits:
                left = float(limits[key] - self.base.taken.get(key, Fraction(0)))
                model.at_most(left - tight * (1 + abs(left)), terms[key])
        for need, row in self.here.needs.items():
            self._no_more(model, steps, need, Fraction(row["quantity"]))
        return steps

    def _ways(
        self,
        model: _Model,
        name: str,
        steps: int,
        terms: dict[Key, list[_Term]],
        *,
        tight: float,
    ) -> None:
        """Add the use of lanes and sites by a movement, in whole vehicles where its lanes count these.

        steps: the unknown of its steps. tight: the part by which vehicles are smaller, for errors of floats.
        """
        step = Fraction(_step(self.here, self.moves[name]))
        loads = {one: step * self.here.load(self.moves[name]["good"], one) for one in RESOURCES}
        vehicles: dict[int, int] = {}
        for kind, on, week, leg in places(self.legs.get(name, [])):
            sizes = vehicle_sizes(self.here, leg["lane"])
            if sizes and leg["leg"] not in vehicles:
                each = max(loads[one] / size for one, size in sizes.items())
                count = model.unknown(math.ceil(each * self.most[name]), whole=True)
                model.at_most(0.0, (_Term(steps, float(each) * (1 + tight)), _Term(count, -1.0)))
                vehicles[leg["leg"]] = count
            for one, load in loads.items():
                if one in sizes:
                    terms[kind, on, week, one].append(_Term(vehicles[leg["leg"]], float(sizes[one])))
                elif load:
                    terms[kind, on, week, one].append(_Term(steps, float(load)))

    def _no_less(self, model: _Model, name: str, steps: int) -> None:
        """Add the rows of the smallest consignment of its good and lanes: so much is sent, or nothing."""
        move = self.moves[name]
        each = self.here.load(move["good"], "tonnes")
        amounts = [Fraction(self.here.goods[move["good"]]["least"] or 0)]
        if each:
            lanes = [self.here.lanes[leg["lane"]] for leg in self.legs.get(name, ())]
            amounts += [Fraction(lane["least_tonnes"] or 0) / each for lane in lanes]
        least = -(-max(amounts) // Fraction(_step(self.here, move)))
        if least > 1:
            sent = model.unknown(1.0, whole=True)
            model.at_most(0.0, (_Term(steps, 1.0), _Term(sent, -float(self.most[name]))))
            model.at_most(0.0, (_Term(steps, -1.0), _Term(sent, float(least))))

    def _no_more(self, model: _Model, steps: Mapping[str, int], need: str, asked: Fraction) -> None:
        """Add the row of a need: no more is sent than it asks for, the last step excepted."""
        mine = [(name, self.each[name].brought[need][0][2]) for name in self.by_need.get(need, ())]
        if not mine:
            return
        there = sum((served for served, _, _ in self.base.brought.get(need, ())), Fraction(0))
        coarse = max(step for _, step in mine)
        even = all(asked % step == 0 for _, step in mine) and not there % coarse
        left = asked - there if even else asked - there + coarse * Fraction(999_999, 10**6)
        terms = (_Term(steps[name], float(step)) for name, step in mine)
        model.at_most(float(left) if left > 0 else 0.0, terms)

    def _worth(self, model: _Model, steps: Mapping[str, int]) -> float:
        """Add the value of what arrives, as konvoi.plan.recount.worth counts it; return its size."""
        in_time: dict[str, int] = {}
        scale = 1.0
        for need, row in self.here.needs.items():
            asked = float(row["quantity"])
            weight = 1.0 if row["weight"] is None else float(row["weight"])
            scale += weight * asked
            early = model.unknown(asked, -weight)
            late = model.unknown(asked, -weight * float(self.here.credit))
            in_time[need] = early
            due, every = self._arrivals(need, self.by_need.get(need, ()), steps)
            model.at_most(due[0], (_Term(early, 1.0), *due[1]))
            model.at_most(every[0], (_Term(early, 1.0), _Term(late, 1.0), *every[1]))
            if row["whole"]:
                full = model.unknown(1.0, whole=True)
                model.at_most(0.0, (_Term(early, 1.0), _Term(late, 1.0), _Term(full, -asked)))
                model.at_most(every[0], (_Term(full, asked), *every[1]))
            else:
                model.at_most(asked, (_Term(early, 1.0), _Term(late, 1.0)))
        for rows in self.here.kits.values():
            sets = model.unknown(most_kits(self.here, rows), -float(kit_weight(rows)), whole=True)
            scale += float(kit_weight(rows)) * most_kits(self.here, rows)
            for part in rows:
                model.at_most(0.0, (_Term(sets, float(part["per_kit"])), _Term(in_time[part["need"]], -1.0)))
        return scale

    def _arrivals(
        self, need: str, names: Sequence[str], steps: Mapping[str, int]
    ) -> tuple[tuple[float, list[_Term]], tuple[float, list[_Term]]]:
        """Return fixed units and terms of what arrives for a need: in time, and while it is of use."""
        row = self.here.needs[need]
        found = []
        for last in (row["due"], self.here.last(need)):
            there = sum(
                (served for served, day, _ in self.base.brought.get(need, ()) if day <= last), Fraction(0)
            )
            terms = [
                _Term(steps[name], -float(self.each[name].brought[need][0][0]))
                for name in names
                if self.moves[name]["arrives"] <= last
            ]
            found.append((float(there), terms))
        return found[0], found[1]

    def _changes(self, model: _Model, steps: Mapping[str, int]) -> list[_Term]:
        """Add the changes from the plan of before; return their number as terms.

        A movement that is altered is one, and so is one that is gone with one of its source and need that is
        new.
        """
        lines: list[_Term] = []
        pairs: dict[Pair, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for name, move in self.moves.items():
            own = _pair(move)
            most = self.most[name]
            if name not in self.before.moves:
                new = model.unknown(1.0, whole=True)
                model.at_most(0.0, (_Term(steps[name], 1.0), _Term(new, -most)))
                pairs[own][1].append(new)
                continue
            was = _steps(self.here, self.before.moves[name])
            other, gone = (model.unknown(1.0, whole=True) for _ in range(2))
            model.at_most(was, (_Term(steps[name], 1.0), _Term(other, -(most - was))))
            model.at_most(-was, (_Term(steps[name], -1.0), _Term(other, -was)))
            model.at_most(most, (_Term(steps[name], 1.0), _Term(gone, most)))
            model.at_most(0.0, (_Term(gone, 1.0), _Term(other, -1.0)))
            pairs[own][0].append(gone)
            lines += [_Term(other, 1.0), _Term(gone, -1.0)]
        for own, (gone_ones, new_ones) in pairs.items():
            both = model.unknown(max(len(gone_ones), len(new_ones)))
            free = float(self.broken.get(own, 0))
            for spare, side in ((0.0, gone_ones), (free, new_ones)):
                model.at_most(spare, (*(_Term(one, 1.0) for one in side), _Term(both, -1.0)))
            lines.append(_Term(both, 1.0))
        return lines

    def _sent(self, steps: Mapping[str, int], found: Sequence[float]) -> tuple[Row, ...]:
        """The movements of which something is sent, with that quantity."""
        sent = {name: round(found[at]) for name, at in steps.items()}
        return tuple(
            move | {"quantity": WIDE.multiply(_step(self.here, move), Decimal(sent[name]))}
            for name, move in self.moves.items()
            if sent[name] > 0
        )

    def _fits(self, moves: Sequence[Row]) -> bool:
        """Return True if movements keep every row exactly."""
        limits = self.limits
        taken = count(self.here, [*self.fixed, *moves], self.legs).taken
        return all(
            amount <= limits[key] for key, amount in taken.items() if key[0] != "need" and key in limits
        )


def _pair(move: Row) -> Pair:
    """The source and need of a movement: one gone and one new of a pair are one change."""
    return tuple(str(move[part] or "") for part in ("offer", "budget", "supplier", "need", "good"))


def _step(here: World, move: Row) -> Decimal:
    """Return the smallest quantity of a movement's good that is sent."""
    step = here.goods[move["good"]]["step"]
    return Decimal(1) if step is None else Decimal(step)


def _steps(here: World, move: Row) -> int:
    """Return the number of steps in a movement."""
    return int(Fraction(move["quantity"]) / Fraction(_step(here, move)))
