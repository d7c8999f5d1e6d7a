"""Remedies of a conflict: a consignment in another week or by another path, counted again."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from konvoi.kit.days import monday
from konvoi.plan import allowed
from konvoi.plan.conflict import NEAR, Conflict
from konvoi.plan.consign import Ground, papers_of
from konvoi.plan.loads import WEEK, Amount, Loads, Spot, amount, minus, plus
from konvoi.plan.paperwork import CONFLICTING, standing
from konvoi.plan.recount import faults
from konvoi.plan.world import RESOURCES, Row

WEEKS = 8
WAIT = 7
ALONE = 24
TOGETHER = 8
"""Weeks by which a consignment is tried earlier and later, days that it may wait on its path, consignments
tried alone, and the most that are moved together."""

Bar = tuple[int, int]
FULL: Bar = (1, 1)


@dataclass(frozen=True)
class Change:
    """An alternative for a consignment; how is week, day or way."""

    consignment: str
    how: str
    move: Row
    legs: tuple[Row, ...]


@dataclass
class Search:
    """The search for changes in one plan; each conflict is solved by itself, all else as planned."""

    ground: Ground
    taken: Loads
    today: date
    sizes: dict[str, Amount] = field(default_factory=dict)

    def solve(self, conflict: Conflict) -> tuple[Change, ...]:
        """Return the changes that solve a conflict together, fewest and smallest first; else none."""
        if conflict.spot is None:
            return next(((c,) for c in self._able(conflict, conflict.consignments[0], {}, FULL)), ())
        bars = (NEAR, FULL) if conflict.severity == "over" else (NEAR,)
        for bar in bars:
            found = self._alone(conflict, conflict.spot, bar) or self._together(conflict, conflict.spot, bar)
            if found:
                return found
        return ()

    def after(self, conflict: Conflict, changes: Sequence[Change]) -> int:
        """Return the load of the conflict's place after changes, in the conflict's resource."""
        if conflict.spot is None:
            return 0
        left = self.taken.total[conflict.spot]
        for change in changes:
            left = minus(left, self.taken.of[change.consignment][conflict.spot])
            left = plus(left, self._new(change).get(conflict.spot, (0,) * len(RESOURCES)))
        return left[RESOURCES.index(conflict.resource)]

    def size(self, name: str) -> Amount:
        """Return the load of a consignment."""
        if name not in self.sizes:
            self.sizes[name] = amount(self.ground, self.ground.moves[name])
        return self.sizes[name]

    def _new(self, change: Change) -> dict[Spot, Amount]:
        return self.taken.taken(self.size(change.consignment), change.legs)

    def _alone(self, conflict: Conflict, spot: Spot, bar: Bar) -> tuple[Change, ...]:
        """Return the smallest consignment whose move alone is enough."""
        at = RESOURCES.index(conflict.resource)
        able = [
            n
            for n in conflict.consignments
            if self._fits(minus(self.taken.total[spot], self._at(spot, n)), spot, bar)
        ]
        able.sort(key=lambda name: (self._at(spot, name)[at], name))
        for name in able[:ALONE]:
            for change in self._able(conflict, name, {}, bar):
                return (change,)
        return ()

    def _together(self, conflict: Conflict, spot: Spot, bar: Bar) -> tuple[Change, ...]:
        """Several consignments, the largest first, until the rest fits."""
        at = RESOURCES.index(conflict.resource)
        names = sorted(conflict.consignments, key=lambda name: (-self._at(spot, name)[at], name))
        delta: dict[Spot, Amount] = {}
        found: list[Change] = []
        for name in names[:ALONE]:
            change = next(self._able(conflict, name, delta, bar), None)
            if change is None:
                continue
            found.append(change)
            self._apply(change, delta)
            if self._fits(plus(self.taken.total[spot], delta[spot]), spot, bar):
                return tuple(found)
            if len(found) == TOGETHER:
                break
        return ()

    def _at(self, spot: Spot, name: str) -> Amount:
        return self.taken.of[name].get(spot, (0,) * len(RESOURCES))

    def _apply(self, change: Change, delta: dict[Spot, Amount]) -> None:
        nothing = (0,) * len(RESOURCES)
        for spot, taken in self.taken.of[change.consignment].items():
            delta[spot] = minus(delta.get(spot, nothing), taken)
        for spot, taken in self._new(change).items():
            delta[spot] = plus(delta.get(spot, nothing), taken)

    def _fits(self, load: Amount, spot: Spot, bar: Bar) -> bool:
        part, whole = bar
        limits = self.taken.rooms[spot]
        pairs = zip(load, limits, strict=True)
        return all(limit is None or taken * whole <= limit * part for taken, limit in pairs)

    def _able(self, conflict: Conflict, name: str, delta: dict[Spot, Amount], bar: Bar) -> Iterator[Change]:
        """Yield the alternatives of a consignment: all rules hold, and there is room on the whole path."""
        move = self.ground.moves[name]
        if not self.ground.legs.get(name) or not self._known(move):
            return
        for change in self._tries(conflict, name):
            if (
                self._timely(move, change)
                and self._roomy(conflict, change, delta, bar)
                and self._right(change)
            ):
                yield change

    def _known(self, move: Row) -> bool:
        """Return True if need and good are in the tables."""
        return move["need"] in self.ground.world.needs and move["good"] in self.ground.world.goods

    def _tries(self, conflict: Conflict, name: str) -> Iterator[Change]:
        move = self.ground.moves[name]
        legs = self.ground.legs[name]
        if conflict.kind == "day":
            for days in sorted(range(-6, 7), key=lambda days: (abs(days), -days)):
                yield self._shifted(name, move, legs, days, "day")
        for weeks in sorted(range(-WEEKS, WEEKS + 1), key=lambda weeks: (abs(weeks), -weeks)):
            yield self._shifted(name, move, legs, weeks * WEEK, "week")
        if conflict.kind != "paper":
            yield from self._around(conflict, name, move)

    def _shifted(self, name: str, move: Row, legs: Sequence[Row], days: int, step: str) -> Change:
        """Return the change to the same path, so many days later."""
        later_by = timedelta(days=days)
        later = tuple(_leg(leg, leg["departs"] + later_by, leg["arrives"] + later_by) for leg in legs)
        return Change(name, step, self._moved(move, later), later)

    def _moved(self, move: Row, legs: Sequence[Row]) -> Row:
        arrives = legs[-1]["arrives"]
        on_time = arrives <= self.ground.world.needs[move["need"]]["due"]
        return move | {"departs": legs[0]["departs"], "arrives": arrives, "on_time": on_time}

    def _loaded(self, change: Change) -> list[Row]:
        """The legs with the loads that the tables give them, whatever the plan was made from."""
        world = self.ground.world
        move = change.move
        quantity = Fraction(move["quantity"])
        loads = {name: round(quantity * world.load(move["good"], name), 6) for name in RESOURCES}
        return [leg | loads for leg in change.legs]

    def _timely(self, move: Row, change: Change) -> bool:
        """Return True if it loads from today on, and is of the same use; what is bought is not hastened."""
        new = change.move
        if new["departs"] < self.today or (move["offer"] is None and new["departs"] < move["departs"]):
            return False
        in_use = new["arrives"] <= self.ground.world.last(move["need"])
        same_way = [leg["lane"] for leg in change.legs] == [
            leg["lane"] for leg in self.ground.legs[move["movement"]]
        ]
        return in_use and (new["on_time"] or not move["on_time"]) and not (same_way and new == move)

    def _roomy(self, conflict: Conflict, change: Change, delta: dict[Spot, Amount], bar: Bar) -> bool:
        """Return True if there is room at each spot, where it does not take less than before."""
        nothing = (0,) * len(RESOURCES)
        new = self._new(change)
        if conflict.spot in new:
            return False
        for spot, taken in new.items():
            old = self._at(spot, change.consignment)
            if all(a <= b for a, b in zip(taken, old, strict=True)):
                continue
            there = plus(self.taken.total.get(spot, nothing), delta.get(spot, nothing))
            if not self._fits(plus(minus(there, old), taken), spot, bar):
                return False
        return True

    def _right(self, change: Change) -> bool:
        """Return True if the audit finds no fault with it, and all its papers are there by then."""
        if next(faults(self.ground.world, change.move, self._loaded(change)), None):
            return False
        loads = change.move["departs"]
        states = (
            standing(row, loads=loads, today=self.today)[0] for row in papers_of(self.ground, change.move)
        )
        return not any(state in CONFLICTING for state in states)

    def _around(self, conflict: Conflict, name: str, move: Row) -> Iterator[Change]:
        """Yield the quickest path that avoids the conflict's place, from the planned loading day on."""
        legs = self._way(conflict, name, move)
        if legs:
            yield Change(name, "way", self._moved(move, legs), legs)

    def _way(self, conflict: Conflict, name: str, move: Row) -> tuple[Row, ...]:
        start = move["_from"]
        end = self.ground.world.needs[move["need"]]["site"]
        last = self.ground.world.last(move["need"])
        old = self.ground.legs[name][0]
        queue: list[tuple[date, tuple[str, ...], str, tuple[Row, ...]]] = [
            (max(move["departs"], self.today), (), start, ())
        ]
        done = set()
        while queue:
            day, lanes, site, legs = heapq.heappop(queue)
            if site == end:
                return legs
            if site in done:
                continue
            done.add(site)
            for lane, to in self.ground.ways.get(site, ()):
                leg = (
                    None
                    if to in done or conflict.on in (lane, site, to)
                    else self._step(name, old, lane, day)
                )
                if leg and leg["arrives"] <= last:
                    numbered = leg | {"leg": len(legs) + 1}
                    heapq.heappush(queue, (leg["arrives"], (*lanes, lane), to, (*legs, numbered)))
        return ()

    def _step(self, name: str, old: Row, lane: str, day: date) -> Row | None:
        """Return the first leg on a lane from a day on, on open lanes with room; within WAIT days."""
        here = self.ground.world
        way = here.lanes[lane]
        for wait in range(WAIT + 1):
            departs = day + timedelta(days=wait)
            arrives = departs + timedelta(days=here.transit(lane))
            if allowed.passable(here, lane, departs, arrives):
                ends = {"lane": lane, "from": way["from"], "to": way["to"]}
                leg = _leg(old | ends, departs, arrives)
                if self._free(name, leg):
                    return leg
        return None

    def _free(self, name: str, leg: Row) -> bool:
        """Return True if a leg has room where the consignment is not counted already."""
        nothing = (0,) * len(RESOURCES)
        return all(
            self._fits(plus(self.taken.total.get(spot, nothing), taken), spot, FULL)
            for spot, taken in self.taken.taken(self.size(name), (leg,)).items()
            if spot not in self.taken.of[name]
        )


def _leg(leg: Row, departs: date, arrives: date) -> Row:
    return leg | {"departs": departs, "arrives": arrives, "week": monday(departs)}
