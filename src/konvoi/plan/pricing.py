"""Pricing: for given prices of all rows, the best consignments, and by how much any could still pay.

A backward dynamic programme over sites and days tells, for each pair of need and good, what one unit is worth
where it stands. It is exact for waiting, closures, rents of lanes and sites, and lateness.
"""

from dataclasses import dataclass

import numpy as np

from konvoi.plan.column import Column
from konvoi.plan.goal import Payoff
from konvoi.plan.limits import Limits
from konvoi.plan.net import Floats, Ints, Net
from konvoi.plan.parts import USES

NEVER = -1e18
_TOGETHER = 192


@dataclass(frozen=True)
class Priced:
    """What pricing found.

    columns: consignments that would pay, the best of each pair first. gain: for each need the most that one
    unit of need could gain over all prices, 0 where none can.
    """

    columns: list[Column]
    gain: Floats


@dataclass(frozen=True)
class _Day:
    """The lanes on which a leg may depart on a day, by the site they leave; `first`: each site's first."""

    lanes: Ints
    there: Ints
    heads: Ints
    first: Ints
    tails: Ints


@dataclass(frozen=True)
class _Chunk:
    """Pairs that are priced together; loads[use, pair] is what one unit counts as."""

    pairs: Ints
    needs: Ints
    sites: Ints
    ratios: Floats
    loads: Floats
    serving: tuple[Ints, ...]
    last: int


@dataclass(frozen=True)
class _Paid:
    """What a unit of each pair pays on lanes and at sites by week, and is paid at its goal by day."""

    lane: Floats
    site: Floats
    arrival: Floats


@dataclass(frozen=True)
class _Worth:
    """What a unit is worth at each day and site: waiting allowed (best), moving on that very day (leave)."""

    best: Floats
    leave: Floats


@dataclass(frozen=True)
class Pricing:
    """A problem laid out for pricing again and again."""

    net: Net
    limits: Limits
    days: tuple[_Day, ...]
    chunks: tuple[_Chunk, ...]
    source_sites: Ints

    def run(self, y: Floats, payoff: Payoff, *, most: int = 2, least: float = 1e-7) -> Priced:
        """Price all columns at row prices y; give back up to `most` a pair that gain more than `least`."""
        problem = self.net.problem
        gain = np.zeros(len(problem.needs))
        found: list[Column] = []
        source = _source_prices(self, y, payoff)
        weekly = (
            self.limits.lane_weeks.prices(y, len(problem.lanes), problem.weeks),
            self.limits.site_weeks.prices(y, len(problem.sites), problem.weeks),
        )
        arrivals = _arrivals(self, y, payoff)
        for chunk in self.chunks:
            paid = _paid(chunk, arrivals, weekly, payoff)
            seen = (paid, _sweep(self, chunk, paid))
            for at, need in enumerate(chunk.needs):
                numbers, days, gains = _sources(self, chunk, at, seen, source)
                if len(gains):
                    gain[need] = max(gain[need], gains[0] / chunk.ratios[at])
                for number, day in zip(numbers[gains > least][:most], days[:most], strict=False):
                    found += [_trace(self, chunk, at, (int(number), int(day)), seen)]
        return Priced(found, gain)


def pricing(net: Net, limits: Limits) -> Pricing:
    """Lay a problem out for pricing: pairs by their last day, lanes by day."""
    problem = net.problem
    live = [number for number, sources in enumerate(net.serving) if sources and problem.days]
    live.sort(key=lambda number: (problem.needs[problem.pairs[number].need].last, number))
    live = [number for number in live if problem.needs[problem.pairs[number].need].last >= 0]
    chunks = [_chunk(net, live[first : first + _TOGETHER]) for first in range(0, len(live), _TOGETHER)]
    sites = np.array([source.site for source in problem.sources], dtype=np.int64)
    return Pricing(net, limits, tuple(_days(net)), tuple(chunks), sites)


def _chunk(net: Net, numbers: list[int]) -> _Chunk:
    """Some pairs, side by side."""
    problem = net.problem
    pairs = [problem.pairs[number] for number in numbers]
    needs = [problem.needs[pair.need] for pair in pairs]
    return _Chunk(
        pairs=np.array(numbers, dtype=np.int64),
        needs=np.array([pair.need for pair in pairs], dtype=np.int64),
        sites=np.array([need.site for need in needs], dtype=np.int64),
        ratios=np.array([pair.ratio / 10**6 for pair in pairs]),
        loads=np.array([problem.goods[pair.good].loads for pair in pairs]).T / 10**9,
        serving=tuple(np.array(net.serving[number], dtype=np.int64) for number in numbers),
        last=max(need.last for need in needs),
    )


def _days(net: Net) -> list[_Day]:
    """For each day the lanes that are open, by the site they leave."""
    order = np.lexsort((np.arange(len(net.tails)), net.tails))
    found = []
    for day in range(net.problem.days):
        lanes = order[net.lane_open[order, day]]
        tails = net.tails[lanes]
        first = np.flatnonzero(np.r_[True, tails[1:] != tails[:-1]]) if len(lanes) else lanes
        found.append(_Day(lanes, day + net.transit[lanes], net.heads[lanes], first, tails[first]))
    return found


def _source_prices(pricing: Pricing, y: Floats, payoff: Payoff) -> Floats:
    """What one unit of a source costs in each use: an array (source, use)."""
    found = np.zeros((len(pricing.net.problem.sources), len(USES)))
    found[:, 0] = -payoff.source
    for number, terms in pricing.limits.source.items():
        for row, use, factor in terms:
            found[number, use] += y[row] * factor / 10**9
    return found


def _arrivals(pricing: Pricing, y: Floats, payoff: Payoff) -> Floats:
    """What one unit of need is paid on each day, less the need's own price: an array (need, day)."""
    found = payoff.arrival.copy()
    for number, need in enumerate(pricing.net.problem.needs):
        for row, factor in pricing.limits.served.get(number, ()):
            found[number] -= y[row] * factor / 10**9
        for row, factor in pricing.limits.in_time.get(number, ()):
            found[number, : max(0, need.due + 1)] -= y[row] * factor / 10**9
        found[number, need.last + 1 :] = NEVER
        found[number, : pricing.net.problem.days][~pricing.net.site_open[need.site]] = NEVER
    return found


def _paid(chunk: _Chunk, arrivals: Floats, weekly: tuple[Floats, Floats], payoff: Payoff) -> _Paid:
    """What the pairs of a chunk pay and are paid for one unit of their good."""
    lane = np.einsum("ulw,up->lwp", weekly[0], chunk.loads)
    lane -= payoff.haul[:, None, None] * chunk.loads[USES.index("tonnes")]
    site = np.einsum("usw,up->swp", weekly[1], chunk.loads)
    return _Paid(lane, site, arrivals[chunk.needs].T * chunk.ratios)


def _sweep(pricing: Pricing, chunk: _Chunk, paid: _Paid) -> _Worth:
    """Go back day by day from the last on which any need of the chunk can be met."""
    size, sites = len(chunk.pairs), len(pricing.net.problem.sites)
    beyond = int(pricing.net.transit.max(initial=1))
    best = np.full((chunk.last + 1 + beyond, sites, size), NEVER)
    leave = np.full((chunk.last + 1, sites, size), NEVER)
    each = np.arange(size)
    for number in range(chunk.last, -1, -1):
        day = pricing.days[number]
        if len(day.lanes):
            moved = best[day.there, day.heads] - paid.lane[day.lanes, number // 7]
            moved -= paid.site[day.heads, day.there // 7]
            leave[number, day.tails] = np.maximum.reduceat(moved, day.first, axis=0)
        here = leave[number, chunk.sites, each]
        leave[number, chunk.sites, each] = np.maximum(here, paid.arrival[number])
        best[number] = np.maximum(best[number + 1], leave[number])
    return _Worth(best, leave)


def _sources(
    pricing: Pricing, chunk: _Chunk, at: int, found: tuple[_Paid, _Worth], source: Floats
) -> tuple[Ints, Ints, Floats]:
    """A pair's sources that gain, best first: their numbers, the days they leave, the gain of one unit."""
    paid, worth = found
    serving = chunk.serving[at]
    sites = pricing.source_sites[serving]
    weeks = np.arange(chunk.last + 1) // 7
    start = paid.site[sites, :, at][:, weeks]
    start[sites == chunk.sites[at]] = 0
    able = pricing.net.source_open[serving, : chunk.last + 1]
    values = np.where(able, worth.leave[:, sites, at].T - start, NEVER)
    days = values.argmax(axis=1)
    gains = values[np.arange(len(serving)), days] - source[serving] @ chunk.loads[:, at]
    order = np.lexsort((serving, -gains))
    order = order[gains[order] > 0]
    return serving[order], days[order], gains[order]


def _trace(
    pricing: Pricing, chunk: _Chunk, at: int, start: tuple[int, int], found: tuple[_Paid, _Worth]
) -> Column:
    """Follow the best way from a source on a day to the need, always the earliest."""
    paid, worth = found
    pair = pricing.net.problem.pairs[chunk.pairs[at]]
    number, day = start
    site = int(pricing.source_sites[number])
    legs: list[tuple[int, int]] = []
    while not (site == chunk.sites[at] and paid.arrival[day, at] >= worth.leave[day, site, at]):
        lane = _next(pricing, (site, day, at), found)
        legs.append((lane, day))
        site, day = int(pricing.net.heads[lane]), day + int(pricing.net.transit[lane])
        day += int(np.argmax(worth.leave[day:, site, at] >= worth.best[day, site, at]))
    return Column(pair.need, number, tuple(legs), start[1], day, pair.ratio)


def _next(pricing: Pricing, where: tuple[int, int, int], found: tuple[_Paid, _Worth]) -> int:
    """The lane by which a unit of a pair leaves a site on a day."""
    site, day, at = where
    paid, worth = found
    for lane in pricing.net.leaving[site]:
        head, there = pricing.net.heads[lane], day + int(pricing.net.transit[lane])
        if pricing.net.lane_open[lane, day]:
            value = worth.best[there, head, at] - paid.lane[lane, day // 7, at]
            if value - paid.site[head, there // 7, at] >= worth.leave[day, site, at]:
                return lane
    raise ValueError(f"no lane leaves site {site} on day {day} at the value found")
