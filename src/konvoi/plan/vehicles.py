"""Vehicles that a load takes, by mode of transport; the room of each is an assumption."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

Load = Mapping[str, Decimal | None]
"""Tonnes, pallets and neq_kg; None where the catalogue does not state it."""

LORRY = {"tonnes": Decimal(20), "pallets": Decimal(33), "neq_kg": Decimal(16000)}
"""Load of one more lorry: 20 t, the 33 pallet places of a semi-trailer, 16 t of net explosive quantity."""

WAGON = {"tonnes": Decimal(60), "pallets": Decimal(32), "neq_kg": Decimal(16_000)}
"""Load of a covered wagon: 60 t, 32 pallet places, 16 t of net explosive quantity; an assumption."""

CONTAINER = {"tonnes": Decimal(26), "pallets": Decimal(24), "neq_kg": Decimal(16_000)}
"""Load of a 40-foot container: 26 t, 24 pallet places, 16 t of net explosive quantity; an assumption."""

VEHICLES: Mapping[str, tuple[str, Mapping[str, Decimal]]] = {
    "road": ("lorry", LORRY),
    "rail": ("wagon", WAGON),
    "sea": ("container", CONTAINER),
    "river": ("container", CONTAINER),
}
"""The vehicle of each mode that is counted in vehicles, and its load."""


def vehicles(mode: str | None, load: Load, stated: Load | None = None) -> int | None:
    """Return the number of whole vehicles that a load takes; None if the mode or every load is unknown.

    stated: what one carries where the lane says so; else the usual vehicle of the mode is assumed.

    >>> vehicles("road", {"tonnes": Decimal(41), "pallets": Decimal(20), "neq_kg": None})
    3
    >>> vehicles("road", {"tonnes": Decimal(1), "pallets": Decimal(34), "neq_kg": None})
    2
    >>> vehicles("road", {"tonnes": Decimal(41), "pallets": None}, {"tonnes": Decimal(41)})
    1
    >>> vehicles("air", {"tonnes": Decimal(1), "pallets": None, "neq_kg": None}) is None
    True
    """
    usual = VEHICLES[mode][1] if mode and mode in VEHICLES else {}
    most = {name: size for name, size in (stated or {}).items() if size} or usual
    known = [(amount, most[name]) for name, amount in load.items() if amount is not None and name in most]
    counts = [int((amount / each).to_integral_value(ROUND_CEILING)) for amount, each in known]
    return max(counts, default=None)
