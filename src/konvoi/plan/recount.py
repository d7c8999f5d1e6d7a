"""The audit's own count: faults of each movement, use of resources, and value."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from konvoi.kit.money import to_major
from konvoi.plan import allowed
from konvoi.plan.world import RESOURCES, Row, World, kit_weight

Key = tuple[str, str, date | None, str]
"""kind, key, week and resource of a row, as in prices.csv."""


class Fault(NamedTuple):
    """A finding's code, its column, the values of its sentence, and the leg where it is one of a leg."""

    code: str
    column: str
    values: dict[str, str]
    leg: Row | None = None


@dataclass
class Count:
    """Use of each row by the movements, and their arrivals: (served, day, step) by need."""

    taken: dict[Key, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    brought: dict[str, list[tuple[Fraction, date, Fraction]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, kind: str, key: str, week: date | None, resource: str, amount: Fraction) -> None:
        """Count an amount in a row."""
        self.taken[kind, key, week, resource] += amount


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def faults(world: World, move: Row, legs: list[Row]) -> Iterator[Fault]:
    """Yield the faults of one movement by itself."""
    need = world.needs.get(move["need"])
    good = world.goods.get(move["good"])
    if need is None or good is None:
        yield Fault("audit-unknown", "need" if need is None else "good", {})
        return
    if (move["good"], need["good"]) not in world.ratios:
        yield Fault("audit-not-allowed", "good", {"why": "the good does not serve the need"})
    step = Fraction(good["step"] if good["step"] is not None else 1)
    if move["quantity"] <= 0 or Fraction(move["quantity"]) % step:
        yield Fault("audit-not-a-step", "quantity", {"step": str(good["step"] or 1)})
    if good["least"] is not None and move["quantity"] < good["least"]:
        yield Fault("audit-least", "quantity", {"least": str(good["least"])})
    if move["arrives"] > world.last(move["need"]):
        yield Fault("audit-date", "arrives", {"expected": str(world.last(move["need"]))})
    if move["on_time"] != (move["arrives"] <= need["due"]):
        yield Fault("audit-date", "on_time", {"expected": str(move["arrives"] <= need["due"]).lower()})
    if allowed.lacks_standard(world, move["good"], need):
        yield Fault("audit-not-allowed", "good", {"why": "it lacks a mandatory standard"})
    yield from _source_faults(world, move, need)
    yield from _leg_faults(world, move, need, legs)


def _source_faults(world: World, move: Row, need: Row) -> Iterator[Fault]:
    """Yield faults of the source: it must be offered or for sale, for this need, on this day."""
    if move["offer"] is not None:
        offer = world.offers.get(move["offer"])
        if offer is None or offer["good"] != move["good"]:
            yield Fault("audit-unknown", "offer", {})
            return
        if not allowed.ready(world, offer, move["departs"]):
            yield Fault("audit-not-allowed", "departs", {"why": "the offer may not leave on that day"})
        if allowed.tied_elsewhere(world, move["offer"], need):
            yield Fault("audit-not-allowed", "need", {"why": "the offer is tied elsewhere"})
    elif order_day(world, move) is None:
        yield Fault("audit-not-allowed", "budget", {"why": "nothing that was bought could leave on that day"})


def origin(world: World, move: Row, legs: list[Row]) -> str | None:
    """The site where a movement starts."""
    if move["offer"] is not None:
        return str(world.offers[move["offer"]]["site"]) if move["offer"] in world.offers else None
    return str(legs[0]["from"]) if legs else str(world.needs[move["need"]]["site"])


def order_day(world: World, move: Row) -> date | None:
    """The latest tranche by which a purchase can have been ordered; later is easier on the budget."""
    option = world.options.get(option_key(world, move))
    if option is None:
        return None
    days = world.tranches.get(move["budget"], {})
    able = [day for day in days if allowed.bought(world, option, day, move["departs"])]
    return max(able, default=None)


def option_key(world: World, move: Row) -> tuple[str, str, str, str]:
    """Return the purchase of a movement: budget, good, supplier and the site where it was ready."""
    return (move["budget"] or "", move["good"], move["supplier"] or "", move["_from"] or "")


def _leg_faults(world: World, move: Row, need: Row, legs: list[Row]) -> Iterator[Fault]:
    """Yield faults of legs: they must lead from the source to the need, on open lanes, with their days."""
    here = move["_from"]
    day = move["departs"]
    if legs and legs[0]["departs"] != day:
        yield Fault("audit-date", "departs", {"expected": str(legs[0]["departs"])})
    for number, leg in enumerate(legs, start=1):
        lane = world.lanes.get(leg["lane"])
        if lane is None or leg["leg"] != number:
            yield Fault("audit-unknown", "lane", {}, leg)
            return
        if (leg["from"], leg["to"]) != (lane["from"], lane["to"]) or leg["from"] != here:
            yield Fault("audit-way", "from", {"expected": str(here)}, leg)
        there = leg["departs"] + timedelta(days=world.transit(leg["lane"]))
        if leg["departs"] < day or leg["arrives"] != there or leg["week"] != monday(leg["departs"]):
            yield Fault("audit-date", "arrives", {"expected": str(there)}, leg)
        if not world.start <= leg["departs"] <= leg["arrives"] <= world.end:
            yield Fault("audit-date", "departs", {"expected": f"{world.start} – {world.end}"}, leg)
        if Fraction(move["quantity"]) * world.load(move["good"], "tonnes") < (lane["least_tonnes"] or 0):
            values = {"lane": leg["lane"], "least": str(lane["least_tonnes"].normalize() + 0)}
            yield Fault("audit-least-lane", "lane", values, leg)
        if not allowed.passable(world, leg["lane"], leg["departs"], leg["arrives"]):
            yield Fault("audit-shut", "lane", {"lane": leg["lane"], "day": str(leg["departs"])}, leg)
        yield from _load_faults(world, move, leg)
        here = lane["to"]
        day = leg["arrives"]
    if here != need["site"] or (day != move["arrives"]):
        yield Fault("audit-way", "arrives", {"expected": str(need["site"])})
    if not legs and allowed.shut(world, need["site"], move["departs"]):
        yield Fault("audit-shut", "departs", {"lane": need["site"], "day": str(move["departs"])})


def _load_faults(world: World, move: Row, leg: Row) -> Iterator[Fault]:
    """Yield whether a leg states its load, to six places."""
    for resource in RESOURCES:
        exact = Fraction(move["quantity"]) * world.load(move["good"], resource)
        if Fraction(leg[resource]) != round(exact, 6):
            yield Fault("audit-load", resource, {"expected": str(float(exact))}, leg)


def count(world: World, moves: list[Row], legs: Mapping[str, list[Row]]) -> Count:
    """Return the use and deliveries of movements, exactly; only those without a fault of their own count."""
    found = Count()
    for move in moves:
        quantity = Fraction(move["quantity"])
        good = move["good"]
        ratio = world.ratios[good, world.needs[move["need"]]["good"]]
        step = Fraction(world.goods[good]["step"] or 1) * ratio
        found.brought[move["need"]].append((quantity * ratio, move["arrives"], step))
        found.add("need", move["need"], None, "quantity", quantity * ratio)
        _count_source(world, move, quantity, found)
        _count_legs(world, move, quantity, legs.get(move["movement"], []), found)
    return found


def _count_source(world: World, move: Row, quantity: Fraction, found: Count) -> None:
    """Count the use of offers, purchases, money and caps by a movement."""
    if move["offer"] is not None:
        party = world.offers[move["offer"]]["party"]
        found.add("offer", move["offer"], None, "quantity", quantity)
        found.add("stock", party, None, f"quantity of {move['good']}", quantity)
    else:
        option = world.options[option_key(world, move)]
        party = option["party"]
        found.add("purchase", "|".join(option_key(world, move)), None, "quantity", quantity)
        ordered = order_day(world, move)
        for day in world.tranches.get(move["budget"], {}):
            if ordered is not None and ordered <= day:
                found.add("budget", move["budget"], day, "money", quantity * option["price"])
    source = option if move["offer"] is None else world.offers[move["offer"]]
    for resource, load in cap_loads(world, source, move["good"]).items():
        found.add("cap", party, None, resource, quantity * load)


def _count_legs(world: World, move: Row, quantity: Fraction, legs: list[Row], found: Count) -> None:
    """Count the use of lanes and sites by a movement, week by week."""
    for kind, on, week, leg in places(legs):
        loads = {name: quantity * world.load(move["good"], name) for name in RESOURCES}
        sizes = vehicle_sizes(world, leg["lane"])
        vehicles = max((math.ceil(loads[name] / size) for name, size in sizes.items()), default=0)
        for resource in RESOURCES:
            load = vehicles * sizes[resource] if resource in sizes else loads[resource]
            found.add(kind, on, week, resource, load)


def places(legs: list[Row]) -> Iterator[tuple[str, str, date, Row]]:
    """Yield the lanes and sites at which a movement counts, in which week, and by which leg."""
    if legs:
        yield "site", legs[0]["from"], monday(legs[0]["departs"]), legs[0]
    for leg in legs:
        yield "lane", leg["lane"], monday(leg["departs"]), leg
        yield "site", leg["to"], monday(leg["arrives"]), leg


def vehicle_sizes(world: World, lane: str) -> dict[str, Fraction]:
    """Return what one vehicle of a lane carries, by resource, as far as it is stated."""
    row = world.lanes[lane]
    stated = {"tonnes": row["vehicle_tonnes"], "pallets": row["vehicle_pallets"]}
    return {name: Fraction(size) for name, size in stated.items() if size}


def cap_loads(world: World, source: Row, good: str) -> dict[str, Fraction]:
    """Return what a unit of an offer or purchase counts in the caps of its partner, by their resource.

    Two caps on the same are one limit, the smaller of them: what is sent counts in it once.
    """
    found = {}
    for cap in world.rows["caps"]:
        if cap["party"] == source["party"] and cap["good"] in {None, "", good}:
            found[cap_resource(cap)] = _cap_load(world, cap["what"], source, good)
    return found


def _cap_load(world: World, what: str, source: Row, good: str) -> Fraction:
    """Return what a unit counts: its tonnes, its value in major units of its currency, or one."""
    if what == "value":
        minor = source["unit_value"] if "unit_value" in source else source["price"]
        return Fraction(to_major(minor, source["currency"]))
    return world.load(good, "tonnes") if what == "tonnes" else Fraction(1)


def cap_resource(cap: Row) -> str:
    """Return the resource of a cap, as in prices.csv: tonnes, quantity or a currency, of all or of a good."""
    what = cap["currency"] if cap["what"] == "value" else cap["what"]
    return f"{what} of {cap['good']}" if cap["good"] else str(what)


def room(world: World) -> dict[Key, Fraction]:
    """Return the bound of each row that limits a plan."""
    found: dict[Key, Fraction] = {}
    for name, offer in world.offers.items():
        found["offer", name, None, "quantity"] = Fraction(offer["quantity"])
    for bought, option in world.options.items():
        if option["most"] is not None:
            found["purchase", "|".join(bought), None, "quantity"] = Fraction(option["most"])
    for name, need in world.needs.items():
        found["need", name, None, "quantity"] = Fraction(need["quantity"])
    for budget, days in world.tranches.items():
        for day, money in days.items():
            found["budget", budget, day, "money"] = Fraction(money)
    for cap in world.rows["caps"]:
        key: Key = ("cap", cap["party"], None, cap_resource(cap))
        most = max(Fraction(0), Fraction(cap["most"]))
        found[key] = min(most, found.get(key, most))
    for stock in world.rows["stocks"]:
        held, kept = (max(Fraction(0), Fraction(stock[name])) for name in ("stock", "floor"))
        found["stock", stock["party"], None, f"quantity of {stock['good']}"] = max(Fraction(0), held - kept)
    _weekly_room(world, found)
    return found


def priced(world: World) -> set[Key]:
    """Return the rows that may have a price: those that limit a plan, and the components of kits."""
    kits: set[Key] = {("kit", name, None, row["need"]) for name, rows in world.kits.items() for row in rows}
    return set(room(world)) | kits


def _weekly_room(world: World, found: dict[Key, Fraction]) -> None:
    """Set the capacity of lanes and sites in each week that a row touches."""
    weeks = (world.end - world.start).days // 7 + 1
    for row in world.rows["capacities"]:
        for kind, known in (("lane", world.lanes), ("site", world.sites)):
            if row["on"] not in known:
                continue
            for number in range(weeks):
                first = world.start + timedelta(weeks=number)
                last = first + timedelta(days=6)
                begins = max(row["from"] or first, first)
                ends = min(row["to"] or last, last)
                touches = begins <= ends
                for resource in RESOURCES:
                    if touches and row[resource] is not None:
                        key: Key = (kind, row["on"], first, resource)
                        most = max(Fraction(0), Fraction(row[resource]))
                        found[key] = min(most, found.get(key, most))


def worth(world: World, found: Count) -> Fraction:
    """Return the value of deliveries: units in time, a part of them late, whole kits."""
    total = Fraction(0)
    usable: dict[str, Fraction] = {}
    for name, need in world.needs.items():
        arrivals = [one for one in found.brought.get(name, ()) if one[1] <= world.last(name)]
        asked = Fraction(need["quantity"])
        if need["whole"] and sum(served for served, _, _ in arrivals) < asked:
            arrivals = []
        in_time = sum((served for served, day, _ in arrivals if day <= need["due"]), Fraction(0))
        usable[name] = min(asked, in_time)
        late = min(asked, sum((served for served, _, _ in arrivals), Fraction(0))) - usable[name]
        weight = Fraction(need["weight"]) if need["weight"] is not None else Fraction(1)
        total += weight * (usable[name] + world.credit * late)
    for rows in world.kits.values():
        sets = min(usable[row["need"]] // Fraction(row["per_kit"]) for row in rows)
        total += kit_weight(rows) * sets
    return total


def movement_costs(world: World, legs: Iterable[Row]) -> dict[str, str]:
    """Return the costs of movements that their lanes state, by currency; the value does not count them."""
    minor: dict[str, int] = defaultdict(int)
    for leg in legs:
        lane = world.lanes.get(leg["lane"])
        if lane is not None and lane["currency"] and (lane["movement_cost"] or 0) > 0:
            minor[lane["currency"]] += lane["movement_cost"]
    return {currency: format(to_major(amount, currency), "f") for currency, amount in sorted(minor.items())}


def most_kits(world: World, rows: list[Row]) -> int:
    """Return the number of kits if its needs were met."""
    return int(min(Fraction(world.needs[r["need"]]["quantity"]) // Fraction(r["per_kit"]) for r in rows))
