"""Goods: the workbook's classes and items as ids of a catalogue."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from konvoi.kit.text import fold, tidy
from konvoi.model.goods import FAMILIES

# The classes of heavy weapons as folded text.
CLASSES: dict[str, str] = {
    "main battle tank mbt": "tank",
    "infantry fighting vehicle ifv": "infantry-fighting-vehicle",
    "armoured personnel carrier apc": "armoured-personnel-carrier",
    "armoured utility vehicle auv": "armoured-utility-vehicle",
    "protected patrol vehicle ppv": "protected-patrol-vehicle",
    "armoured recovery vehicle arv": "armoured-recovery-vehicle",
    "vehicle launched bridge vlb": "bridge-layer",
    "155mm howitzer": "howitzer-155mm",
    "152mm howitzer": "howitzer-152mm",
    "122mm howitzer": "howitzer-122mm",
    "105mm howitzer": "howitzer-105mm",
    "unknown howitzer": "howitzer-unknown",
    "227mm mlrs": "mlrs-227mm",
    "127mm mlrs": "mlrs-127mm",
    "122mm mlrs": "mlrs-122mm",
    "155mm howitzer ammunition": "ammunition-howitzer-155mm",
    "152mm howitzer ammunition": "ammunition-howitzer-152mm",
    "105mm": "ammunition-howitzer-105mm",
    "howitzer ammunition": "ammunition-howitzer",
    "122mm mlrs ammunition": "ammunition-mlrs-122mm",
    "mortar": "mortar",
    "mortar ammunition": "ammunition-mortar",
    "self propelled anti aircraft weapon": "anti-aircraft-gun-self-propelled",
    "anti aircraft system": "anti-aircraft-system",
    "anti aircraft system ammunition": "ammunition-anti-aircraft-system",
    "anti aircraft guns ammunition": "ammunition-anti-aircraft-gun",
    "anti ship missle system": "anti-ship-missile-system",
    "manpads": "manpads",
    "manpads ammunition": "ammunition-manpads",
    "light anti armor weapon law": "light-anti-armour-weapon",
    "light anti armor weapon law ammunition": "ammunition-light-anti-armour-weapon",
    "small arms and light weapons salw": "small-arms",
    "small arms and light weapons salw ammunition": "ammunition-small-arms",
    "recoilless rifle rr rcl": "recoilless-rifle",
    "recoilless rifle rr rcl ammunition": "ammunition-recoilless-rifle",
    "loitering munition suicide drone": "drone-loitering",
    "reconnaissance drone": "drone-reconnaissance",
    "combat drones": "drone-combat",
    "minehunter drone": "drone-minehunter",
    "unknown drone": "drone-unknown",
    "combat aircraft": "aircraft-combat",
    "transport aircraft": "aircraft-transport",
    "patrol and coastal combatants": "patrol-vessel",
    "mine vessels": "mine-vessel",
}

GROUPS: dict[str, str] = {
    "howitzer 155mm": "howitzer-155mm",
    "mlrs": "mlrs",
    "mrls": "mlrs",
    "tanks": "tank",
}
"""The ids of goods, or of families of goods, by the figures' names for them."""

_FAMILY: dict[str, str] = {
    "howitzer-155mm": "howitzer",
    "howitzer-152mm": "howitzer",
    "howitzer-122mm": "howitzer",
    "howitzer-105mm": "howitzer",
    "howitzer-unknown": "howitzer",
    "mlrs-227mm": "mlrs",
    "mlrs-127mm": "mlrs",
    "mlrs-122mm": "mlrs",
    "drone-loitering": "drone",
    "drone-reconnaissance": "drone",
    "drone-combat": "drone",
    "drone-minehunter": "drone",
    "drone-unknown": "drone",
    "aircraft-combat": "aircraft",
    "aircraft-transport": "aircraft",
    "ammunition-howitzer-155mm": "ammunition-howitzer",
    "ammunition-howitzer-152mm": "ammunition-howitzer",
    "ammunition-howitzer-105mm": "ammunition-howitzer",
    "ammunition-mlrs-122mm": "ammunition-mlrs",
}
"""The parent of each class that has one; ammunition is below no weapon: `howitzer` means the guns alone."""

_NO_CLASS = {"", "0", "other"}
_AMMUNITION = "ammunition"
_MEASURE = re.compile(r"(?P<unit>ton|liter|litre|meter|pair|pack|round)s? of (?P<rest>.+)", re.IGNORECASE)
_UNITS = {"ton": "t", "liter": "l", "litre": "l", "meter": "m", "pair": "pair", "pack": "pack"}
# The workbook marks some items with the donor or the kind of aid: "ambulance H", "helmet Austria".
_MARK = re.compile(r"\s+(?:[HMG]|US|Austria|Latvia|\((?:Spain|Latvia|Estonia|Norway)\))$")


class Good(NamedTuple):
    """A catalogue id and the unit it is counted in."""

    good: str
    unit: str


def good_of(item: str, kind: str, class_: str) -> Good:
    """The good that an item is: by its class, where it has one, else by its own name.

    >>> good_of("M777 howitzer", "Heavy weapon", "155mm howitzer")
    Good(good='howitzer-155mm', unit='piece')
    >>> good_of("ton of coal", "Humanitarian", ".")
    Good(good='coal', unit='t')
    """
    name, unit = measured(item)
    key = fold(class_)
    if key in _NO_CLASS:
        return Good(slug(name) or "unnamed", unit)
    known = CLASSES.get(key)
    if known is None:
        known = slug(re.sub(r"\(.*?\)", " ", class_))
        words = known.split("-")
        if _AMMUNITION in words or fold(kind).startswith(_AMMUNITION):
            known = "-".join([_AMMUNITION, *(word for word in words if word != _AMMUNITION)])
    return Good(known, unit)


def measured(item: str) -> tuple[str, str]:
    """An item without the unit in its name, and that unit; pieces where it names none.

    >>> measured("liter of fuel H"), measured("helmet"), measured("pair of shoes")
    (('fuel', 'l'), ('helmet', 'piece'), ('shoes', 'pair'))
    """
    text = _MARK.sub("", tidy(item))
    found = _MEASURE.fullmatch(text)
    if found and (unit := _UNITS.get(found["unit"].lower())):
        return found["rest"], unit
    return text, "piece"


def slug(text: str) -> str:
    """A readable id: folded words, joined by hyphens.

    >>> slug("Modified T-72 tank (T-72A)")
    'modified-t-72-tank-t-72a'
    """
    return fold(text).replace(" ", "-")


def families(goods: Iterable[str]) -> pl.DataFrame:
    """Return the parents of those classes among the goods that have one (konvoi.model.goods.FAMILIES)."""
    rows = [(good, _FAMILY[good]) for good in sorted(set(goods) & _FAMILY.keys())]
    return pl.DataFrame(rows, schema=FAMILIES, orient="row")
