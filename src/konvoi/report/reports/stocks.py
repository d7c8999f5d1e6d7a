"""Stocks of a partner: the share drawn and what is left above the floor, for its owner and the cell alone."""

from collections.abc import Mapping
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report

Row = Mapping[str, object]

NONE = Message("No stocks submitted. Fill the table “stocks”.")


def section(case: Case) -> Section | None:
    """The use of stocks; no part of a brief for a reader who may see none."""
    found = case.tables.get("stock_use")
    if found is None or found.is_empty():
        return None
    return Section("stocks", Message("Stocks"), _answer(case), (), (stock_table(case),))


def _answer(case: Case) -> tuple[Message, ...]:
    rows = case.tables["stock_use"].to_dicts()
    below = [row for row in rows if (row["spare"] or 0) < 0]
    over = [row for row in rows if row not in below and (row["free"] or 0) < 0]
    values: dict[str, Value] = {
        "count": Number(Decimal(len(rows)), to="stocks-table"),
        "below": Number(Decimal(len(below)), to="stocks-table"),
        "over": Number(Decimal(len(over)), to="stocks-table"),
    }
    return (
        Message(
            "{count} stock reported; below the floor: {below}; reserved beyond the floor: {over}.",
            values,
            "{count} stocks reported; below the floor: {below}; reserved beyond the floor: {over}.",
            len(rows),
        ),
        Message("Stocks are shown to their owner and the coordination cell alone."),
    )


def stock_table(case: Case) -> Table:
    """Return the use of each stock that the reader may see."""
    names = Names(case)
    columns = (
        Column(Message("Partner")),
        Column(Message("Good")),
        Column(Message("Stated on"), "", "day"),
        Column(Message("Stock"), "", "number"),
        Column(Message("Drawn"), "", "number"),
        Column(Message("Share drawn"), "%", "number"),
        Column(Message("Floor"), "", "number"),
        Column(Message("Left above the floor"), "", "number"),
        Column(Message("Committed, not dispatched"), "", "number"),
    )
    rows = tuple(_row(names, row) for row in case.tables["stock_use"].iter_rows(named=True))
    unstated = {one for row in case.tables["stock_use"]["not_stated"].to_list() for one in row or ()}
    note = _note(len(unstated))
    return Table("stocks-table", Message("Stocks by partner and good"), columns, rows, NONE, note=note)


def _note(unstated: int) -> Message:
    """Return what counts as drawn; line items without a stated channel are counted as if from stock."""
    if not unstated:
        return Message("Drawn: dispatched from stock since the day on which the stock was stated.")
    return Message(
        "Drawn: dispatched from stock since the day on which the stock was stated. {count} line item without "
        "a stated channel is counted as from stock; what is left is the least that it can be.",
        {"count": Number(Decimal(unstated), to="stocks-table")},
        "Drawn: dispatched from stock since the day on which the stock was stated. {count} line items "
        "without a stated channel are counted as from stock; what is left is the least that it can be.",
        unstated,
    )


def _row(names: Names, row: Row) -> tuple[Value, ...]:
    lines = row["lines"]
    behind = tuple(f"lines/{one}" for one in lines) if isinstance(lines, list) else ()
    unit = str(row["unit"] or "")

    def number(name: str) -> Value:
        value = row[name]
        if not isinstance(value, Decimal):
            return Message("not reported")
        return Number(value, unit, behind=behind) if behind else Number(value, unit, to="stocks-table")

    share = row["share"]
    return (
        names.party(str(row["party"] or "")),
        names.good(str(row["good"] or "")),
        row["day"],  # type: ignore[return-value]
        number("stock"),
        number("drawn"),
        Share(Decimal(str(share))) if isinstance(share, float) else Message("not reported"),
        number("floor"),
        number("spare"),
        number("reserved"),
    )


STOCKS_REPORT = Report("stocks", section)
