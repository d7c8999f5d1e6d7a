"""Limits that could not be read: what holds instead, and who waived them. For the coordination cell."""

from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

Row = dict[str, object]

_NONE = Message("Every cell that limits the plan could be read.")


def section(case: Case) -> Section | None:
    """Planned without: each cell with its effect; left out where every limit could be read."""
    if case.plan is None or case.plan.without.is_empty():
        return None
    rows = list(case.plan.without.iter_rows(named=True))
    still_open = [row for row in rows if not row["waived_by"]]
    return Section(
        "planned_without",
        Message("Planned without"),
        (_lead(case, still_open),),
        (),
        (_table(rows),),
    )


def _lead(case: Case, still_open: list[Row]) -> Message:
    if not still_open:
        return Message("Cells that limit the plan and could not be read are all waived.")
    count = len(still_open)
    number = Number(Decimal(count), "", "", case.day, to="planned-without-table")
    return Message(
        "{count} cell that limits the plan could not be read and is not waived; the audit fails.",
        {"count": number},
        "{count} cells that limit the plan could not be read and are not waived; the audit fails.",
        count,
    )


def _table(rows: list[Row]) -> Table:
    columns = (
        Column(Message("Table")),
        Column(Message("Key of the row")),
        Column(Message("Column")),
        Column(Message("Text of the cell")),
        Column(Message("Effect on the plan")),
        Column(Message("Value used")),
        Column(Message("Waived by")),
        Column(Message("Reason")),
        Column(Message("Document")),
        Column(Message("Row"), "", "number"),
    )
    note = Message("To waive a cell, state table, key and column in waivers.csv, with your name and reason.")
    title = Message("Cells that limit the plan and could not be read")
    return Table("planned-without-table", title, columns, tuple(map(_cells, rows)), _NONE, note=note)


def _cells(row: Row) -> tuple[Value, ...]:
    number = row["row"]
    return (
        str(row["table"]),
        str(row["key"]),
        str(row["column"]),
        str(row["read"] or ""),
        Message(str(row["effect"])),
        str(row["used"] or ""),
        str(row["waived_by"] or ""),
        str(row["reason"] or ""),
        str(row["file"] or ""),
        str(number or ""),
    )


PLANNED_WITHOUT_REPORT = Report("planned_without", section)
