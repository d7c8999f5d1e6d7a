"""Consignments that are too small sent with others of their need, in place of what counts less.

A need useful only in full, or a kit, is worth nothing without its last small part, and then a little of
another need gives way to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from konvoi.plan.cheaper import Costing
from konvoi.plan.core.filling import STEP
from konvoi.plan.net import Ints

Taken = Mapping[int, int]
"""Steps that consignments give up, by consignment."""


class Move(NamedTuple):
    """Steps that leave one consignment and go with another."""

    giver: int
    taker: int
    steps: int


@dataclass
class Displacing:
    """A plan in which small consignments are taken in; least: the fewest steps of each consignment."""

    work: Costing
    least: Ints

    def take_in(self, small: Iterable[int]) -> None:
        """Make each small consignment of what counts only together large enough, or send it with another."""
        for one in small:
            need = self.work.need[one]
            if not 0 < self.work.steps[one] < self.least[one] or need not in self._together:
                continue
            able = [(*found, move) for move in self._moves(one) if (found := self._in_place_of(move))]
            if not able:
                continue
            loss, taken, move = min(able, key=lambda found: (found[0], found[2]))
            if loss < self._together[need]:
                self._send(move, taken)

    def _send(self, move: Move, taken: Taken) -> None:
        """Make a move, in place of what others give up."""
        work = self.work
        for at, steps in taken.items():
            work.steps[at] -= steps
            for row, amount in work.load(at).items():
                work.free[row] += steps * amount
        work.move(*move)

    def _moves(self, one: int) -> Iterator[Move]:
        """Yield the moves between consignments of a need after which a small one is none, as punctual."""
        work = self.work
        brings = work.whole.tasks.pairs[work.columns.pair, STEP]
        lacks = int(self.least[one] - work.steps[one])
        for other in self._of_need[work.need[one]]:
            spare = int(work.steps[other] - self.least[other])
            if other == one or spare < 0 or brings[other] != brings[one]:
                continue
            if work.in_time[other] >= work.in_time[one]:
                yield Move(one, other, int(work.steps[one]))
            if spare >= lacks and work.in_time[one] >= work.in_time[other]:
                yield Move(other, one, lacks)

    def _in_place_of(self, move: Move) -> tuple[float, Taken] | None:
        """Return the value of what must give way to a move, and the steps; None if it is not possible."""
        work = self.work
        change = dict(work.load(move.taker))
        for row, amount in work.load(move.giver).items():
            change[row] = change.get(row, 0) - amount
        taken: dict[int, int] = {}
        loss = 0.0
        for row in sorted(row for row, amount in change.items() if amount > 0):
            lacks = move.steps * change[row] - max(0, int(work.free[row]))
            lacks -= sum(count * work.load(at).get(row, 0) for at, count in taken.items())
            found = self._cheapest(row, lacks, work.need[move.giver], taken) if lacks > 0 else (0.0, -1, 0)
            if found is None:
                return None
            value, at, count = found
            loss += value
            if count:
                taken[at] = taken.get(at, 0) + count
        return loss, taken

    def _cheapest(self, row: int, lacks: int, need: int, taken: Taken) -> tuple[float, int, int] | None:
        """Return the value of the least that can give way on a row, whose it is, and how many steps."""
        work = self.work
        able = []
        for at in self._on.get(row, ()):
            count = -(-lacks // work.load(at)[row])
            spare = int(work.steps[at] - self.least[at]) - taken.get(at, 0)
            if work.need[at] != need and work.need[at] not in self._together and count <= spare:
                able.append((count * self._worth[at], at, count))
        return min(able, default=None)

    @cached_property
    def _on(self) -> Mapping[int, list[int]]:
        """Return the consignments on each row."""
        found: dict[int, list[int]] = {}
        for at in np.flatnonzero(self.work.steps).tolist():
            for row, amount in self.work.load(at).items():
                if amount > 0:
                    found.setdefault(row, []).append(at)
        return found

    @cached_property
    def _of_need(self) -> Mapping[int, list[int]]:
        """Return the consignments of each need."""
        found: dict[int, list[int]] = {}
        for at, need in enumerate(self.work.need):
            found.setdefault(need, []).append(at)
        return found

    @cached_property
    def _worth(self) -> list[float]:
        """Return the value of a step of each consignment, of a need that counts in parts."""
        problem = self.work.whole.problem
        credit = problem.late_credit / 10**6
        found = []
        for at, pair in enumerate(self.work.columns.pair.tolist()):
            one = problem.pairs[pair]
            units = one.ratio * problem.goods[one.good].step / 10**12
            weight = problem.needs[one.need].weight / 10**6
            found.append(units * weight * (1.0 if self.work.in_time[at] else credit))
        return found

    @cached_property
    def _together(self) -> Mapping[int, float]:
        """Return the value that hangs on each need which counts only in full, or in a kit."""
        problem = self.work.whole.problem
        found = {
            number: need.quantity * need.weight / 10**12
            for number, need in enumerate(problem.needs)
            if need.whole
        }
        for kit in problem.kits:
            served = all(self._in_time.get(need, 0) >= per_kit for need, per_kit in kit.parts)
            for need, _ in kit.parts if served else ():
                found[need] = found.get(need, 0.0) + kit.weight / 10**6
        return found

    @cached_property
    def _in_time(self) -> Mapping[int, int]:
        """Return the amount of each need that comes in time, in millionths."""
        problem = self.work.whole.problem
        found: dict[int, int] = {}
        for at, pair in enumerate(self.work.columns.pair.tolist()):
            one = problem.pairs[pair]
            brings = int(self.work.steps[at]) * one.ratio * problem.goods[one.good].step
            if self.work.in_time[at]:
                found[one.need] = found.get(one.need, 0) + brings // 10**6
        return found
