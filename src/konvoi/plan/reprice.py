"""The audit's own proof of the bound: every consignment priced anew from the tables and prices.csv.

Floats with a safe margin: sums of at most some ten thousand products of doubles are wrong by far less than
one part in 10^10 of the bound, which is added before the comparison; the planner adds one part in 10^9.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from konvoi.plan import allowed
from konvoi.plan.attainable import Attainable
from konvoi.plan.recount import Key, cap_loads, monday, room
from konvoi.plan.world import RESOURCES, Row, World, kit_weight

Prices = Mapping[Key, float]
Vector = NDArray[np.float64]
_NEVER = -1e18
_FULL = 1e17
MARGIN = 1e-10


@dataclass(frozen=True)
class Ways:
    """The days of the horizon, and by site the lanes that leave it: id, end, days, when they are open.

    rows: how much there is of each row. No part of a step is sent where a whole one has no room.
    """

    world: World
    prices: Prices
    rows: Mapping[Key, Fraction]
    days: list[date]
    leaving: Mapping[str, list[tuple[str, str, int, list[bool]]]]

    def rents(self, kind: str, key: str, good: str) -> Vector:
        """Return the price that one unit of a good pays at a place on each day."""
        weeks = {monday(day): 0.0 for day in self.days}
        loads = {resource: self.world.load(good, resource) for resource in RESOURCES}
        for week in weeks:
            weeks[week] = sum(
                float(load) * self.prices.get((kind, key, week, resource), 0.0)
                for resource, load in loads.items()
            )
            if not all(self.fits((kind, key, week, name), good, load) for name, load in loads.items()):
                weeks[week] = _FULL
        return np.array([weeks[monday(day)] for day in self.days])

    def fits(self, key: Key, good: str, load: Fraction | int) -> bool:
        """Return True if a row has room for one step of a good, of which a unit takes so much."""
        step = Fraction(self.world.goods[good]["step"] or 1)
        return key not in self.rows or load * step <= self.rows[key]


@dataclass(frozen=True)
class _Source:
    """Origin of units: site, the days on which they may leave, the price of one."""

    site: str
    able: list[bool]
    price: float
    offer: str | None = None


def bound(world: World, prices: Prices, own: Mapping[str, Prices] | None = None) -> Fraction:
    """Return the bound that the prices prove for any plan, with a margin; at most all that can be met.

    own: what needs useful only in full pay besides, by need. A plan sends nothing to such a need, or all of
    it, and then it pays for no more of a row than there is: so much is given back to it, unit by unit.
    """
    rows = room(world)
    total = sum(price * float(rows[key]) for key, price in prices.items() if key in rows)
    can = Attainable(world, rows)
    gains = _gains(world, prices, rows, own or {})
    total += sum(
        gain * float(world.needs[need]["quantity"]) for need, gain in gains.items() if can.counts(need)
    )
    everything = can.everything
    for name, parts in world.kits.items():
        sets = can.sets(parts)
        everything += sets * kit_weight(parts)
        paid = sum(float(r["per_kit"]) * prices.get(("kit", name, None, r["need"]), 0.0) for r in parts)
        total += sets * max(0.0, float(kit_weight(parts)) - paid)
    margin = MARGIN * (1 + abs(total)) if total else 0.0
    return min(Fraction(total + margin), everything)


def _gains(
    world: World, prices: Prices, rows: Mapping[Key, Fraction], own: Mapping[str, Prices]
) -> dict[str, float]:
    """For each need the most that one unit of it gains over all prices, where anything gains."""
    days = [world.start + timedelta(days=number) for number in range((world.end - world.start).days + 1)]
    leaving = defaultdict(list)
    for lane, way in sorted(world.lanes.items()):
        transit = world.transit(lane)
        free = [
            number + transit < len(days) and allowed.passable(world, lane, day, days[number + transit])
            for number, day in enumerate(days)
        ]
        leaving[way["from"]].append((lane, way["to"], transit, free))
    ways = Ways(world, prices, rows, days, leaving)
    found: dict[str, float] = defaultdict(float)
    for name, more in sorted(own.items()):
        paid = {key: prices.get(key, 0.0) + more.get(key, 0.0) for key in prices.keys() | more.keys()}
        back = sum(price * float(rows[key]) for key, price in more.items())
        back /= float(world.needs[name]["quantity"])
        alone = Ways(world, paid, rows, days, leaving)
        serving = (good for good in world.goods if (good, world.needs[name]["good"]) in world.ratios)
        for good in sorted(serving if world.last(name) >= world.start else ()):
            for need, gain in _of_good(alone, good, [name]):
                found[need] = max(found[need], gain + back)
    for good in sorted(world.goods):
        needs = [
            name
            for name, need in world.needs.items()
            if (good, need["good"]) in world.ratios and world.last(name) >= world.start and name not in own
        ]
        for need, gain in _of_good(ways, good, needs):
            found[need] = max(found[need], gain)
    return found


def _of_good(ways: Ways, good: str, needs: list[str]) -> Iterator[tuple[str, float]]:
    """The best gain of each need that a good serves, over all its sources and days."""
    world = ways.world
    sources = [*_offers(ways, good), *_purchases(ways, good)]
    if not sources or not needs:
        return
    ratios = np.array([_ratio(world, good, need) for need in needs])
    moving = _moving(ways, good, needs, ratios)
    for source in sources:
        here = np.array([world.needs[need]["site"] == source.site for need in needs])
        start = ways.rents("site", source.site, good)
        worth = moving[source.site] - np.where(here[None, :], 0.0, start[:, None])
        best = worth[np.array(source.able, dtype=np.bool_)].max(axis=0, initial=_NEVER)
        for at, need in enumerate(needs):
            row = world.needs[need]
            apart = source.offer is not None and allowed.tied_elsewhere(world, source.offer, row)
            if not apart and not allowed.lacks_standard(world, good, row):
                yield need, float((best[at] - source.price) / ratios[at])


def _ratio(world: World, good: str, need: str) -> float:
    """Return the units of need that one unit of a good counts as: a step brings no more than is needed."""
    step = Fraction(world.goods[good]["step"] or 1)
    asked = Fraction(world.needs[need]["quantity"])
    return float(min(world.ratios[good, world.needs[need]["good"]], asked / step))


def _offers(ways: Ways, good: str) -> Iterator[_Source]:
    """The offers of a good."""
    for name, offer in sorted(ways.world.offers.items()):
        own: list[Key] = [
            ("offer", name, None, "quantity"),
            ("stock", offer["party"], None, f"quantity of {good}"),
        ]
        fits = all(ways.fits(key, good, 1) for key in own) and _cap_fits(ways, offer, good)
        if offer["good"] == good and fits:
            able = [allowed.ready(ways.world, offer, day) for day in ways.days]
            price = ways.prices.get(("offer", name, None, "quantity"), 0.0)
            price += ways.prices.get(("stock", offer["party"], None, f"quantity of {good}"), 0.0)
            yield _Source(offer["site"], able, price + _cap_price(ways, offer, good), name)


def _purchases(ways: Ways, good: str) -> Iterator[_Source]:
    """Yield the possible purchases of a good, once for each tranche: it and all later ones are charged."""
    for key, option in sorted(ways.world.options.items()):
        if option["good"] != good:
            continue
        fixed = ways.prices.get(("purchase", "|".join(key), None, "quantity"), 0.0)
        fixed += _cap_price(ways, option, good)
        if not (ways.fits(("purchase", "|".join(key), None, "quantity"), good, 1)):
            continue
        if not _cap_fits(ways, option, good):
            continue
        tranches = ways.world.tranches.get(option["budget"], {})
        for order in tranches:
            charged = [day for day in tranches if order <= day]
            paid = [("budget", option["budget"], day, "money") for day in charged]
            if not all(ways.fits(key, good, option["price"]) for key in paid):
                continue
            money = sum(ways.prices.get(("budget", option["budget"], day, "money"), 0.0) for day in charged)
            able = [allowed.bought(ways.world, option, order, day) for day in ways.days]
            yield _Source(option["site"], able, fixed + money * option["price"])


def _cap_price(ways: Ways, source: Row, good: str) -> float:
    """Return the price that one unit pays to the caps of its partner, each cap once."""
    party = source["party"]
    loads = cap_loads(ways.world, source, good)
    return sum(float(load) * ways.prices.get(("cap", party, None, name), 0.0) for name, load in loads.items())


def _cap_fits(ways: Ways, source: Row, good: str) -> bool:
    """Return True if one step of a good fits under all caps of its partner."""
    party = source["party"]
    loads = cap_loads(ways.world, source, good)
    return all(ways.fits(("cap", party, None, name), good, load) for name, load in loads.items())


def _moving(ways: Ways, good: str, needs: list[str], ratios: Vector) -> dict[str, Vector]:
    """Return by site, day and need the value of a unit that moves on, or is handed over, on that day."""
    world = ways.world
    size = len(ways.days)
    paid = np.array([_paid(ways, need) for need in needs]).T * ratios
    moving = {site: np.full((size, len(needs)), _NEVER) for site in world.sites}
    waiting = {site: np.full((size + 1, len(needs)), _NEVER) for site in world.sites}
    rent = {lane: ways.rents("lane", lane, good) for lane in world.lanes}
    handling = {site: ways.rents("site", site, good) for site in world.sites}
    goals = defaultdict(list)
    for at, need in enumerate(needs):
        goals[world.needs[need]["site"]].append(at)
    for number in range(size - 1, -1, -1):
        for site in world.sites:
            best = moving[site][number]
            for lane, end, transit, free in ways.leaving.get(site, ()):
                if free[number]:
                    there = number + transit
                    np.maximum(
                        best, waiting[end][there] - (rent[lane][number] + handling[end][there]), out=best
                    )
            if goals[site] and not allowed.shut(world, site, ways.days[number]):
                best[goals[site]] = np.maximum(best[goals[site]], paid[number][goals[site]])
            waiting[site][number] = np.maximum(waiting[site][number + 1], best)
    return moving


def _paid(ways: Ways, name: str) -> list[float]:
    """Return the payment for a unit of a need on each day, less its price, with kits' payments in time."""
    world = ways.world
    prices = ways.prices
    need = world.needs[name]
    last = world.last(name)
    weight = 1.0 if need["weight"] is None else float(need["weight"])
    price = prices.get(("need", name, None, "quantity"), 0.0)
    kits = sum(prices.get(("kit", kit, None, name), 0.0) for kit in world.kits)
    late = weight * float(world.credit) - price
    return [
        _NEVER if day > last else (weight + kits - price if day <= need["due"] else late) for day in ways.days
    ]
