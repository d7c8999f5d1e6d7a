"""The consignments found so far, as arrays, and their use of every row."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.kit.compiled import compiled
from konvoi.plan.column import Column, by_content
from konvoi.plan.core.field import LEGS, Field, Ground, Short, Small, Terms
from konvoi.plan.core.market import Found
from konvoi.plan.net import Bools, Floats, Ints
from konvoi.plan.problem import Problem


@dataclass(frozen=True)
class Columns:
    """Consignments side by side; `lane` and `day` hold `legs` entries each, then zeros."""

    pair: Small
    source: Small
    departs: Short
    arrives: Short
    legs: Short
    lane: Short
    day: Short

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.pair)

    def at(self, chosen: Ints | Bools) -> "Columns":
        """Some of them."""
        return Columns(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def plus(self, more: "Columns") -> "Columns":
        """These, then others."""
        pairs = ((getattr(self, one.name), getattr(more, one.name)) for one in fields(self))
        return Columns(*(np.concatenate(both) for both in pairs))

    def marks(self) -> Ints:
        """Return a number for each: equal ones have equal numbers, others different ones."""
        mark = self.pair.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for part in (self.source, self.departs, self.arrives):
            mark = _mixed(mark, part.astype(np.uint64))
        for leg in range(int(self.legs.max(initial=0))):
            both = self.lane[:, leg].astype(np.uint64) << np.uint64(16) | self.day[:, leg].astype(np.uint64)
            mark = np.where(leg < self.legs, _mixed(mark, both), mark)
        return mark.view(np.int64)


def _mixed(mark: NDArray[np.uint64], part: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One number stirred into another."""
    mark = (mark ^ part) * np.uint64(0xBF58476D1CE4E5B9)
    return mark ^ (mark >> np.uint64(29))


def of_found(found: Found, pairs: Ints) -> Columns:
    """Return the results of pricing for some pairs, as columns."""
    part = found.source[pairs]
    row, slot = np.nonzero(part >= 0)
    pair = pairs[row]
    return Columns(
        pair=pair.astype(np.int32),
        source=found.source[pair, slot],
        departs=found.departs[pair, slot],
        arrives=found.arrives[pair, slot],
        legs=found.legs[pair, slot],
        lane=found.lane[pair, slot],
        day=found.day[pair, slot],
    )


def columns_of(problem: Problem, found: Iterable[Column]) -> Columns:
    """Consignments as arrays, in order."""
    ordered = sorted(found, key=by_content)
    number = {(pair.need, pair.good): at for at, pair in enumerate(problem.pairs)}
    lane, day = np.zeros((2, len(ordered), LEGS), dtype=np.int16)
    for at, one in enumerate(ordered):
        for leg, (on, departs) in enumerate(one.legs[:LEGS]):
            lane[at, leg], day[at, leg] = on, departs
    return Columns(
        pair=np.array([number[c.need, problem.sources[c.source].good] for c in ordered], dtype=np.int32),
        source=np.array([c.source for c in ordered], dtype=np.int32),
        departs=np.array([c.departs for c in ordered], dtype=np.int16),
        arrives=np.array([c.arrives for c in ordered], dtype=np.int16),
        legs=np.array([len(c.legs) for c in ordered], dtype=np.int16),
        lane=lane,
        day=day,
    ).at(np.array([len(c.legs) <= LEGS for c in ordered], dtype=np.bool_))


def consignments(problem: Problem, columns: Columns) -> list[Column]:
    """Arrays as consignments, in their order."""
    legs = [
        tuple(zip(on[:many], days[:many], strict=True))
        for on, days, many in zip(
            columns.lane.tolist(), columns.day.tolist(), columns.legs.tolist(), strict=True
        )
    ]
    rows = zip(
        columns.pair.tolist(),
        columns.source.tolist(),
        legs,
        columns.departs.tolist(),
        columns.arrives.tolist(),
        strict=True,
    )
    return [
        Column(problem.pairs[pair].need, source, way, departs, arrives, problem.pairs[pair].ratio)
        for pair, source, way, departs, arrives in rows
    ]


class Matrix(NamedTuple):
    """Use of each row by one unit of each column: entries of column j are first[j] to first[j + 1]."""

    first: Ints
    row: Small
    amount: Floats


class Rules(NamedTuple):
    """The terms of all rows, for compiled code."""

    weeks: int
    source: Terms
    lane: Terms
    site: Terms
    served: Terms
    in_time: Terms


def rules_of(found: Field) -> Rules:
    """The terms of a field."""
    return Rules(found.weeks, found.source, found.lane, found.site, found.served, found.in_time)


def matrix_of(found: Field, columns: Columns) -> Matrix:
    """Return the use of each row by one unit of each consignment; kit rows, which it fills, below zero."""
    parts = (columns.pair, columns.source, columns.departs, columns.arrives)
    legs = (columns.legs, columns.lane, columns.day)
    rules = rules_of(found)
    first = np.zeros(len(columns) + 1, dtype=np.int64)
    none = np.zeros(0, dtype=np.int32)
    nothing = np.zeros(0)
    _entries(found.ground, rules, parts, legs, Matrix(first, none, nothing))
    first = np.cumsum(first)
    matrix = Matrix(first, np.zeros(first[-1], dtype=np.int32), np.zeros(first[-1]))
    _entries(found.ground, rules, parts, legs, matrix)
    return matrix


@compiled
def _entries(
    ground: Ground,
    rules: Rules,
    parts: tuple[Small, Small, Short, Short],
    legs: tuple[Short, Short, Short],
    out: Matrix,
) -> None:
    """Count the entries of each column into first[j + 1] while there is no room, else write them."""
    pairs, sources, departs, arrives = parts
    many, lanes, days = legs
    write = len(out.row) > 0
    for j in range(len(pairs)):
        pair = pairs[j]
        source = sources[j]
        need = ground.pairs.need[pair]
        loads = ground.pairs.loads[pair]
        ratio = ground.pairs.ratio[pair]
        at = out.first[j] if write else 0
        at = _put(rules.source, source, (loads, 1.0), out, at)
        if many[j]:
            place = ground.stock.site[source] * rules.weeks + departs[j] // 7
            at = _put(rules.site, place, (loads, 1.0), out, at)
        for leg in range(many[j]):
            lane = lanes[j, leg]
            day = days[j, leg]
            at = _put(rules.lane, lane * rules.weeks + day // 7, (loads, 1.0), out, at)
            there = (day + ground.ways.days[lane]) // 7
            place = ground.ways.heads[lane] * rules.weeks + there
            at = _put(rules.site, place, (loads, 1.0), out, at)
        at = _put(rules.served, need, (loads, ratio), out, at)
        if arrives[j] <= ground.wants.due[need]:
            at = _put(rules.in_time, need, (loads, ratio), out, at)
        if not write:
            out.first[j + 1] = at


@compiled
def _put(terms: Terms, thing: int, each: tuple[Floats, float], out: Matrix, at: int) -> int:
    """Write the terms of one thing, if there is room for any; return the place of the next."""
    loads, times = each
    for k in range(terms.first[thing], terms.first[thing + 1]):
        if len(out.row):
            out.row[at] = terms.row[k]
            out.amount[at] = terms.factor[k] * loads[terms.use[k]] * times
        at += 1
    return at


@compiled
def arranged(matrix: Matrix, order: Ints, place: Small) -> Matrix:
    """The columns in another order, each row at its place; without the rows that have none, below zero."""
    first = np.zeros(len(order) + 1, dtype=np.int64)
    for at in range(len(order)):
        many = 0
        for k in range(matrix.first[order[at]], matrix.first[order[at] + 1]):
            many += place[matrix.row[k]] >= 0
        first[at + 1] = first[at] + many
    row = np.empty(first[-1], dtype=np.int32)
    amount = np.empty(first[-1])
    for at in range(len(order)):
        to = first[at]
        for k in range(matrix.first[order[at]], matrix.first[order[at] + 1]):
            if place[matrix.row[k]] >= 0:
                row[to] = place[matrix.row[k]]
                amount[to] = matrix.amount[k]
                to += 1
    return Matrix(first, row, amount)
