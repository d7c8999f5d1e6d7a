"""The most that could come of each need if nothing else were sent; the problem without what cannot be met.

Counted simply, so that the audit can count the same: whole steps of each source that may serve the need and
is near enough by the fewest days of travel, and whole steps that the lanes into its site take until then.
A need useful only in full of which less can come, and a kit of which no set can, leave before the search.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from konvoi.plan.core.field import Field, Small
from konvoi.plan.core.paths import NEVER
from konvoi.plan.limits import Limits, Weekly
from konvoi.plan.net import Bools, Floats, Ints, Net
from konvoi.plan.parts import Kit, Need
from konvoi.plan.problem import Problem

_SAFE = 1.0 + 1e-9
"""Factor by which floats are counted upwards: what can just be met must not count as impossible."""
_WEEK = 7


@dataclass
class Reach:
    """Counts what can come, good by good; far, steps, ways and known keep what was counted before."""

    net: Net
    limits: Limits
    laid: Field
    far: dict[bytes, Ints] = field(default_factory=dict)
    steps: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    ways: dict[int, Ints] = field(default_factory=dict)
    known: dict[tuple[int, int], float] = field(default_factory=dict)

    def of(self, number: int, day: int) -> float:
        """Return the units of a need that can come by a day at most."""
        if (number, day) not in self.known:
            self.known[number, day] = self._count(number, day)
        return self.known[number, day]

    def _count(self, number: int, day: int) -> float:
        """Return the same, counted anew."""
        problem = self.net.problem
        need = problem.needs[number]
        stock = self.laid.ground.stock
        total = 0.0
        for pair in self.net.pairs_of[number]:
            good = problem.pairs[pair].good
            sources = self.net.serving[pair]
            first = stock.first[sources]
            far = self.days(good)[stock.site[sources], need.site]
            leaves = self.laid.ground.fits.source[sources] & (first <= stock.last[sources])
            able = leaves & (first + far <= day)
            here = stock.site[sources] == need.site
            remote = min(self.held(sources[able & ~here]), self.enters(good, need.site, day))
            total += problem.pairs[pair].ratio / 10**6 * (self.held(sources[able & here]) + remote)
        return total * _SAFE

    def held(self, sources: Small) -> float:
        """Return the units that some sources hold in whole steps; a purchase counts once."""
        units, option = self._units
        own = option[sources]
        bought = sources[own >= 0]
        total = float(units[sources[own < 0]].sum())
        if len(bought):
            _, first = np.unique(option[bought], return_index=True)
            total += float(units[bought[first]].sum())
        return total

    @cached_property
    def _units(self) -> tuple[Floats, Ints]:
        """Return the units that each source holds, and the number of the purchase that it is, -1 for none.

        Each tranche's purchase counts as if all the money of the budget were there, so all count alike.
        """
        problem = self.net.problem
        money: dict[str, int] = {}
        for tranche in problem.tranches:
            money[tranche.budget] = max(tranche.total, money.get(tranche.budget, 0))
        units = np.zeros(len(problem.sources))
        options: dict[str, int] = {}
        option = np.full(len(problem.sources), -1, dtype=np.int64)
        for number, source in enumerate(problem.sources):
            step = problem.goods[source.good].step
            most = np.inf if source.quantity is None else source.quantity // step * step / 10**6
            if source.budget:
                option[number] = options.setdefault(source.option, len(options))
                if source.price:
                    paid = money[source.budget] * 10**6 // source.price // step * step
                    most = min(most, paid / 10**6)
            units[number] = most
        return units, option

    def days(self, good: int) -> Ints:
        """Return the fewest days from each site to each, by lanes that ever take a step of a good."""
        if good not in self.ways:
            fits = self.laid.ground.fits
            sites: Bools = np.logical_or.reduce(fits.site[:, :, good], axis=0)
            usable: Bools = np.logical_or.reduce(self.net.lane_open, axis=1)
            usable = usable & np.logical_or.reduce(fits.lane[:, :, good], axis=0)
            usable = usable & sites[self.net.tails] & sites[self.net.heads]
            key = usable.tobytes()
            if key not in self.far:
                self.far[key] = _far(self.net, usable)
            self.ways[good] = self.far[key]
        return self.ways[good]

    def enters(self, good: int, site: int, day: int) -> float:
        """Return the units of a good that the lanes into a site, and the site itself, take by a day."""
        if day < 0:
            return 0.0
        lanes, sites = self._steps(good)
        size = self.net.problem.goods[good].step / 10**6
        by_lane = sum(
            float(lanes[: max(0, (day - int(self.net.transit[lane])) // _WEEK + 1), lane].sum())
            for lane in self.net.entering[site]
        )
        return size * min(by_lane, float(sites[: day // _WEEK + 1, site].sum()))

    def _steps(self, good: int) -> tuple[Floats, Floats]:
        """Return the whole steps of a good that each lane and site takes in each week."""
        if good not in self.steps:
            problem = self.net.problem
            weeks = max(1, problem.weeks)
            one = problem.goods[good]
            load = np.array([use * one.step / 10**15 for use in one.loads])
            found = []
            for weekly, places in (
                (self.limits.lane_weeks, len(problem.lanes)),
                (self.limits.site_weeks, len(problem.sites)),
            ):
                found.append(_whole_steps(weekly, load, self.limits.bounds, (weeks, places)))
            self.steps[good] = (found[0], found[1])
        return self.steps[good]


def _whole_steps(weekly: Weekly, load: Floats, bounds: Floats, shape: tuple[int, int]) -> Floats:
    """Return how many steps of a load fit into the rows of each week and place; inf where nothing limits."""
    most = np.full(shape, np.inf)
    each = weekly.factor * load[weekly.use]
    at = each > 0
    fit = np.floor(bounds[weekly.row[at]] / each[at] * _SAFE)
    np.minimum.at(most, (weekly.week[at], weekly.place[at]), fit)
    return most


def _far(net: Net, usable: Bools) -> Ints:
    """Return the fewest days from each site to each by some lanes."""
    far = np.full((len(net.problem.sites),) * 2, NEVER, dtype=np.int64)
    np.fill_diagonal(far, 0)
    np.minimum.at(far, (net.tails[usable], net.heads[usable]), net.transit[usable])
    for via in range(len(far)):
        far = np.minimum(far, far[:, via : via + 1] + far[via])
    return np.minimum(far, NEVER)


def searched(net: Net, limits: Limits, laid: Field) -> Problem:
    """Return the problem without needs and kits of which nothing can come that counts; itself if none is."""
    problem = net.problem
    reach = Reach(net, limits, laid)
    kits = [kit for kit in (_possible(reach, kit) for kit in problem.kits) if kit.most > 0]
    parts = {need for kit in kits for need, _ in kit.parts}
    kept = [
        number
        for number, need in enumerate(problem.needs)
        if number in parts or (need.weight > 0 and _can_count(reach, number))
    ]
    if len(kept) == len(problem.needs) and kits == list(problem.kits):
        return problem
    place = {number: at for at, number in enumerate(kept)}
    return replace(
        problem,
        needs=tuple(problem.needs[number] for number in kept),
        kits=tuple(
            replace(kit, parts=tuple((place[need], per_kit) for need, per_kit in kit.parts)) for kit in kits
        ),
        pairs=tuple(replace(pair, need=place[pair.need]) for pair in problem.pairs if pair.need in place),
    )


def _can_count(reach: Reach, number: int) -> bool:
    """Return True if something of a need can come, or all of it where it is useful only in full."""
    need = reach.net.problem.needs[number]
    most = reach.of(number, need.last)
    return most > 0 and not (need.whole and most < need.quantity / 10**6)


def _possible(reach: Reach, kit: Kit) -> Kit:
    """Return a kit with no more sets than can come of each of its components in time."""
    needs = reach.net.problem.needs
    most = float(kit.most)
    for number, per_kit in kit.parts:
        need: Need = needs[number]
        if not _can_count(reach, number):
            return replace(kit, most=0)
        most = min(most, np.floor(reach.of(number, min(need.due, need.last)) / (per_kit / 10**6)))
    return replace(kit, most=int(most))


def pairs_in(problem: Problem, part: Problem) -> Ints:
    """Return for each pair of a part of a problem its number in the whole."""
    number: Mapping[tuple[str, int], int] = {
        (problem.needs[pair.need].id, pair.good): at for at, pair in enumerate(problem.pairs)
    }
    found = [number[part.needs[pair.need].id, pair.good] for pair in part.pairs]
    return np.array(found, dtype=np.int64)
