"""The problem's tables as they can be used: known columns, one order, no row without what it must have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.digest import key
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.limiting import OF_TABLE, UNREAD, UNREAD_ROWS, Unread, cells_of, noted, unpacked
from konvoi.model.tables import BY_NAME
from konvoi.model.unreadable import Why
from konvoi.plan.closing import MOST, MOST_MINOR, close
from konvoi.plan.without import Without, waivers

Row = Mapping[str, object]

READ: dict[str, tuple[str, ...]] = {
    "goods": ("good", "unit", "weight_kg", "pallets", "neq_kg", "step", "codes", "least"),
    "needs": (
        *("need", "good", "quantity", "site", "due", "last_useful"),
        *("weight", "whole", "state", "recipient"),
    ),
    "offers": (
        *("offer", "party", "good", "quantity", "site", "ready", "until"),
        *("line", "state", "unit_value", "currency"),
    ),
    "standards": ("standard", "version", "good", "requirement", "value", "mandatory", "in_force"),
    "approvals": (
        *("approval", "kind", "party", "covers", "asked"),
        *("due", "given", "refused", "expires"),
    ),
    "budgets": (
        *("budget", "party", "day", "amount", "currency", "good"),
        *("price", "lead_days", "supplier", "site", "most"),
    ),
    "equivalences": ("good", "serves", "ratio"),
    "kits": ("kit", "need", "per_kit", "weight"),
    "earmarks": ("offer", "to", "value"),
    "sites": ("site", "region"),
    "lanes": (
        *("lane", "from", "to", "days_p50", "cost", "currency"),
        *("carrier", "movement_cost", "least_tonnes", "vehicle_tonnes", "vehicle_pallets"),
    ),
    "capacities": ("on", "from", "to", "tonnes", "pallets", "neq_kg"),
    "closures": ("on", "from", "to"),
    "caps": ("party", "what", "most", "good", "currency"),
    "stocks": ("party", "good", "stock", "floor"),
    "blocked": ("kind", "value", "from", "to"),
    "rates": ("currency", "day", "per_eur"),
    "horizon": ("start", "weeks", "late_credit"),
}
"""The columns that decide a plan, by table; the others change neither a plan nor a problem's digest."""

_NEWER = {
    "goods": ("least",),
    "lanes": ("movement_cost", "least_tonnes", "vehicle_tonnes", "vehicle_pallets"),
    "offers": ("unit_value", "currency"),
    "caps": ("currency",),
}
"""Columns that older problems lack: where they are empty, the digest is that of a problem without them."""

ORIGIN = ("_file", "_sheet", "_row")

SAID: dict[str, tuple[str, ...]] = {
    "lanes": ("mode",),
    "capacities": ("daily_tonnes", "daily_pallets", "daily_neq_kg"),
}
"""Columns that a plan's words or its orders need and no plan depends on; they are no part of the digest."""

LAST = date(2999, 12, 31)
"""No horizon starts later: beyond, nothing would be exact."""

KEYS = {name: BY_NAME[name].key for name in READ if BY_NAME[name].key and name != "rates"}


@dataclass
class Notes:
    """Findings, as they are made, and the cells that limit the plan and could not be read."""

    found: list[Finding] = field(default_factory=list)
    without: tuple[Without, ...] = ()

    def tell(self, code: str, table: str, row: Row, column: str, *words: str, **more: str) -> None:
        """Keep a finding about a cell; words are `expected` and `remedy`; `severity` may be given."""
        severity = Severity(more.pop("severity", "warning"))
        place = Place(
            str(row.get("_file") or ""),
            str(row.get("_sheet") or table),
            int(str(row.get("_row") or 0)),
            column,
        )
        cell = row.get(column)
        # A number is reported as it was typed, without the places that its type adds.
        read = (
            format(cell.normalize() + 0, "f")
            if isinstance(cell, Decimal)
            else ""
            if cell is None
            else str(cell)
        )
        expected, remedy = words
        self.found.append(Finding(severity, code, place, read, expected, remedy, more))


def clean(tables: Mapping[str, pl.DataFrame], notes: Notes) -> dict[str, pl.DataFrame]:
    """Each of the problem's tables with the columns that decide a plan, its rows in an order of their own.

    A limit that cannot be read closes what it limits (konvoi.plan.closing). tables: those of the problem, and
    of `unread_rows`, `waivers` and `parties` what there is.
    """
    apart = unpacked(tables.get(UNREAD_ROWS))
    frames = {name: _typed(name, tables.get(name), apart.get(name)) for name in READ}
    closed = close(frames, waivers(tables.get("waivers")), _parties(tables.get("parties")))
    notes.without = tuple(closed.without)
    notes.found += [*(one.finding() for one in closed.without if one.open), *closed.findings]
    return {name: _cleaned(name, closed.frames[name], notes) for name in READ}


def without(tables: Mapping[str, pl.DataFrame]) -> tuple[Without, ...]:
    """Return the cells of a problem's tables that limit the plan and could not be read."""
    notes = Notes()
    clean(tables, notes)
    return notes.without


def _parties(rows: pl.DataFrame | None) -> frozenset[str]:
    return frozenset() if rows is None else frozenset(rows["party"].drop_nulls())


def _typed(name: str, given: pl.DataFrame | None, left_out: pl.DataFrame | None) -> pl.DataFrame:
    """One table with the rows that were left out of it: columns by the schema, and UNREAD."""
    schema = BY_NAME[name].schema()
    wanted = {column: schema[column] for column in (*READ[name], *SAID.get(name, ()), *ORIGIN)}
    wanted[UNREAD] = pl.String()
    parts = [_in_types(name, rows, wanted) for rows in (given, left_out) if rows is not None and rows.height]
    return pl.concat(parts) if parts else pl.DataFrame(schema=wanted)


def _in_types(name: str, given: pl.DataFrame, wanted: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Columns in their own types, empty where the table lacks one; cells of another type count as unread."""
    frame = given.select(_cast(given, column, kind) for column, kind in wanted.items())
    limiting = [
        c for c in OF_TABLE.get(name, {}) if c in wanted and given.schema.get(c) not in (None, wanted[c])
    ]
    lost = {c: (given[c].is_not_null() & frame[c].is_null()) for c in limiting}
    if not any(some.any() for some in lost.values()):
        return frame
    cells = []
    for number, before in enumerate(frame[UNREAD]):
        new = {c: Unread(Why.UNREADABLE, str(given[c][number])) for c, some in lost.items() if some[number]}
        cells.append(noted({**cells_of(name, before), **new}))
    return frame.with_columns(pl.Series(UNREAD, cells, dtype=pl.String))


def _cast(given: pl.DataFrame, column: str, kind: pl.DataType) -> pl.Expr:
    """A column in its own type: empty where the table lacks it or a cell is of another."""
    if column not in given.columns:
        return pl.lit(None).cast(kind).alias(column)
    if kind == pl.Date and given.schema[column] == pl.String:
        return pl.col(column).str.to_date(strict=False)
    return pl.col(column).cast(kind, strict=False)


def _cleaned(name: str, frame: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """One table: rows without a mandatory cell or with an id twice left out."""
    frame = _countable(name, _filled(name, frame, notes), notes)
    if name == "needs":
        frame = _by_the_earlier_day(frame, notes)
    return _once(name, frame.sort(frame.columns, nulls_last=True), notes)


def _filled(name: str, frame: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """The rows that have every mandatory cell that decides a plan."""
    musts = [c.name for c in BY_NAME[name].columns if c.must and c.name in READ[name]]
    lacking = pl.any_horizontal(
        [pl.col(m).is_null() | (pl.col(m).cast(pl.String, strict=False) == "") for m in musts]
    )
    for row in frame.filter(lacking).iter_rows(named=True):
        for column in (m for m in musts if row[m] is None or row[m] == ""):
            notes.tell(
                "problem-cell-missing",
                name,
                row,
                column,
                "a value: the row cannot be planned without it",
                "Fill the cell.",
            )
    return frame.filter(~lacking)


def _by_the_earlier_day(needs: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Return needs that are due no later than their last useful day."""
    for row in needs.filter(pl.col("last_useful") < pl.col("due")).iter_rows(named=True):
        last_before_due(notes, row)
    return needs.with_columns(due=pl.min_horizontal("due", "last_useful"))


def last_before_due(notes: Notes, row: Row) -> None:
    """Report a need whose last useful day is before its due day."""
    notes.tell(
        "problem-last-before-due",
        "needs",
        row,
        "last_useful",
        "a day not before the due day",
        "Correct one of the two days; until then the earlier day is used for both.",
    )


def _countable(name: str, frame: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Return the rows whose numbers, and first day of a horizon, are within computable bounds."""
    kinds = {column: frame.schema[column] for column in READ[name]}
    most: dict[str, int | date] = {
        c: MOST_MINOR if k.is_integer() else MOST for c, k in kinds.items() if k.is_numeric()
    }
    most |= {"start": LAST} if name == "horizon" else {}
    beyond = pl.lit(value=False)
    for column, limit in most.items():
        size = pl.col(column) if column == "start" else pl.col(column).abs()
        above = (size > limit).fill_null(value=False)
        beyond |= above
        for row in frame.filter(above).iter_rows(named=True):
            notes.tell(
                "problem-number-not-possible",
                name,
                row,
                column,
                "at most {most}",
                "Correct it; until then this row is not planned.",
                most=str(limit),
            )
    return frame.filter(~beyond)


def _once(name: str, frame: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Return the rows without those whose id an earlier row has."""
    ids = KEYS.get(name)
    if not ids or not frame.height:
        return frame
    again = ~pl.struct(ids).is_first_distinct()
    for row in frame.filter(again).iter_rows(named=True):
        notes.tell(
            "problem-id-twice",
            name,
            row,
            ids[-1],
            "an id that no other row has",
            "Give the row an id of its own, or delete it; the other row of this id is used.",
        )
    return frame.filter(~again)


def digest_of(tables: Mapping[str, pl.DataFrame], states: tuple[tuple[str, ...], ...]) -> str:
    """One digest for all problems of equal content, whatever the order of their rows and columns."""
    parts: list[object] = [sorted(group) for group in states]
    for name in sorted(READ):
        unused = [one for one in _NEWER.get(name, ()) if tables[name][one].is_null().all()]
        rows = tables[name].select(one for one in READ[name] if one not in unused).rows()
        parts.append([name, [[_plain(cell) for cell in row] for row in rows]])
    return key(*parts)


def _plain(cell: object) -> str:
    """A cell as text: equal values give equal texts, an empty cell and an empty text are the same."""
    return "" if cell is None else str(cell)
