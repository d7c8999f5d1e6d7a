"""Needs of which more is on its way than they ask for, and what the rest could serve instead."""

from datetime import date
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

NONE = Message("No need is oversupplied.")

Row = dict[str, object]


def section(case: Case) -> Section:
    """The over-supplied needs that the readers may see."""
    found = case.tables.get("oversupply")
    needs = {row["need"]: row for row in table(case, "needs").iter_rows(named=True)}
    rows = [] if found is None else [row for row in found.iter_rows(named=True) if row["need"] in needs]
    return Section("oversupply", Message("Oversupply"), _answer(case, rows), (), (_table(case, rows, needs),))


def _answer(case: Case, rows: list[Row]) -> tuple[Message, ...]:
    if not rows:
        return (NONE,)
    needs = sorted({str(row["need"]) for row in rows})
    values: dict[str, Value] = {
        "count": Number(Decimal(len(needs)), "", "", case.day, to="oversupply-table"),
        "served": Number(Decimal(sum(row["next_need"] is not None for row in rows)), to="oversupply-table"),
        "rows": len(rows),
    }
    return (
        Message(
            "{count} need oversupplied. Excess contributions: {rows}; usable for other needs: {served}.",
            values,
            "{count} needs oversupplied. Excess contributions: {rows}; usable for other needs: {served}.",
            len(needs),
        ),
    )


def _table(case: Case, rows: list[Row], needs: dict[object, Row]) -> Table:
    columns = (
        Column(Message("Need")),
        Column(Message("Partner")),
        Column(Message("What")),
        Column(Message("Committed"), "", "day"),
        Column(Message("Oversupply"), "", "number"),
        Column(Message("Unit")),
        Column(Message("Other need it could serve")),
    )
    title = Message("Oversupply by need, latest commitments first")
    cells = tuple(_row(Names(case), row, needs) for row in rows)
    return Table("oversupply-table", title, columns, cells, NONE)


def _row(names: Names, row: Row, needs: dict[object, Row]) -> tuple[Value, ...]:
    good = str(row["good"])
    committed = row["committed"]
    over = row["over"]
    kind = str(row["kind"])
    behind = (f"needs/{row['need']}", *((f"offers/{row['record']}",) if kind == "offer" else ()))
    unit = names.unit(good)
    return (
        (str(row["need"]), ", ", names.good(good), ", ", names.site(str(row["site"]))),
        names.party(str(row["party"])),
        (Message(SENTENCES[kind]), " ", str(row["record"])),
        committed if isinstance(committed, date) else Message("not stated"),
        Number(over if isinstance(over, Decimal) else None, unit, behind=behind),
        Message(unit) if unit else "",
        _next(names, row, needs),
    )


SENTENCES = {"offer": "offer", "allocation": "allocation", "movement": "under way"}


def _next(names: Names, row: Row, needs: dict[object, Row]) -> Value:
    other = needs.get(row["next_need"])
    quantity = row["next_quantity"]
    if other is None or not isinstance(quantity, Decimal):
        return Message("no unmet need")
    good = str(other["good"])
    number = Number(quantity, names.unit(good), behind=(f"needs/{other['need']}",))
    return (str(other["need"]), ": ", number, " ", names.good(good), ", ", names.site(str(other["site"])))


OVERSUPPLY_REPORT = Report("oversupply", section)
