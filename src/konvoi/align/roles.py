"""Effects of hits: parts that each measure of a regime blocks, and the ownership threshold of each regime."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from konvoi.align.judging import ASKED, SAME
from konvoi.align.listing import Order


class Role(StrEnum):
    """The part that a screened party has in contracts and plans."""

    SUPPLIER = "supplier"
    CARRIER = "carrier"
    HULL = "hull"
    CONSIGNEE = "consignee"


ALL = frozenset(Role)
BLOCKS: Mapping[str, frozenset[Role]] = {
    Order.ASSET_FREEZE.value: ALL,
    Order.TRANSPORT_BAN.value: frozenset({Role.HULL}),
    Order.EXPORT_CONTROL.value: frozenset({Role.CONSIGNEE}),
}
"""Parts that measures block by default; every other measure warns."""

_SHARE = re.compile(r"\s*(>=|>)\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*")
OFF = "off"
DEFAULT = "default"


@dataclass(frozen=True)
class Share:
    """Ownership threshold in percent; whole: the threshold itself counts, too."""

    percent: Decimal
    whole: bool = True

    def reached(self, percent: Decimal) -> bool:
        """Return True if a share is enough."""
        return percent >= self.percent if self.whole else percent > self.percent

    def __str__(self) -> str:
        return f"{'>=' if self.whole else '>'} {self.percent:f}"


HALF = Share(Decimal(50))
OWNED: Mapping[str, Share | None] = {"uk": Share(Decimal(50), whole=False), DEFAULT: HALF}


@dataclass(frozen=True)
class Rules:
    """The settings of screening.

    blocks: measure, or regime and measure, to the parts in which it blocks. owned: regime to the share, None
    for never. threshold: least score that asks a person. keep_days: how long who was no hit is remembered.
    """

    blocks: Mapping[str, frozenset[Role]] = field(default_factory=lambda: dict(BLOCKS))
    owned: Mapping[str, Share | None] = field(default_factory=lambda: dict(OWNED))
    threshold: Decimal = Decimal(str(ASKED))
    keep_days: int = 365

    def blocked(self, regime: str, order: str) -> frozenset[Role]:
        """Return the parts in which a measure of a regime blocks; settings for the regime take precedence."""
        known = self.blocks.get(f"{regime} {order}")
        return self.blocks.get(order, frozenset()) if known is None else known

    def share(self, regime: str) -> Share | None:
        """Return the share of listed owners from which a regime reaches what they own."""
        return self.owned[regime] if regime in self.owned else self.owned.get(DEFAULT, HALF)

    def as_dict(self) -> dict[str, object]:
        """The settings as plain values, in one order: what a record keeps of them."""
        return {
            "threshold": str(self.threshold),
            "keep_days": self.keep_days,
            "blocks": {name: sorted(roles) for name, roles in sorted(self.blocks.items())},
            "owned": {name: str(share or OFF) for name, share in sorted(self.owned.items())},
        }


def rules(table: Mapping[str, object], regimes: tuple[str, ...]) -> Rules:
    """Return the rules in the table `screening` of konvoi.toml; `wrong` reports its faults."""
    bad = {key for key, _, _ in wrong(table, regimes)}
    blocks = dict(BLOCKS)
    owned = dict(OWNED)
    for name, roles in _table(table, "blocks").items():
        if f"blocks.{name}" not in bad and isinstance(roles, list):
            blocks[name] = frozenset(Role(one) for one in roles)
    for name, text in _table(table, "owned").items():
        if f"owned.{name}" not in bad:
            owned[name] = _share(str(text))
    plain = Rules(blocks, owned)
    threshold = table.get("threshold")
    days = table.get("keep_days")
    return Rules(
        blocks,
        owned,
        plain.threshold if threshold is None or "threshold" in bad else Decimal(str(threshold)),
        days if isinstance(days, int) and "keep_days" not in bad else plain.keep_days,
    )


def wrong(table: Mapping[str, object], regimes: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield the faults of the settings: key, value read, value expected."""
    for key in sorted(set(table) - {"threshold", "keep_days", "blocks", "owned"}):
        yield key, str(table[key]), "threshold, keep_days, blocks or owned"
    threshold = table.get("threshold", ASKED)
    if type(threshold) not in (int, float) or not ASKED <= float(str(threshold)) <= SAME:
        yield "threshold", str(threshold), f"a number from {ASKED} to {SAME}"
    days = table.get("keep_days", 0)
    if type(days) is not int or days < 0:
        yield "keep_days", str(days), "a whole number of days, 0 for not at all"
    names = {*Order, *(f"{regime} {order}" for regime in regimes for order in Order)}
    for name, roles in sorted(_table(table, "blocks").items()):
        if name not in names:
            yield f"blocks.{name}", name, "a measure, or a regime and a measure, such as: eu export control"
        elif not isinstance(roles, list) or not set(map(str, roles)) <= set(Role):
            yield f"blocks.{name}", str(roles), f"a list of {', '.join(Role)}"
    for name, text in sorted(_table(table, "owned").items()):
        if name not in (*regimes, DEFAULT):
            yield f"owned.{name}", name, f"a regime ({', '.join(regimes)}) or {DEFAULT}"
        elif text != OFF and _share(str(text)) is None:
            yield f"owned.{name}", str(text), "a share such as >= 50 or > 50, or off"


def _share(text: str) -> Share | None:
    found = _SHARE.fullmatch(text)
    percent = Decimal(found[2]) if found else None
    return Share(percent, found[1] == ">=") if found and percent is not None and percent <= 100 else None


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = table.get(name, {})
    return value if isinstance(value, dict) else {}
