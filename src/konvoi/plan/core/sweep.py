"""Pricing, compiled: for prices of all rows, what a unit is worth where it stands, and the best consignments.

Backwards day by day over the sites that lead to a destination, for SIDE pairs at a time. It is exact for
waiting, closures, rents of lanes and sites, and lateness.
"""

import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.chunks import SIDE, Chunks
from konvoi.plan.core.field import LEGS, Small, Ways
from konvoi.plan.core.market import FULL, LEAST, NEVER, Found, Market, Sheet
from konvoi.plan.net import Floats

_WEEK = 7


@compiled
def sweep(market: Market, chosen: Small, found: Found) -> None:
    """Price the chosen chunks; what gains more than LEAST goes into `found`, each pair into its own cells."""
    chunks = market.chunks
    desk = _desk(chunks)
    for turn in range(len(chosen)):
        c = chosen[turn]
        sheet = _worth(market, c, desk)
        _best_sources(market, sheet, found, c)
        for at in range(chunks.first[c + 1] - chunks.first[c]):
            pair = chunks.pairs[chunks.first[c] + at]
            for slot in range(found.source.shape[1]):
                if found.source[pair, slot] >= 0:
                    _trace(market, sheet, found, (at, pair, slot))


@compiled
def _desk(chunks: Chunks) -> tuple[Floats, Floats, Floats]:
    """Room for the work of any chunk: what is written anew for each."""
    days = 1
    sites = 1
    for c in range(len(chunks.goal)):
        days = max(days, chunks.high[c] - chunks.low[c] + 1)
        sites = max(sites, chunks.reach[chunks.goal[c] + 1] - chunks.reach[chunks.goal[c]])
    shape = (days, sites, SIDE)
    return np.empty(shape), np.empty(shape), np.empty(shape)


@compiled
def _worth(market: Market, c: int, desk: tuple[Floats, Floats, Floats]) -> Sheet:
    """Return the value of a unit of each pair of a chunk, by day and site."""
    ground = market.ground
    chunks = market.chunks
    goal = chunks.goal[c]
    low = chunks.low[c]
    high = chunks.high[c]
    base = chunks.reach[goal]
    days = high - low + 1
    sites = chunks.reach[goal + 1] - base
    leave, reach, start = desk
    loads = np.zeros((4, SIDE))
    goods = np.zeros(SIDE, dtype=np.int32)
    for at in range(chunks.first[c + 1] - chunks.first[c]):
        goods[at] = ground.pairs.good[chunks.pairs[chunks.first[c] + at]]
    pay = np.full((days, SIDE), NEVER)
    _paid(market, c, loads, pay)
    lanes = chunks.leaving[base + sites] - chunks.leaving[base]
    rent = np.zeros((lanes, SIDE))
    handling = np.zeros((sites, SIDE))
    place = np.full(len(ground.ways.first) - 1, -1, dtype=np.int32)
    for at in range(sites):
        place[chunks.sites[base + at]] = at
    sheet = Sheet(leave, reach, start, loads, goods, low, high, base, place)
    best = np.full((2, sites, SIDE), NEVER)
    for week in range(high // _WEEK, low // _WEEK - 1, -1):
        _rents(market, sheet, week, rent, handling)
        span = (max(low, week * _WEEK), min(high, week * _WEEK + _WEEK - 1))
        _back(ground.ways, chunks, sheet, span, (rent, handling, best, pay))
    return sheet


@compiled
def _back(
    ways: Ways,
    chunks: Chunks,
    sheet: Sheet,
    span: tuple[int, int],
    work: tuple[Floats, Floats, Floats, Floats],
) -> None:
    """Go back over the days of a week; best[0, site, pair]: a unit that waits, best[1, …]: one that goes."""
    rent, handling, best, pay = work
    leave = sheet.leave
    reach = sheet.reach
    start = sheet.start
    low = sheet.low
    high = sheet.high
    first = chunks.leaving[sheet.base]
    leaving = chunks.leaving
    lanes = chunks.lanes
    ends = chunks.ends
    free = ways.open
    takes = ways.days
    for day in range(span[1], span[0] - 1, -1):
        i = day - low
        for at in range(len(handling)):
            for b in range(SIDE):
                leave[i, at, b] = pay[i, b] if at == 0 else NEVER
            for k in range(leaving[sheet.base + at], leaving[sheet.base + at + 1]):
                there = day + takes[lanes[k]]
                if there <= high and free[day, lanes[k]]:
                    j = there - low
                    end = ends[k]
                    r = k - first
                    for b in range(SIDE):
                        x = reach[j, end, b] - rent[r, b]
                        leave[i, at, b] = x if x > leave[i, at, b] else leave[i, at, b]
            for b in range(SIDE):
                x = leave[i, at, b]
                y = x if at == 0 else x - handling[at, b]
                best[0, at, b] = x if x > best[0, at, b] else best[0, at, b]
                best[1, at, b] = y if y > best[1, at, b] else best[1, at, b]
                reach[i, at, b] = best[0, at, b] - handling[at, b]
                start[i, at, b] = best[1, at, b]


@compiled
def _rents(market: Market, sheet: Sheet, week: int, rent: Floats, handling: Floats) -> None:
    """Write the rent that a unit of each pair pays on each lane, and the handling at each site, in a week."""
    chunks = market.chunks
    prices = market.prices
    first = chunks.leaving[sheet.base]
    loads = sheet.loads
    goods = sheet.goods
    fits = market.ground.fits
    for r in range(len(rent)):
        lane = chunks.lanes[first + r]
        p = prices.lane[week, lane]
        h = prices.haul[lane]
        for b in range(SIDE):
            rent[r, b] = (
                p[0] * loads[0, b] + (p[1] - h) * loads[1, b] + p[2] * loads[2, b] + p[3] * loads[3, b]
            )
            if not fits.lane[week, lane, goods[b]]:
                rent[r, b] = FULL
    for at in range(len(handling)):
        site = chunks.sites[sheet.base + at]
        p = prices.site[week, site]
        for b in range(SIDE):
            handling[at, b] = (
                p[0] * loads[0, b] + p[1] * loads[1, b] + p[2] * loads[2, b] + p[3] * loads[3, b]
            )
            if not fits.site[week, site, goods[b]]:
                handling[at, b] = FULL


@compiled
def _paid(market: Market, c: int, loads: Floats, pay: Floats) -> None:
    """The loads of a chunk's pairs, and what a unit of each is paid at its destination by day."""
    ground = market.ground
    chunks = market.chunks
    prices = market.prices
    low = chunks.low[c]
    for at in range(chunks.first[c + 1] - chunks.first[c]):
        pair = chunks.pairs[chunks.first[c] + at]
        need = ground.pairs.need[pair]
        ratio = ground.pairs.ratio[pair]
        for use in range(4):
            loads[use, at] = ground.pairs.loads[pair, use]
        for day in range(low, ground.wants.last[need] + 1):
            if ground.ways.site[chunks.goal[c], day]:
                price = prices.need[need]
                if day <= ground.wants.due[need]:
                    price += prices.kit[need]
                pay[day - low, at] = ratio * (prices.arrival[need, day] - price)


@compiled
def _best_sources(market: Market, sheet: Sheet, found: Found, c: int) -> None:
    """For each pair of a chunk the sources that gain most, best first, the first of equals."""
    ground = market.ground
    chunks = market.chunks
    prices = market.prices
    pairs = ground.pairs
    wants = ground.wants
    stock = ground.stock
    sources = pairs.sources
    loads = pairs.loads
    cost = prices.source
    place = sheet.place
    fits = ground.fits.source
    start = sheet.start
    site = stock.site
    opens = stock.first
    ends = stock.last
    ragged = stock.ragged
    low = sheet.low
    high = sheet.high
    for at in range(chunks.first[c + 1] - chunks.first[c]):
        pair = chunks.pairs[chunks.first[c] + at]
        last = wants.last[pairs.need[pair]]
        top = 0.0
        found.source[pair] = -1
        found.gain[pair] = LEAST
        for k in range(pairs.first[pair], pairs.first[pair + 1]):
            source = sources[k]
            local = place[site[source]]
            if opens[source] > last or local < 0 or not fits[source]:
                continue
            day = -1
            if ragged[source] or ends[source] < high:
                gain, day = _ragged(market, sheet, (source, local, at))
            else:
                gain = start[max(opens[source] - low, 0), local, at]
            for use in range(4):
                gain -= cost[source, use] * loads[pair, use]
            top = max(top, gain)
            if gain > found.gain[pair, -1]:
                _insert(found, pair, gain, source, day)
        found.best[pair] = top / pairs.ratio[pair]


@compiled
def _insert(found: Found, pair: int, gain: float, source: int, day: int) -> None:
    """Put a consignment in its place among the best of its pair."""
    slot = found.source.shape[1] - 1
    while slot > 0 and found.gain[pair, slot - 1] < gain:
        found.gain[pair, slot] = found.gain[pair, slot - 1]
        found.source[pair, slot] = found.source[pair, slot - 1]
        found.departs[pair, slot] = found.departs[pair, slot - 1]
        slot -= 1
    found.gain[pair, slot] = gain
    found.source[pair, slot] = source
    found.departs[pair, slot] = day


@compiled
def _ragged(market: Market, sheet: Sheet, which: tuple[int, int, int]) -> tuple[float, int]:
    """Return the value of a unit that may leave its source on some days only, and the best of these days."""
    stock = market.ground.stock
    source, local, at = which
    best = NEVER
    when = -1
    for day in range(max(stock.first[source], sheet.low), min(stock.last[source], sheet.high) + 1):
        if stock.open[source, day]:
            worth = sheet.leave[day - sheet.low, local, at] - _handled(market, sheet, (day, local, at))
            if worth > best:
                best = worth
                when = day
    return best, when


@compiled
def _handled(market: Market, sheet: Sheet, where: tuple[int, int, int]) -> float:
    """Return the payment of a unit for handling at its origin; zero at its destination."""
    chunks = market.chunks
    prices = market.prices
    day, local, at = where
    if local == 0:
        return 0.0
    site = chunks.sites[sheet.base + local]
    if not market.ground.fits.site[day // _WEEK, site, sheet.goods[at]]:
        return FULL
    p = prices.site[day // _WEEK, site]
    loads = sheet.loads
    paid: float = p[0] * loads[0, at] + p[1] * loads[1, at] + p[2] * loads[2, at] + p[3] * loads[3, at]
    return paid


@compiled
def _trace(market: Market, sheet: Sheet, found: Found, which: tuple[int, int, int]) -> None:
    """Follow the best path of a consignment from its source to its need, always the earliest, without
    circles.

    What reaches its destination stays; what would come back to a site waits there instead: neither costs
    more. Only to where it set out from may it return, for on a later day it might not be let go.
    """
    ground = market.ground
    at, pair, slot = which
    source = found.source[pair, slot]
    local = sheet.place[ground.stock.site[source]]
    day = found.departs[pair, slot]
    if day < 0:
        day = max(ground.stock.first[source], sheet.low)
        worth = sheet.start[day - sheet.low, local, at]
        while sheet.leave[day - sheet.low, local, at] - _handled(market, sheet, (day, local, at)) < worth:
            day += 1
    found.departs[pair, slot] = day
    legs = 0
    came = np.empty(LEGS, dtype=np.int32)
    while local != 0:
        lane, end = _next(market, sheet, (day, local, at))
        if lane < 0:
            break
        if legs == LEGS:
            found.source[pair, slot] = -1
            break
        found.lane[pair, slot, legs] = lane
        found.day[pair, slot, legs] = day
        came[legs] = local
        legs += 1
        day = day + ground.ways.days[lane]
        local = end
        for before in range(1, legs):
            if came[before] == local:
                legs = before
                break
        best = NEVER
        for later in range(day, sheet.high + 1):
            best = max(best, sheet.leave[later - sheet.low, local, at])
        while local != 0 and sheet.leave[day - sheet.low, local, at] < best:
            day += 1
    found.legs[pair, slot] = legs
    found.arrives[pair, slot] = day


@compiled
def _next(market: Market, sheet: Sheet, where: tuple[int, int, int]) -> tuple[int, int]:
    """The lane by which a unit leaves a site on a day and the site it reaches; -1 where it is handed over."""
    ground = market.ground
    chunks = market.chunks
    prices = market.prices
    day, local, at = where
    worth = sheet.leave[day - sheet.low, local, at]
    week = day // _WEEK
    loads = sheet.loads
    for k in range(chunks.leaving[sheet.base + local], chunks.leaving[sheet.base + local + 1]):
        lane = chunks.lanes[k]
        there = day + ground.ways.days[lane]
        fits = ground.fits.lane[week, lane, sheet.goods[at]]
        if there <= sheet.high and ground.ways.open[day, lane] and fits:
            p = prices.lane[week, lane]
            h = prices.haul[lane]
            rent = p[0] * loads[0, at] + (p[1] - h) * loads[1, at] + p[2] * loads[2, at] + p[3] * loads[3, at]
            if sheet.reach[there - sheet.low, chunks.ends[k], at] - rent >= worth:
                return lane, chunks.ends[k]
    return -1, local
