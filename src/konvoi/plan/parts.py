"""The parts of a planning problem: goods, sites, lanes, needs, sources, kits and pairs of good and need.

Whole numbers stand for exact ones: quantities, steps, ratios and weights are millionths, days count from the
first day of the horizon.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Good:
    """A good of the catalogue that can be planned; loads of one unit in thousand-millionths.

    least: smallest consignment, in millionths; 0: none.
    """

    id: str
    step: int
    tonnes: int
    pallets: int
    neq: int
    codes: tuple[str, ...]
    least: int = 0

    @property
    def loads(self) -> tuple[int, int, int, int]:
        """Return the load of one unit, in the order of USES, in thousand-millionths."""
        return (10**9, self.tonnes, self.pallets, self.neq)


NEVER_ENOUGH = 2**60
"""More steps than any consignment has."""

USES = ("unit", "tonnes", "pallets", "neq_kg")
"""Units in which a good is counted on a lane, at a site or at its source."""


@dataclass(frozen=True)
class Site:
    """A place; an earmark may be tied to its `region`."""

    id: str
    region: str


@dataclass(frozen=True)
class Lane:
    """A connection from one site to another; costs in euro, 0 if they are not known.

    cost: of a tonne. movement_cost: of a movement, however large it is. least: tonnes of the smallest
    consignment, in millionths; 0: none. vehicle_tonnes, vehicle_pallets: what one vehicle carries, in
    millionths; 0: not stated.
    """

    id: str
    start: int
    end: int
    days: int
    cost: float
    carrier: str
    movement_cost: float = 0.0
    least: int = 0
    vehicle_tonnes: int = 0
    vehicle_pallets: int = 0

    @property
    def counts_vehicles(self) -> bool:
        """Return True if its capacity, and that of the sites at its ends, counts whole vehicles."""
        return bool(self.vehicle_tonnes or self.vehicle_pallets)

    def fewest_steps(self, good: Good) -> int:
        """Return the steps of the smallest consignment of a good; of one without weight none is enough."""
        step = good.tonnes * good.step
        if not self.least:
            return 1
        return -(-self.least * 10**9 // step) if step else NEVER_ENOUGH


@dataclass(frozen=True)
class Need:
    """A need: good, quantity, site; `last` is the last day on which it is of use, within the horizon."""

    id: str
    good: str
    quantity: int
    site: int
    due: int
    last: int
    weight: int
    whole: bool
    recipient: str


@dataclass(frozen=True)
class Source:
    """Origin of units: an offer, or a purchase of a budget with the money of one tranche.

    quantity None: only the money limits it. option: what is bought, whichever tranche pays.
    price: minor units of the budget's currency for one unit. ready, until: first and last day to leave.
    unit_value: what one unit counts in a cap by value, in major units of its currency; 0 if not stated.
    """

    key: str
    good: int
    site: int
    party: str
    quantity: int | None
    ready: int
    until: int | None
    offer: str = ""
    line: str = ""
    budget: str = ""
    option: str = ""
    supplier: str = ""
    order: int = 0
    price: int = 0
    cost: float = 0.0
    unit_value: Decimal = Decimal(0)


@dataclass(frozen=True)
class Tranche:
    """All the money of a budget that is there from a day on: `total` counts the earlier tranches too."""

    budget: str
    day: int
    total: int


@dataclass(frozen=True)
class Kit:
    """Needs that are usable only together: units of each for one kit."""

    id: str
    weight: int
    parts: tuple[tuple[int, int], ...]
    most: int


@dataclass(frozen=True)
class Pair:
    """A good that serves a need: `ratio` units of need for one unit."""

    need: int
    good: int
    ratio: int
