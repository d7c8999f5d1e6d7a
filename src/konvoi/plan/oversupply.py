"""Oversupplied needs: the excess under way or promised, its givers, and other needs it could serve."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.model.table import QUANTITY

Tables = Mapping[str, pl.DataFrame]
Row = dict[str, Any]

OVERSUPPLY = pl.Schema(
    {
        "need": pl.String(),
        "good": pl.String(),
        "site": pl.String(),
        "due": pl.Date(),
        "open": QUANTITY,
        "given": QUANTITY,
        "excess": QUANTITY,
        "party": pl.String(),
        "kind": pl.String(),
        "record": pl.String(),
        "committed": pl.Date(),
        "over": QUANTITY,
        "next_need": pl.String(),
        "next_quantity": QUANTITY,
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each need that is over-supplied and each supply that goes beyond it, last to commit first.

open, given, excess, over: in units of the need. next_need: the unmet need of most weight that this supply
could serve; next_quantity: how much of it, in its units; both empty where there is none."""

_CLOSED = ("met", "withdrawn", "deferred")


@dataclass(frozen=True)
class Supply:
    """A supply under way or promised: an offer, an allocation, a movement.

    site: where it is bound for, empty where that is open. ready: the first day on which it can be of use.
    committed: since when it is promised. offer: whose earmarks and standards bind it. row: where it stands.
    """

    kind: str
    record: str
    party: str
    good: str
    quantity: Decimal
    ready: date | None = None
    committed: date | None = None
    site: str = ""
    offer: str = ""
    row: Mapping[str, object] = field(default_factory=dict)

    def order(self) -> tuple[date, str]:
        """Return the sort key: first to commit first; undated supplies last."""
        return self.committed or date.max, self.record


def oversupply(
    tables: Tables, supplies: Iterable[Supply], *, lacks: Collection[tuple[str, str]] = ()
) -> pl.DataFrame:
    """Return the needs that are over-supplied (OVERSUPPLY).

    What is bound for a place or earmarked fills its needs first, then all else, first to commit first, each
    the need of most weight that it may serve: its own good, or if nobody needs that, the good it substitutes.
    lacks: offer and needed good where a mandatory standard is known to be lacking.
    """
    world = _World.of(tables, lacks)
    found: list[tuple[Supply, Row, Decimal]] = []
    for one in world.ordered(supplies):
        over = world.filled(one)
        if over:
            found.append((one, *over))
    excess: dict[str, Decimal] = defaultdict(Decimal)
    for _, need, units in found:
        excess[need["need"]] += units
    rows = [world.line(one, need, units, excess[need["need"]]) for one, need, units in found]
    rank = {need["need"]: at for at, need in enumerate(world.needs)}
    rows.sort(key=lambda row: (rank[row["need"]], -(row["committed"] or date.max).toordinal(), row["record"]))
    return pl.DataFrame(rows, schema=OVERSUPPLY)


def uses(tables: Tables, supplies: Iterable[Supply]) -> list[tuple[Supply, str, Decimal]]:
    """Return the use of supplies by the rule of `oversupply`: supply, need, amount in the need's units."""
    world = _World.of(tables, ())
    for one in world.ordered(supplies):
        world.filled(one)
    return world.uses


@dataclass
class _World:
    """Needs as they fill up, by weight, and what serves what."""

    needs: Sequence[Row]
    open: dict[str, Decimal]
    ratios: Mapping[tuple[str, str], Decimal]
    ties: Mapping[str, list[Row]]
    regions: Mapping[str, str]
    lacks: Collection[tuple[str, str]]
    uses: list[tuple[Supply, str, Decimal]] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables, lacks: Collection[tuple[str, str]]) -> "_World":
        rows = [
            row
            for row in _rows(tables, "needs")
            if (row["state"] or "validated") not in _CLOSED and row["quantity"] and row["quantity"] > 0
        ]
        ties: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(tables, "earmarks"):
            ties[row["offer"]].append(row)
        weight = {row["need"]: row["weight"] if row["weight"] is not None else Decimal(1) for row in rows}
        return cls(
            needs=sorted(rows, key=lambda row: (-weight[row["need"]], row["due"], row["need"])),
            open={row["need"]: row["quantity"] for row in rows},
            ratios={
                (r["good"], r["serves"]): r["ratio"] for r in _rows(tables, "equivalences") if r["ratio"]
            },
            ties=ties,
            regions={row["site"]: row["region"] or "" for row in _rows(tables, "sites")},
            lacks=lacks,
        )

    def ordered(self, supplies: Iterable[Supply]) -> list[Supply]:
        """Return bound or earmarked supplies first, then all others, first to commit first."""
        return sorted(supplies, key=lambda one: (not self.tied(one), *one.order()))

    def tied(self, one: Supply) -> bool:
        """Return True if a supply is earmarked, or bound for a place with a need."""
        return bool(self.ties.get(one.offer)) or any(one.site == need["site"] for need in self.needs)

    def filled(self, one: Supply) -> tuple[Row, Decimal] | None:
        """Fill the needs that a supply may serve; the last of them and what goes beyond it."""
        bound = [need for need in self.needs if one.site == need["site"] and self._may(one, need)]
        may = bound or [need for need in self.needs if self._may(one, need)]
        own = [need for need in may if need["good"] == one.good] or may
        left = one.quantity
        last = None
        for need in own:
            ratio = self._ratio(one.good, need["good"])
            used = min(self.open[need["need"]], _exact(left * ratio))
            self.open[need["need"]] -= used
            if used:
                self.uses.append((one, str(need["need"]), used))
            left -= used / ratio
            last = need
        beyond = _exact(left * self._ratio(one.good, last["good"])) if last else Decimal(0)
        return (last, beyond) if last and beyond > 0 else None

    def line(self, one: Supply, need: Row, units: Decimal, excess: Decimal) -> Row:
        """One line of OVERSUPPLY."""
        other, quantity = self._next(one, need, units)
        return {
            **{name: need[name] for name in ("need", "good", "site", "due")},
            "open": need["quantity"],
            "given": need["quantity"] - self.open[need["need"]] + excess,
            "excess": excess,
            "party": one.party,
            "kind": one.kind,
            "record": one.record,
            "committed": one.committed,
            "over": units,
            "next_need": other,
            "next_quantity": quantity,
            **{name: one.row.get(name) for name in ("marking", "_file", "_sheet", "_row")},
        }

    def _next(self, one: Supply, served: Row, units: Decimal) -> tuple[str | None, Decimal | None]:
        """The unmet need of most weight that a supply could serve with what is too much."""
        spare = units / self._ratio(one.good, served["good"])
        for need in self.needs:
            open_ = self.open[need["need"]]
            if need is not served and open_ > 0 and self._may(one, need):
                return need["need"], min(open_, _exact(spare * self._ratio(one.good, need["good"])))
        return None, None

    def _may(self, one: Supply, need: Row) -> bool:
        """Return True if a supply serves a need: good, dates, earmarks, standards."""
        in_time = one.ready is None or one.ready <= (need["last_useful"] or need["due"])
        served = self._ratio(one.good, need["good"]) > 0
        return served and in_time and self._free(one, need) and (one.offer, need["good"]) not in self.lacks

    def _free(self, one: Supply, need: Row) -> bool:
        ties = self.ties.get(one.offer, [])
        mine = {
            "need": need["need"],
            "site": need["site"],
            "region": self.regions.get(need["site"]) or None,
            "recipient": need["recipient"],
        }
        return not ties or any(mine.get(row["to"]) == row["value"] for row in ties)

    def _ratio(self, good: str, serves: str) -> Decimal:
        return Decimal(1) if good == serves else self.ratios.get((good, serves)) or Decimal(0)


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))


def _rows(tables: Tables, name: str) -> list[Row]:
    frame = tables.get(name)
    return [] if frame is None else frame.to_dicts()
