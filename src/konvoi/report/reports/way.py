"""From word to receipt: what of each undertaking was allocated, what stands open, and what is stalled."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from konvoi.accord.stage_reconciliation import ABOVE, FRAMEWORK, MET, UNKNOWN
from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report

Row = dict[str, object]

NO_UNDERTAKING = Message("No obligations submitted. Fill the tables “documents” and “undertakings”.")
ALL_MET = Message("No open differences between stages.")
NONE_STALLED = Message("No stalled items.")
_FIRST = {ABOVE: 0, UNKNOWN: 1}


def section(case: Case) -> Section | None:
    """The joints of a case; no part of a brief where nothing was undertaken, allocated or signed."""
    joints = case.tables.get("joints")
    if joints is None:
        return None
    rows = joints.to_dicts()
    names = Names(case)
    promised = [row for row in rows if row["level"] == "undertaking"]
    inner = sorted((row for row in rows if row["level"] != "undertaking" and row["state"] != MET), key=_order)
    stalled = case.tables.get("stalled", pl.DataFrame()).to_dicts()
    answer = (
        *_undertaken(case, promised),
        *_behind(case, rows),
        *_above(case, inner),
        *_stalled(case, stalled),
    )
    tables = (
        _undertakings_table(case, names, promised),
        _joints_table(case, names, inner),
        _stalled_table(case, names, stalled),
    )
    return Section("way", Message("Traceability: agreement to receipt"), answer, (), tables)


def _order(row: Row) -> tuple[object, ...]:
    """Return the sort key of a row: excess first, then unknown, then partly arrived, then not arrived."""
    nothing = row["came"] is None and row["came_minor"] is None
    return _FIRST.get(str(row["state"]), 2), nothing, str(row["record"])


def _undertaken(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    if not rows:
        return (NO_UNDERTAKING,)
    if table(case, "allocations")["undertaking"].null_count() == table(case, "allocations").height:
        return (
            Message(
                "{count} obligation from agreements; no allocation is reported for it.",
                {"count": _count(case, len(rows), "undertakings-table")},
                "{count} obligations from agreements; no allocation is reported for any of them.",
                len(rows),
            ),
        )
    full = [row for row in rows if row["state"] in (MET, ABOVE)]
    values: dict[str, Value] = {
        "count": _count(case, len(rows), "undertakings-table"),
        "full": _count(case, len(full), "undertakings-table"),
    }
    return (
        Message(
            "{count} obligation from agreements; fully allocated: {full}.",
            values,
            "{count} obligations from agreements; fully allocated: {full}.",
            len(rows),
        ),
    )


def _behind(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    """The share of lines with an undertaking behind them; a line without one is normal."""
    lines = {str(row["record"]) for row in rows if row["level"] == "line"}
    if not lines:
        return ()
    given = table(case, "allocations").filter(pl.col("undertaking").is_not_null())
    named = lines & set(given["line"].drop_nulls())
    values: dict[str, Value] = {
        "share": Share(Decimal(len(named)) / Decimal(len(lines))),
        "lines": Number(Decimal(len(lines)), "line", "", case.day, to="joints-table"),
    }
    text = "Items with an obligation from an agreement: {share} (all: {lines})."
    return (Message(text, values),)


def _above(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    count = sum(row["state"] == ABOVE for row in rows)
    if not count:
        return ()
    return (
        Message(
            "At {count} stage transition, more was reported than at the previous stage.",
            {"count": _count(case, count, "joints-table")},
            "At {count} stage transitions, more was reported than at the previous stage.",
            count,
        ),
    )


def _stalled(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    if not rows:
        return (NONE_STALLED,)
    known = [minor for row in rows if isinstance(minor := row["eur_minor"], int)]
    worth: Value = Number(to_major(sum(known), "EUR"), "EUR", "", case.day, to="stalled-table")
    if not known:
        worth = Message("no value stated")
    values: dict[str, Value] = {
        "count": _count(case, len(rows), "stalled-table"),
        "worth": worth,
        "unknown": len(rows) - len(known),
    }
    return (
        Message(
            "{count} stalled item, value {worth} (no value stated: {unknown}).",
            values,
            "{count} stalled items, value {worth} (no value stated: {unknown}).",
            len(rows),
        ),
    )


def _count(case: Case, count: int, to: str) -> Number:
    return Number(Decimal(count), "", "", case.day, to=to)


def _undertakings_table(case: Case, names: Names, rows: Sequence[Row]) -> Table:
    said = {row["undertaking"]: row for row in table(case, "undertakings").iter_rows(named=True)}
    cells = []
    for row in rows:
        own = said.get(row["record"], {})
        cells.append(
            (
                str(row["record"]),
                names.party(str(row["party"] or "")),
                f"{own.get('document') or ''} {own.get('clause') or ''}".strip(),
                names.good(str(own.get("good") or "")),
                _side(row, "had"),
                _side(row, "came"),
                _unit(row),
                Message(str(row["state"])),
            )
        )
    columns = (
        Column(Message("Obligation")),
        Column(Message("Partner")),
        Column(Message("Document and clause")),
        Column(Message("What")),
        Column(Message("Obligation"), "", "number"),
        Column(Message("Allocated"), "", "number"),
        Column(Message("Unit")),
        Column(Message("State")),
    )
    return Table("undertakings-table", Message("Obligations"), columns, tuple(cells), NO_UNDERTAKING)


def _joints_table(case: Case, names: Names, rows: Sequence[Row]) -> Table:
    goods = {row["line"]: row["good"] for row in table(case, "lines").iter_rows(named=True)}
    cells = tuple(
        (
            str(row["record"]),
            Message(FRAMEWORK) if row["level"] == FRAMEWORK else names.good(goods.get(row["record"])),
            names.party(str(row["party"] or "")),
            (Message(str(row["from"])), " → ", Message(str(row["to"]))),
            _side(row, "had"),
            _side(row, "came"),
            _unit(row),
            Message(str(row["state"])),
        )
        for row in rows
    )
    columns = (
        Column(Message("Line item or contract")),
        Column(Message("What")),
        Column(Message("Partner")),
        Column(Message("Transition")),
        Column(Message("Previous stage"), "", "number"),
        Column(Message("This stage"), "", "number"),
        Column(Message("Unit")),
        Column(Message("State")),
    )
    return Table(
        "joints-table",
        Message("Agreements, contracts and deliveries: open differences"),
        columns,
        cells,
        ALL_MET,
    )


def _side(row: Row, side: str) -> Number | None:
    """Return the value of a side of a joint: the quantity, else the amount; nothing where nothing is
    known.
    """
    behind = tuple(row["behind"]) if isinstance(row["behind"], list) else ()
    quantity = row[side]
    minor = row[f"{side}_minor"]
    if _counted(row):
        return (
            Number(quantity, str(row["unit"] or ""), behind=behind) if isinstance(quantity, Decimal) else None
        )
    currency = str(row["currency"] or "")
    return Number(to_major(minor, currency), currency, behind=behind) if isinstance(minor, int) else None


def _counted(row: Row) -> bool:
    """Return True if a joint is counted in quantities: they are known before it, or there are no amounts."""
    return row["had"] is not None or (row["came"] is not None and row["had_minor"] is None)


def _unit(row: Row) -> Value:
    if _counted(row):
        return Message(str(row["unit"])) if row["unit"] else ""
    return str(row["currency"] or "")


def _stalled_table(case: Case, names: Names, rows: Sequence[Row]) -> Table:
    goods = {row["line"]: row["good"] for row in table(case, "lines").iter_rows(named=True)}
    cells = tuple(_stalled_row(names, row, goods) for row in rows)
    columns = (
        Column(Message("Line item")),
        Column(Message("What")),
        Column(Message("Partner")),
        Column(Message("Stage")),
        Column(Message("Days in stage"), "d", "number"),
        Column(Message("Limit"), "d", "number"),
        Column(Message("Value"), "EUR", "number"),
        Column(Message("Responsible")),
        Column(Message("Next stage")),
    )
    note = Message(
        "Stalled: longer in a stage than 80 % of items with the same channel and kind; with fewer than "
        "20 cases, longer than the configured limit."
    )
    return Table("stalled-table", Message("Stalled items"), columns, cells, NONE_STALLED, note=note)


def _stalled_row(names: Names, row: Row, goods: dict[object, object]) -> tuple[Value, ...]:
    behind = tuple(row["behind"]) if isinstance(row["behind"], list) else ()
    minor = row["eur_minor"]
    return (
        str(row["line"]),
        names.good(str(goods.get(row["line"]) or "")),
        names.party(str(row["party"] or "")),
        Message(str(row["stage"])),
        Number(Decimal(str(row["days"])), "d", behind=behind),
        Number(Decimal(str(row["limit"])), "d", behind=behind),
        Number(to_major(minor, "EUR") if isinstance(minor, int) else None, "EUR", behind=behind),
        (names.party(str(row["mover"] or "")), " (", Message(str(row["moves"])), ")"),
        Message(str(row["next"])),
    )


WAY_REPORT = Report("way", section)
