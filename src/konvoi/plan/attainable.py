"""The audit's own count of what can come of each need at most, by the rules of docs/explanation/planner.md.

A need useful only in full of which less can come, and a kit of which no set can come in time, are worth
nothing in any plan. Floats are rounded upwards, so that what can just be met never counts as impossible.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from konvoi.plan import allowed
from konvoi.plan.recount import Key, cap_loads, most_kits
from konvoi.plan.world import RESOURCES, Row, World

Vector = NDArray[np.float64]
Rooms = Mapping[Key, Fraction]
_NEVER = 10**6
_SAFE = 1.0 + 1e-12


class _Use(NamedTuple):
    """A row, and what one unit takes of it."""

    row: Key
    load: Fraction | int


class Held(NamedTuple):
    """Units of a good in one place: their site, the first day on which they may leave, their number."""

    site: str
    first: int
    units: float
    offer: str | None


@dataclass
class Attainable:
    """Counts what can come; rows: how much there is of each row."""

    world: World
    rows: Rooms
    held: dict[str, list[Held]] = field(default_factory=dict)
    arrays: dict[str, tuple[Vector, Vector, list[str]]] = field(default_factory=dict)
    far: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    entering: dict[tuple[str, str], tuple[list[tuple[int, Vector]], Vector]] = field(default_factory=dict)

    def counts(self, need: str) -> bool:
        """Return True if something of a need can come, or all of it where it is useful only in full."""
        row = self.world.needs[need]
        most = self.units(need, self._day(need, last=True))
        return most > 0 and not (row["whole"] and most < float(row["quantity"]))

    def sets(self, parts: list[Row]) -> int:
        """Return the most sets of a kit that can come in time."""
        most = most_kits(self.world, parts)
        for row in parts:
            if not self.counts(row["need"]):
                return 0
            units = self.units(row["need"], self._day(row["need"], last=False))
            most = min(most, math.floor(units / float(row["per_kit"]))) if math.isfinite(units) else most
        return most

    @cached_property
    def everything(self) -> Fraction:
        """Return the value of meeting all that can be met."""
        needs = (
            Fraction(row["quantity"]) * Fraction(1 if row["weight"] is None else row["weight"])
            for name, row in self.world.needs.items()
            if self.counts(name)
        )
        return sum(needs, Fraction(0))

    def units(self, need: str, day: int) -> float:
        """Return the units of a need that can come by a day, counted from the first."""
        row = self.world.needs[need]
        total = 0.0
        for good in self._serving(row["good"]):
            if allowed.lacks_standard(self.world, good, row):
                continue
            here, remote = self._parts(good, row, day)
            entered = self._entered(good, row["site"], day)
            total += float(self.world.ratios[good, row["good"]]) * (here + min(remote, entered))
        return total * _SAFE

    def _day(self, need: str, *, last: bool) -> int:
        """Return the last useful day of a need, or its due day if that is earlier, from the first day."""
        until = self.world.last(need)
        return ((until if last else min(until, self.world.needs[need]["due"])) - self.world.start).days

    @cached_property
    def _serves(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for good, needed in self.world.ratios:
            if good in self.world.goods:
                found[needed].append(good)
        return {needed: sorted(goods) for needed, goods in found.items()}

    def _serving(self, good: str) -> list[str]:
        return self._serves.get(good, [])

    def _parts(self, good: str, need: Row, day: int) -> tuple[float, float]:
        """Return the units that lie where they are needed, and those elsewhere that are near enough."""
        if good not in self.held:
            self.held[good] = list(self._sources(good))
            found = self.held[good]
            units = np.array([one.units for one in found])
            first = np.array([one.first for one in found], dtype=np.float64)
            self.arrays[good] = (units, first, [one.site for one in found])
        units, first, sites = self.arrays[good]
        far = self._far(good, need["site"])
        days = np.array([far.get(site, _NEVER) for site in sites], dtype=np.float64)
        able = first + days <= day
        for at in np.flatnonzero(able).tolist():
            offer = self.held[good][at].offer
            if offer is not None and allowed.tied_elsewhere(self.world, offer, need):
                able[at] = False
        here = np.array([site == need["site"] for site in sites], dtype=np.bool_)
        return float(units[able & here].sum()), float(units[able & ~here].sum())

    def _sources(self, good: str) -> Iterator[Held]:
        """Yield the offers and purchases of a good of which a whole step may leave on some day."""
        world = self.world
        step = Fraction(world.goods[good]["step"] or 1)
        days = range((world.end - world.start).days + 1)
        for name, offer in sorted(world.offers.items()):
            if offer["good"] != good or not self._fits(good, self._own(offer, good, ("offer", name))):
                continue
            able = (day for day in days if allowed.ready(world, offer, world.start + timedelta(day)))
            first = next(able, None)
            if first is not None:
                units = Fraction(offer["quantity"]) // step * step
                yield Held(offer["site"], first, float(units), name)
        for key, option in sorted(world.options.items()):
            if option["good"] == good:
                yield from self._bought(key, option, step)

    def _bought(self, key: tuple[str, str, str, str], option: Row, step: Fraction) -> Iterator[Held]:
        """Yield one purchase, as much as all the money of its budget pays."""
        world = self.world
        good = option["good"]
        tranches = world.tranches.get(option["budget"], {})
        days = range((world.end - world.start).days + 1)
        first = _NEVER
        for order in tranches:
            own = self._own(option, good, ("purchase", "|".join(key)))
            own += [
                _Use(("budget", option["budget"], day, "money"), option["price"])
                for day in tranches
                if order <= day
            ]
            if self._fits(good, own):
                able = (d for d in days if allowed.bought(world, option, order, world.start + timedelta(d)))
                first = min(first, next(able, _NEVER))
        if first == _NEVER:
            return
        units = math.inf if option["most"] is None else float(Fraction(option["most"]) // step * step)
        if option["price"]:
            paid = Fraction(max(tranches.values())) / Fraction(option["price"])
            units = min(units, float(paid // step * step))
        yield Held(option["site"], first, units, None)

    def _own(self, source: Row, good: str, own: tuple[str, str]) -> list[_Use]:
        """Return the rows of a source, with what one unit takes of each."""
        party = source["party"]
        found: list[_Use] = [_Use((*own, None, "quantity"), 1)]
        if own[0] == "offer":
            found.append(_Use(("stock", party, None, f"quantity of {good}"), 1))
        loads = cap_loads(self.world, source, good)
        return found + [_Use(("cap", party, None, name), load) for name, load in loads.items()]

    def _fits(self, good: str, taken: list[_Use]) -> bool:
        """Return True if some rows have room for one step of a good."""
        step = Fraction(self.world.goods[good]["step"] or 1)
        return all(key not in self.rows or load * step <= self.rows[key] for key, load in taken)

    def _steps(self, good: str, kind: str, key: str) -> Vector:
        """Return the whole steps of a good that a place takes in each week; inf where nothing limits."""
        world = self.world
        step = Fraction(world.goods[good]["step"] or 1)
        found = []
        for week in range((world.end - world.start).days // 7 + 1):
            monday = world.start + timedelta(weeks=week)
            fit = [
                self.rows[kind, key, monday, name] // (world.load(good, name) * step)
                for name in RESOURCES
                if (kind, key, monday, name) in self.rows and world.load(good, name)
            ]
            found.append(float(min(fit)) if fit else math.inf)
        return np.array(found)

    def _entered(self, good: str, site: str, day: int) -> float:
        """Return the units of a good that the lanes into a site, and the site itself, take by a day."""
        if (good, site) not in self.entering:
            lanes = [name for name, lane in sorted(self.world.lanes.items()) if lane["to"] == site]
            self.entering[good, site] = (
                [(self.world.transit(lane), self._steps(good, "lane", lane)) for lane in lanes],
                self._steps(good, "site", site),
            )
        by_lanes, own = self.entering[good, site]
        if day < 0:
            return 0.0
        entered = sum(float(steps[: max(0, (day - takes) // 7 + 1)].sum()) for takes, steps in by_lanes)
        step = float(self.world.goods[good]["step"] or 1)
        return step * min(entered, float(own[: day // 7 + 1].sum()))

    def _far(self, good: str, goal: str) -> dict[str, int]:
        """Return the fewest days from each site to a goal, by lanes that ever take a step of a good."""
        if (good, goal) not in self.far:
            days = {goal: 0}
            pending = [goal]
            while pending:
                near = min(pending, key=lambda site: (days[site], site))
                pending.remove(near)
                for start, takes in self._into(good).get(near, ()):
                    if days[near] + takes < days.get(start, _NEVER):
                        days[start] = days[near] + takes
                        if start not in pending:
                            pending.append(start)
            self.far[good, goal] = days
        return self.far[good, goal]

    def _into(self, good: str) -> Mapping[str, list[tuple[str, int]]]:
        """Return by site the lanes that lead there and ever take a step of a good: their start and days."""
        if good not in self._lanes:
            world = self.world
            able = {site: bool((self._steps(good, "site", site) > 0).any()) for site in world.sites}
            found: dict[str, list[tuple[str, int]]] = defaultdict(list)
            for name, lane in sorted(world.lanes.items()):
                fits = able[lane["from"]] and able[lane["to"]] and self._opens[name]
                if fits and (self._steps(good, "lane", name) > 0).any():
                    found[lane["to"]].append((lane["from"], world.transit(name)))
            self._lanes[good] = found
        return self._lanes[good]

    @cached_property
    def _lanes(self) -> dict[str, Mapping[str, list[tuple[str, int]]]]:
        return {}

    @cached_property
    def _opens(self) -> Mapping[str, bool]:
        """Return for each lane whether it can be used on any day of the horizon."""
        world = self.world
        total = (world.end - world.start).days + 1
        found = {}
        for name in world.lanes:
            takes = world.transit(name)
            departs = (world.start + timedelta(day) for day in range(total - takes))
            found[name] = any(allowed.passable(world, name, day, day + timedelta(takes)) for day in departs)
        return found
