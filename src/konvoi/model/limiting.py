"""Columns that limit a plan, what holds while one of their cells cannot be read, and rows with such cells.

A limit that cannot be read closes what it limits (semantics 20): the reader keeps the cell with its row in
the column UNREAD, and the planner has to take it from there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from konvoi.model.table import Column, Table, Type
from konvoi.model.tables import BY_NAME
from konvoi.model.unreadable import Why

UNREAD = "_unread"
"""In tables that limit a plan: the cells of a row that could not be read, as a JSON object by column."""

UNREAD_ROWS = "unread_rows"
"""The table of rows that were left out for such a cell, in the form of `packed`."""

ROWS = pl.Schema(
    {
        "table": pl.String(),
        "values": pl.String(),
        UNREAD: pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One row for each row that was left out. values: its readable cells, as a JSON object by column."""

STATED = Column("unread", Type.TEXT, "Cells of the row that could not be read, as JSON", desk=False)
"""The column of a problem's CSV in which UNREAD is kept."""


class Strict(StrEnum):
    """Side on which a number or day of a column limits more."""

    LOW = "low"
    HIGH = "high"
    NEITHER = ""


@dataclass(frozen=True)
class Limiting:
    """A column that limits a plan.

    strict: the side of the stricter of two readings. unlimited: whether an empty cell is no limit, so that a
    dash in it cannot count as empty. closed: what holds while a cell cannot be read, as an English sentence.
    """

    table: str
    column: str
    strict: Strict
    closed: str
    unlimited: bool = False


_NOT_PLANNED = "Nothing of the good is planned."
_NOT_NEEDED = "The need is not planned."
_NOT_OFFERED = "Nothing of the offer is sent."
_NOT_VALUED = "Nothing of the offer is sent where a cap by value applies to it."
_NOT_APPROVED = "The approval is treated as not granted."
_NO_TRANCHE = "The tranche is not available."
_NOT_BOUGHT = "The purchase is not made."
_NO_MONEY = "Neither the tranche nor the purchase of the row is available."
_NOT_EQUIVALENT = "The good does not serve the other."
_NO_KIT = "The kit does not count; its needs are planned for themselves."
_NO_LANE = "Nothing departs on the lane."
_NO_SITE = "Nothing departs from the site or arrives there."
_NOTHING_PASSES = "Nothing of this resource passes in the weeks of the row."
_ALL_WEEKS = "The row applies to all weeks of the planning horizon."
_ALL_DAYS = "Closed on all days of the horizon."
_NOT_GIVEN = "The partner sends nothing of what is capped."
_WITHHELD = "The partner sends nothing of the good from stock."
_BLOCKED = "Blocked in every role and on all days."
_BLOCKED_DAYS = "Blocked on all days."
_ONLY_ITSELF = "No other good serves instead of this one."
_NO_PLAN = "Nothing is planned."
_NEAREST = "The row limits the identifier that is spelled most like it; nothing where several are, or none."


def _columns(table: str, closed: str, **columns: Strict) -> tuple[Limiting, ...]:
    return tuple(Limiting(table, name, strict, closed) for name, strict in columns.items())


_LOW, _HIGH, _NEITHER = Strict.LOW, Strict.HIGH, Strict.NEITHER

LIMITING: tuple[Limiting, ...] = (
    *_columns("goods", _NOT_PLANNED, weight_kg=_HIGH, pallets=_HIGH, neq_kg=_HIGH),
    *_columns("goods", _NOT_PLANNED, step=_HIGH),
    Limiting("goods", "least", _HIGH, _NOT_PLANNED, unlimited=True),
    *_columns("needs", _NOT_NEEDED, good=_NEITHER, quantity=_LOW, site=_NEITHER, due=_LOW, state=_NEITHER),
    *_columns("needs", "Nothing counts after the due day.", last_useful=_LOW),
    *_columns("needs", "The need is useful only if it is met in full.", whole=_NEITHER),
    *_columns("offers", _NOT_OFFERED, party=_NEITHER, good=_NEITHER, quantity=_LOW, site=_NEITHER),
    *_columns("offers", _NOT_OFFERED, ready=_HIGH, until=_LOW, state=_NEITHER),
    *_columns("offers", _NOT_VALUED, unit_value=_HIGH, currency=_NEITHER),
    *_columns("standards", _ONLY_ITSELF, requirement=_NEITHER, value=_NEITHER),
    *_columns("standards", "The row is mandatory.", mandatory=_NEITHER),
    *_columns("standards", "The row is in force on all days.", in_force=_LOW),
    *_columns("approvals", _NOT_APPROVED, kind=_NEITHER, party=_NEITHER, due=_HIGH, given=_HIGH),
    *_columns("approvals", _NOT_APPROVED, refused=_LOW, expires=_LOW),
    *_columns("approvals", _NEAREST, covers=_NEITHER),
    *_columns("budgets", _NO_MONEY, party=_NEITHER, currency=_NEITHER),
    *_columns("budgets", _NO_TRANCHE, day=_HIGH, amount=_LOW),
    *_columns("budgets", _NOT_BOUGHT, price=_HIGH, lead_days=_HIGH),
    Limiting("budgets", "most", _LOW, _NOT_BOUGHT, unlimited=True),
    *_columns("equivalences", _NOT_EQUIVALENT, good=_NEITHER, serves=_NEITHER, ratio=_LOW),
    *_columns("kits", _NO_KIT, need=_NEITHER, per_kit=_HIGH, weight=_LOW),
    *_columns("earmarks", "Nothing of the offer is sent.", to=_NEITHER, value=_NEITHER),
    *_columns("earmarks", _NEAREST, offer=_NEITHER),
    *_columns("sites", _NO_SITE, kind=_NEITHER),
    *_columns("lanes", _NO_LANE, mode=_NEITHER, days_p50=_HIGH),
    *_columns("lanes", _NO_LANE, **{"from": _NEITHER, "to": _NEITHER}),
    Limiting("lanes", "least_tonnes", _HIGH, _NO_LANE, unlimited=True),
    Limiting("lanes", "vehicle_tonnes", _LOW, _NO_LANE, unlimited=True),
    Limiting("lanes", "vehicle_pallets", _LOW, _NO_LANE, unlimited=True),
    *_columns("capacities", _NEAREST, on=_NEITHER),
    *_columns("capacities", _ALL_WEEKS, **{"from": _LOW, "to": _HIGH}),
    *(
        Limiting("capacities", name, _LOW, _NOTHING_PASSES, unlimited=True)
        for name in ("tonnes", "pallets", "neq_kg")
    ),
    *(
        Limiting(
            "capacities",
            name,
            _LOW,
            "Nothing of this resource may pass on any day of the row.",
            unlimited=True,
        )
        for name in ("daily_tonnes", "daily_pallets", "daily_neq_kg")
    ),
    *_columns("closures", _NEAREST, on=_NEITHER),
    *_columns("closures", _ALL_DAYS, **{"from": _LOW, "to": _HIGH}),
    *_columns("caps", _NEAREST, party=_NEITHER, good=_NEITHER),
    *_columns("caps", _NOT_GIVEN, what=_NEITHER, most=_LOW, currency=_NEITHER),
    *_columns("stocks", _NEAREST, party=_NEITHER, good=_NEITHER),
    *_columns("stocks", _WITHHELD, stock=_LOW, floor=_HIGH),
    *_columns("blocked", _BLOCKED, kind=_NEITHER),
    *_columns("blocked", _NEAREST, value=_NEITHER),
    *_columns("blocked", _BLOCKED_DAYS, **{"from": _LOW, "to": _HIGH}),
    *_columns("horizon", _NO_PLAN, start=_NEITHER, weeks=_LOW),
    *_columns("horizon", "What is late counts nothing.", late_credit=_LOW),
)
"""Every column that limits a plan, in the order of the workbook."""

OF_TABLE: Mapping[str, Mapping[str, Limiting]] = {
    table: {one.column: one for one in LIMITING if one.table == table}
    for table in dict.fromkeys(one.table for one in LIMITING)
}

RESTRICTING = (
    *("standards", "approvals", "earmarks", "capacities"),
    *("closures", "caps", "stocks", "blocked"),
)
"""Tables whose rows only take something away: more of them never allow more."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "budgets": ("budget", "good"),
    "earmarks": ("offer",),
    "capacities": ("on",),
    "closures": ("on",),
    "caps": ("party", "good"),
    "blocked": ("value",),
    "horizon": (),
}
"""Columns that name a row, of tables without a key."""

BETWEEN = " / "


def row_name(table: str, row: Mapping[str, object]) -> str:
    """Return the name of a row in waivers and findings: its key, parts joined by a slash.

    >>> row_name("stocks", {"party": "PL", "good": "tent"}), row_name("caps", {"party": "PL", "good": None})
    ('PL / tent', 'PL')
    """
    columns = _KEYS.get(table, BY_NAME[table].key)
    return BETWEEN.join(str(row[name]) for name in columns if row.get(name) not in (None, ""))


def limits_plan(table: Table) -> bool:
    """Return True if cells of a table limit a plan."""
    return table.name in OF_TABLE


def packed(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return rows of a table, UNREAD among their columns, in the form of ROWS."""
    origin = [name for name in ROWS if name.startswith("_")]
    cells = [name for name in rows.columns if name not in origin]
    values = [
        json.dumps(
            {name: None if row[name] is None else str(row[name]) for name in cells},
            sort_keys=True,
            ensure_ascii=False,
        )
        for row in rows.iter_rows(named=True)
    ]
    return rows.select(
        pl.lit(table).alias("table"), pl.Series("values", values, dtype=pl.String), *origin
    ).cast(dict(ROWS))  # type: ignore[arg-type]


def unpacked(rows: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """Return the rows of ROWS by their table, each with the table's columns and UNREAD."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True) if rows is not None else ():
        cells = json.loads(row["values"])
        origin = {name: row[name] for name in ROWS if name.startswith("_")}
        found.setdefault(row["table"], []).append(cells | origin)
    return {name: _typed(BY_NAME[name], some) for name, some in found.items()}


def _typed(table: Table, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = table.schema()
    columns = []
    for name in (*schema, UNREAD):
        cells = pl.Series(name, [row.get(name) for row in rows], strict=False)
        kind = schema.get(name, pl.String())
        if kind == pl.Boolean:
            columns.append((cells.cast(pl.String) == "True").alias(name))
        elif kind == pl.Date:
            columns.append(cells.cast(pl.String).str.to_date(strict=False))
        else:
            columns.append(cells.cast(kind, strict=False))
    return pl.DataFrame(columns)


def noted(cells: Mapping[str, "Unread"]) -> str | None:
    """Return the cells of a row in the form of UNREAD; None for none."""
    if not cells:
        return None
    plain = {name: [str(one.why), one.text, *one.readings] for name, one in cells.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Unread:
    """A cell that could not be read, as it stands in its document. readings: the two that it may have."""

    why: Why
    text: str = ""
    readings: tuple[str, ...] = ()


def cells_of(table: str, text: str | None) -> dict[str, Unread]:
    """Return the cells that a row's UNREAD names; every limiting column where that text itself is no such.

    >>> cells_of("caps", '{"most": ["unreadable", "nine"]}')
    {'most': Unread(why=<Why.UNREADABLE: 'unreadable'>, text='nine', readings=())}
    """
    if not text:
        return {}
    try:
        found = json.loads(text)
        return {
            str(name): Unread(Why(one[0]), str(one[1]), tuple(map(str, one[2:])))
            for name, one in found.items()
        }
    except (ValueError, AttributeError, TypeError, IndexError, KeyError, RecursionError):
        return {name: Unread(Why.UNREADABLE, text) for name in OF_TABLE[table]}
