"""Reasons for each change of a rolling plan from last week's plan."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl

from konvoi.plan.difference import MOVES, Difference
from konvoi.plan.frozen import Broken, Split
from konvoi.plan.plan import Plan
from konvoi.plan.world import Row

ROLL_CHANGES = pl.Schema({**MOVES, "reason": pl.String(), "values": pl.String()})
"""One line for each movement that is not as in last week's plan: the columns of konvoi.plan.difference.MOVES,
the code of its reason and, as a JSON object, the values of the sentence of the reason."""

REASONS: dict[str, str] = {
    "not-dispatched": "It should have left on {day}; {quantity} of it was not reported as dispatched.",
    "need-gone": "The need is no longer planned.",
    "good-gone": "The good is no longer planned.",
    "offer-gone": "The offer is no longer planned.",
    "lane-gone": "A lane of its route is no longer planned.",
    "not-accepted": "The good no longer serves the need or does not meet a mandatory standard.",
    "earmarked": "The offer is now tied to another need.",
    "not-ready": "The offer may not leave on that day any more: not ready, not approved, blocked or lapsed.",
    "not-bought-in-time": "The purchase can no longer leave on that day.",
    "step-changed": "The smallest quantity of the good has changed.",
    "too-small": "It is less than the smallest consignment of its good or of a lane.",
    "shut": "{place} is shut on {day}.",
    "too-late": "Arrives after {day}, the last useful day.",
    "route-changed": "Travel time changed.",
    "limit": "There is no longer room for it: {kind} {key} {week}, {resource}.",
    "replaces": "Replaces {movement}, which is no longer feasible.",
    "less-needed": "The need asks for less than before.",
    "for-need": "A different plan covers more: {need} gains {value}.",
    "better": "A different plan covers more in total.",
    "room": "What else changes leaves room for it.",
}
"""The sentence of each reason (a message id), filled from the values of a change."""


@dataclass(frozen=True)
class _Ground:
    """The split of last week's plan, that plan, and the difference of the new one from it."""

    split: Split
    before: Plan
    found: Difference

    @cached_property
    def gains(self) -> Mapping[str, Row]:
        """Return the needs that gain, by id."""
        rows = self.found.needs.filter(pl.col("value") > 0).iter_rows(named=True)
        return {row["need"]: row for row in rows}

    @cached_property
    def lost(self) -> Mapping[str, str]:
        """Return the movement that broke, by the need that it served; of several the first by id."""
        needs = dict(self.before.movements.select("movement", "need").iter_rows())
        return {needs[one]: one for one in sorted(self.split.broken, reverse=True) if one in needs}

    @cached_property
    def asked(self) -> Mapping[str, Decimal]:
        """Return the quantity of each need whose deliveries change."""
        return dict(self.found.needs.select("need", "quantity").iter_rows())

    @cached_property
    def sent(self) -> Mapping[str, Decimal]:
        """Return the quantity that last week's plan sends to each need."""
        rows = self.before.movements.group_by("need").agg(pl.col("quantity").sum())
        return dict(rows.iter_rows())


def with_reasons(split: Split, before: Plan, found: Difference) -> pl.DataFrame:
    """Return the changes of a rolling plan with their reasons: ROLL_CHANGES.

    before: last week's plan without what has gone; found: the difference of the new plan from it.
    """
    ground = _Ground(split, before, found)
    rows = [row | _told(*_reason(ground, row)) for row in found.moves.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=ROLL_CHANGES) if rows else pl.DataFrame(schema=ROLL_CHANGES)


def _told(code: str, values: Mapping[str, str]) -> dict[str, str]:
    """The columns of a reason."""
    return {"reason": code, "values": json.dumps(dict(values), sort_keys=True, ensure_ascii=False)}


def _reason(ground: _Ground, row: Row) -> Broken:
    """The reason of one change: a movement that broke, one that stands for it, or a better plan."""
    old = row["instead"] if row["change"] == "changed" and row["instead"] else row["movement"]
    if old in ground.split.broken:
        return ground.split.broken[old]
    lost = ground.lost.get(row["need"])
    if row["change"] == "new":
        if lost:
            return Broken("replaces", {"movement": lost})
        gain = ground.gains.get(row["need"])
        return _for_need(gain) if gain else Broken("room", {})
    if _asks_less(ground, row["need"]):
        return Broken("less-needed", {})
    if lost:
        return Broken("replaces", {"movement": lost})
    gains = ground.gains
    own = gains.get(row["need"])
    best = own or max(gains.values(), key=lambda one: (one["value"], one["need"]), default=None)
    return _for_need(best) if best else Broken("better", {})


def _for_need(gain: Row) -> Broken:
    """The reason that a need gains."""
    return Broken("for-need", {"need": gain["need"], "value": format(gain["value"].normalize() + 0, "f")})


def _asks_less(ground: _Ground, need: str) -> bool:
    """Return True if a need asks for less than last week's plan sends to it."""
    asked = ground.asked.get(need)
    return asked is not None and asked < ground.sent.get(need, 0)
