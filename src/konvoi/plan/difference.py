"""Differences between two plans: needs and kits gained and lost, consignments gone, new and changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.model.table import QUANTITY
from konvoi.plan.plan import Plan

Row = dict[str, Any]

NEEDS = pl.Schema(
    {
        "need": pl.String(),
        "good": pl.String(),
        "site": pl.String(),
        "due": pl.Date(),
        "quantity": QUANTITY,
        "before": QUANTITY,
        "after": QUANTITY,
        "late_before": QUANTITY,
        "late_after": QUANTITY,
        "value": QUANTITY,
        "cause": pl.String(),
        "parameters": pl.String(),
    }
)
"""One line for each need whose deliveries, or late deliveries, change: units of need in time and late, before
and after. value: what its own units are worth more, kits left out. cause: that of the rest after."""

KITS = pl.Schema(
    {
        "kit": pl.String(),
        "before": pl.Int64(),
        "after": pl.Int64(),
        "value": QUANTITY,
    }
)
"""One line for each kit of which more or fewer sets come whole and in time; value: of the change."""

MOVES = pl.Schema(
    {
        "change": pl.String(),
        "act": pl.Date(),
        "movement": pl.String(),
        "instead": pl.String(),
        "need": pl.String(),
        "good": pl.String(),
        "offer": pl.String(),
        "budget": pl.String(),
        "supplier": pl.String(),
        "quantity_before": QUANTITY,
        "quantity": QUANTITY,
        "departs_before": pl.Date(),
        "departs": pl.Date(),
        "arrives_before": pl.Date(),
        "arrives": pl.Date(),
        "way_before": pl.String(),
        "way": pl.String(),
    }
)
"""One line for each consignment that does not stay as it is; change: gone, new or changed; act: the first day
on which something else is done; instead: the id of the one that it replaces; way: lanes, parted by blanks."""

_NOTHING = Decimal(0)
_SOURCE = ("offer", "budget", "supplier", "need", "good")


@dataclass(frozen=True)
class Difference:
    """The difference of two plans.

    kept: how many consignments of the earlier plan stay: the same quantity of a source for a need, by the
    same route, in the same week and as punctual, in one consignment or in several.
    """

    value: Decimal
    needs: pl.DataFrame
    kits: pl.DataFrame
    moves: pl.DataFrame
    kept: int

    def counts(self) -> dict[str, int]:
        """Needs and kits gained and lost, consignments kept, gone, new and changed.

        A need whose units are worth nothing by themselves, as those of a kit, gains or loses by its units.
        """
        units = pl.col("after") + pl.col("late_after") - pl.col("before") - pl.col("late_before")
        more = self.needs.select(pl.when(pl.col("value") != 0).then("value").otherwise(units).sign())
        changes = self.moves["change"]
        moved = {name: int((changes == name).sum()) for name in ("gone", "new", "changed")}
        sides = {"needs": more.to_series(), "kits": self.kits["after"] - self.kits["before"]}
        return {
            "gained": int((sides["needs"] > 0).sum()),
            "lost": int((sides["needs"] < 0).sum()),
            "kits_gained": int((sides["kits"] > 0).sum()),
            "kits_lost": int((sides["kits"] < 0).sum()),
            "kept": self.kept,
        } | moved


def difference(
    before: Plan, after: Plan, tables: Mapping[str, pl.DataFrame], *, to_the_day: bool = False
) -> Difference:
    """Return the differences of `after` from `before`; tables: those of the problem that `after` solves.

    to_the_day: whether a consignment that leaves on another day of the same week has changed.
    """
    found = _moves(before, after, to_the_day=to_the_day)
    moves = sorted(found, key=lambda row: (row["act"], row["need"], row["movement"]))
    return Difference(
        value=after.value - before.value,
        needs=pl.DataFrame(list(_needs(before, after, tables)), schema=NEEDS).sort("value", "need"),
        kits=pl.DataFrame(list(_kits(before, after, tables)), schema=KITS).sort("value", "kit"),
        moves=pl.DataFrame(moves, schema=MOVES),
        kept=before.movements.height - sum(row["change"] != "new" for row in moves),
    )


def _needs(before: Plan, after: Plan, tables: Mapping[str, pl.DataFrame]) -> Iterator[Row]:
    """Yield the needs whose deliveries change."""
    old = _Met.of(before)
    new = _Met.of(after)
    horizon = tables["horizon"]["late_credit"]
    stated = horizon[0] if len(horizon) else None
    credit = Decimal("0.5") if stated is None else stated
    for row in tables["needs"].sort("need").unique("need", keep="first", maintain_order=True).to_dicts():
        need = row["need"]
        asked = row["quantity"]
        was = old.units(need, asked)
        now = new.units(need, asked)
        if was == now:
            continue
        weight = Decimal(1) if row["weight"] is None else row["weight"]
        cause, parameters = new.cause(need)
        yield {
            **{name: row[name] for name in ("need", "good", "site", "due", "quantity")},
            "before": was[0],
            "after": now[0],
            "late_before": was[1],
            "late_after": now[1],
            "value": round(weight * (now[0] - was[0] + credit * (now[1] - was[1])), 6),
            "cause": cause,
            "parameters": parameters,
        }


def _kits(before: Plan, after: Plan, tables: Mapping[str, pl.DataFrame]) -> Iterator[Row]:
    """Yield the kits of which more or fewer sets come; a kit with an unknown need does not count."""
    kits = tables.get("kits")
    if kits is None or kits.is_empty():
        return
    plans = (_Met.of(before), _Met.of(after))
    asked = dict(tables["needs"].select("need", "quantity").iter_rows())
    for kit, rows in kits.sort("kit", "need").group_by("kit", maintain_order=True):
        parts = rows.to_dicts()
        needs = {row["need"] for row in parts}
        if not needs <= asked.keys() or any((row["per_kit"] or 0) <= 0 for row in parts):
            continue
        was, now = (
            min(int(plan.units(row["need"], asked[row["need"]])[0] // row["per_kit"]) for row in parts)
            for plan in plans
        )
        if was != now:
            weight = max((row["weight"] for row in parts if row["weight"] is not None), default=Decimal(1))
            yield {"kit": kit[0], "before": was, "after": now, "value": round(weight * (now - was), 6)}


@dataclass(frozen=True)
class _Met:
    """Units of each planned need that do not arrive in time, by cause."""

    lacking: Mapping[str, list[tuple[str, Decimal, str]]]
    planned: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> "_Met":
        lacking = defaultdict(list)
        rows = plan.unmet.sort("need", "cause").select("need", "quantity", "cause", "parameters")
        for need, quantity, cause, parameters in rows.iter_rows():
            lacking[need].append((cause, quantity, parameters))
        return cls(lacking, frozenset({*lacking, *plan.movements["need"].drop_nulls()}))

    def units(self, need: str, asked: Decimal | None) -> tuple[Decimal, Decimal]:
        """Return the units of a need that arrive in time, and those that arrive late."""
        if need not in self.planned or asked is None:
            return _NOTHING, _NOTHING
        rows = self.lacking.get(need, [])
        late = sum((quantity for cause, quantity, _ in rows if cause == "arrives-late"), _NOTHING)
        return max(_NOTHING, asked - sum((quantity for _, quantity, _ in rows), _NOTHING)), late

    def cause(self, need: str) -> tuple[str | None, str | None]:
        """Return the cause of most of a need's gap or, if all of it arrives, of its lateness."""
        lacking = self.lacking.get(need, [])
        rows = [row for row in lacking if row[0] != "arrives-late"] or lacking
        cause, _, parameters = max(rows, key=lambda row: row[1], default=(None, _NOTHING, None))
        return cause, parameters


def _moves(before: Plan, after: Plan, *, to_the_day: bool) -> Iterator[Row]:
    """The consignments that are not the same in both; one gone and one new of a source and need are one."""
    old = _consignments(before)
    new = _consignments(after)
    if not to_the_day:
        old, new = _without_equals(old, new)
    for id in sorted(old.keys() & new.keys()):
        if old[id]["quantity"] != new[id]["quantity"]:
            yield _move(old[id], new[id])
    gone = _apart(old, new)
    fresh = _apart(new, old)
    for key in sorted(gone.keys() | fresh.keys()):
        left = gone.get(key, [])
        right = fresh.get(key, [])
        both = min(len(left), len(right))
        yield from (_move(*pair) for pair in zip(left[:both], right[:both], strict=True))
        yield from (_move(row, None) for row in left[both:])
        yield from (_move(None, row) for row in right[both:])


def _without_equals(old: Mapping[str, Row], new: Mapping[str, Row]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the consignments of both plans without those whose quantity by route and week is the same."""
    totals: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for rows, sign in ((old, -1), (new, 1)):
        for row in rows.values():
            totals[_route_and_week(row)] += sign * row["quantity"]
    return (
        {id: row for id, row in old.items() if totals[_route_and_week(row)]},
        {id: row for id, row in new.items() if totals[_route_and_week(row)]},
    )


def _route_and_week(row: Row) -> tuple[object, ...]:
    """Return source, need, route and week of a consignment, and whether it arrives in time."""
    monday = row["departs"] - timedelta(days=row["departs"].weekday())
    return (*(row[name] for name in _SOURCE), row["way"], monday, row["on_time"])


def _consignments(plan: Plan) -> dict[str, Row]:
    """The movements of a plan by id, each with its lanes."""
    lanes: dict[str, list[str]] = defaultdict(list)
    for movement, lane in plan.legs.sort("movement", "leg").select("movement", "lane").iter_rows():
        lanes[movement].append(lane)
    return {row["movement"]: row | {"way": " ".join(lanes[row["movement"]])} for row in _rows(plan)}


def _rows(plan: Plan) -> list[Row]:
    return plan.movements.sort("movement").to_dicts()


def _apart(ones: Mapping[str, Row], others: Mapping[str, Row]) -> dict[tuple[str, ...], list[Row]]:
    """The consignments that the other plan does not have, by source and need, the first to leave first."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for id, row in ones.items():
        if id not in others:
            found[tuple(row[name] or "" for name in _SOURCE)].append(row)
    return {key: sorted(rows, key=lambda r: (r["departs"], r["movement"])) for key, rows in found.items()}


def _move(old: Row | None, new: Row | None) -> Row:
    """A consignment before and after; None: there is none."""
    one = new or old or {}
    was = old or {}
    now = new or {}
    days: list[date] = [row["departs"] for row in (old, new) if row]
    return {
        **{name: one[name] for name in ("movement", *_SOURCE)},
        "change": "gone" if new is None else "new" if old is None else "changed",
        "act": min(days),
        "instead": was.get("movement") if new and was.get("movement") != new["movement"] else None,
        **{f"{name}_before": was.get(name) for name in ("quantity", "departs", "arrives", "way")},
        **{name: now.get(name) for name in ("quantity", "departs", "arrives", "way")},
    }
