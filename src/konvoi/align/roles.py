"""Effects of hits: parts that each measure of a regime blocks, and the ownership threshold of each regime."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from konvoi.align.listing import Order
from konvoi.align.probability_limits import ASKED, SAME
from konvoi.align.thresholds import OWNED, Share, rule


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
class Rules:
    """The settings of screening.

    blocks: measure, or regime and measure, to the parts in which it blocks. owned: regime to its rules, each
    with its days; None for never. threshold: least score that asks a person. keep_days: how long who was no
    hit is remembered.
    """

    blocks: Mapping[str, frozenset[Role]] = field(default_factory=lambda: dict(BLOCKS))
    owned: Mapping[str, tuple[Share, ...] | None] = field(default_factory=lambda: dict(OWNED))
    threshold: Decimal = Decimal(str(ASKED))
    keep_days: int = 365

    def blocked(self, regime: str, order: str) -> frozenset[Role]:
        """Return the parts in which a measure of a regime blocks; settings for the regime take precedence."""
        known = self.blocks.get(f"{regime} {order}")
        return self.blocks.get(order, frozenset()) if known is None else known

    def share(self, regime: str, on: date) -> Share | None:
        """Return the rule by which a regime reaches on a day what listed owners hold; None for never."""
        found = self.owned[regime] if regime in self.owned else self.owned.get(DEFAULT, ())
        return None if found is None else rule(found, on)

    def as_dict(self) -> dict[str, object]:
        """The settings as plain values, in one order: what a record keeps of them."""
        return {
            "threshold": str(self.threshold),
            "keep_days": self.keep_days,
            "blocks": {name: sorted(roles) for name, roles in sorted(self.blocks.items())},
            "owned": {name: _told(shares) for name, shares in sorted(self.owned.items())},
        }


def rules(table: Mapping[str, object], regimes: tuple[str, ...]) -> Rules:
    """Return the rules in the table `screening` of konvoi.toml; `wrong` reports its faults."""
    bad = {key for key, _, _ in wrong(table, regimes)}
    blocks = dict(BLOCKS)
    # A default in the settings takes the place of every rule but that of the United Kingdom.
    stays = {"uk"} if DEFAULT in _table(table, "owned") else set(OWNED)
    owned: dict[str, tuple[Share, ...] | None] = {name: OWNED[name] for name in OWNED if name in stays}
    for name, roles in _table(table, "blocks").items():
        if f"blocks.{name}" not in bad and isinstance(roles, list):
            blocks[name] = frozenset(Role(one) for one in roles)
    for name, text in _table(table, "owned").items():
        if f"owned.{name}" not in bad:
            share = _share(str(text))
            alone = any(not one.added for one in OWNED.get(name, ())[-1:])
            owned[name] = None if share is None else (replace(share, added=not alone),)
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


def _told(shares: Sequence[Share] | None) -> str:
    """Return the rules of a regime as a text: `> 50 until 2024-07-02; >= 50 since 2024-07-03`."""
    if shares is None:
        return OFF
    return "; ".join(
        f"{one}{'' if one.added else ' alone'}"
        f"{f' since {one.since}' if one.since else ''}{f' until {one.until}' if one.until else ''}"
        for one in shares
    )


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = table.get(name, {})
    return value if isinstance(value, dict) else {}
