"""Loads of consignments by place and day, and the free room there: exact whole numbers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from konvoi.kit.days import monday
from konvoi.plan.consign import Ground
from konvoi.plan.recount import room, vehicle_sizes
from konvoi.plan.world import RESOURCES, Row

SCALE = 10**15
"""Loads are counted in parts of this size: quantities, weights and limits have six decimals, a tonne is 1,000
kg."""

WEEK = 7
DAY = 1

DAILY = tuple(f"daily_{name}" for name in RESOURCES)
"""The columns of `capacities` that limit one day, in the order of RESOURCES."""

Amount = tuple[int, ...]
"""Tonnes, pallets, kilograms of net explosive quantity, each times SCALE."""

Limit = tuple[int | None, ...]

Spot = tuple[str, str, date, int]
"""kind (lane, site), its id, first day, and how many days: a week from its Monday, or one day."""


@dataclass
class Loads:
    """Loads of consignments by spot; spots without a limit are left out.

    once: days whose limit the plan holds, too, for it is a row of one day and binds that day's whole week.
    vehicles: what one carries, by lane; 0 where it is not stated.
    """

    rooms: Mapping[Spot, Limit]
    once: frozenset[Spot]
    vehicles: Mapping[str, Amount] = field(default_factory=dict)
    of: dict[str, dict[Spot, Amount]] = field(default_factory=dict)
    at: dict[Spot, dict[str, Amount]] = field(default_factory=lambda: defaultdict(dict))
    total: dict[Spot, Amount] = field(default_factory=dict)

    def taken(self, amount: Amount, legs: Sequence[Row]) -> dict[Spot, Amount]:
        """Return the use of each limited spot on a path by a load."""
        found: dict[Spot, Amount] = {}
        for spot, lane in self._passed(legs):
            load = self._counted(amount, lane)
            found[spot] = plus(found[spot], load) if spot in found else load
        return found

    def _counted(self, amount: Amount, lane: str) -> Amount:
        """Return what a load counts as: whole vehicles where the lane says what one carries."""
        sizes = self.vehicles.get(lane)
        if sizes is None:
            return amount
        count = max(-(-load // size) for load, size in zip(amount, sizes, strict=True) if size)
        return tuple(count * size if size else load for load, size in zip(amount, sizes, strict=True))

    def _passed(self, legs: Sequence[Row]) -> Iterator[tuple[Spot, str]]:
        for (kind, on, day), lane in events(legs):
            week = (kind, on, monday(day), WEEK)
            if week in self.rooms:
                yield week, lane
            if (kind, on, day, DAY) in self.rooms:
                yield (kind, on, day, DAY), lane


def events(legs: Sequence[Row]) -> Iterator[tuple[tuple[str, str, date], str]]:
    """Yield the places and days at which a path uses room, each with the lane whose vehicles are there.

    They are its first site, each lane, and each site reached.
    """
    if legs:
        yield ("site", legs[0]["from"], legs[0]["departs"]), legs[0]["lane"]
    for leg in legs:
        yield ("lane", leg["lane"], leg["departs"]), leg["lane"]
        yield ("site", leg["to"], leg["arrives"]), leg["lane"]


def plus(one: Amount, other: Amount) -> Amount:
    """Two amounts together.

    >>> plus((1, 2), (3, 4))
    (4, 6)
    """
    return tuple(a + b for a, b in zip(one, other, strict=True))


def minus(one: Amount, other: Amount) -> Amount:
    """One amount without another."""
    return tuple(a - b for a, b in zip(one, other, strict=True))


def amount(ground: Ground, move: Row) -> Amount:
    """Return the load of a movement; zero if its good is not in the tables."""
    if move["good"] not in ground.world.goods:
        return (0,) * len(RESOURCES)
    quantity = Fraction(move["quantity"])
    return tuple(scaled(quantity * ground.world.load(move["good"], name)) for name in RESOURCES)


def scaled(number: Fraction | Decimal) -> int:
    """A number in parts of SCALE."""
    return int(Fraction(number) * SCALE)


def loads(ground: Ground) -> Loads:
    """The loads of a plan against the limits of its tables."""
    found = Loads(*_rooms(ground), _vehicles(ground))
    for name, move in ground.moves.items():
        found.of[name] = found.taken(amount(ground, move), ground.legs.get(name, []))
        for spot, taken in found.of[name].items():
            found.at[spot][name] = taken
            found.total[spot] = plus(found.total[spot], taken) if spot in found.total else taken
    return found


def _vehicles(ground: Ground) -> dict[str, Amount]:
    """Return what a vehicle carries, by lane that says so."""
    sizes = {lane: vehicle_sizes(ground.world, lane) for lane in ground.world.lanes}
    return {
        lane: tuple(scaled(stated.get(name, Fraction(0))) for name in RESOURCES)
        for lane, stated in sizes.items()
        if stated
    }


def _rooms(ground: Ground) -> tuple[dict[Spot, Limit], frozenset[Spot]]:
    """Return the limits by spot, and those of one day that also bound the plan.

    A row of `capacities` from a day to the same day also limits that day by itself; the daily columns limit
    each day of the row within the horizon.
    """
    found: dict[Spot, list[int | None]] = defaultdict(lambda: [None] * len(RESOURCES))
    for (kind, on, week, resource), limit in room(ground.world).items():
        if week is not None and kind in ("lane", "site"):
            found[kind, on, week, WEEK][RESOURCES.index(resource)] = scaled(limit)
    once = set()
    for row in ground.world.rows["capacities"]:
        most = [row[name] for name in RESOURCES]
        if row["from"] is not None and row["from"] == row["to"] and most != [None] * len(RESOURCES):
            for kind in _kinds(ground, row["on"]):
                spot: Spot = (kind, row["on"], row["from"], DAY)
                once.add(spot)
                _tighten(found[spot], most)
    for spot, daily in _daily(ground):
        _tighten(found[spot], daily)
    return {spot: tuple(limits) for spot, limits in found.items()}, frozenset(once)


def _kinds(ground: Ground, on: str) -> list[str]:
    known = (("lane", ground.world.lanes), ("site", ground.world.sites))
    return [kind for kind, rows in known if on in rows]


def _daily(ground: Ground) -> Iterator[tuple[Spot, list[Decimal | None]]]:
    """Yield the daily columns' values, day by day; plans use weeks alone."""
    start = ground.world.start
    end = ground.world.end
    for row in ground.world.rows["capacities"]:
        most = [row[name] for name in DAILY]
        if any(one is not None for one in most):
            first = max(row["from"] or start, start)
            last = min(row["to"] or end, end)
            for kind in _kinds(ground, row["on"]):
                for at in range((last - first).days + 1):
                    yield (kind, row["on"], first + timedelta(days=at), DAY), most


def _tighten(limits: list[int | None], most: Sequence[Decimal | None]) -> None:
    for at, number in enumerate(most):
        if number is not None:
            room_ = max(0, scaled(number))
            known = limits[at]
            limits[at] = room_ if known is None else min(room_, known)
