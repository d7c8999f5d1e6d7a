"""Sources of the brief: the documents as submitted, and the assumptions that the plan rests on."""

from datetime import date
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report

NONE = Message("No document is released to this reader.")

Row = dict[str, object]


def section(case: Case) -> Section:
    """The documents, and the assumptions by name."""
    rows = list(case.documents.sort("name").iter_rows(named=True))
    tables = (_documents(case, rows), _assumptions(case))
    return Section(
        "sources",
        Message("Sources"),
        _answer(case, rows),
        (),
        tuple(table for table in tables if table.rows or table.id == "documents"),
    )


def _answer(case: Case, rows: list[Row]) -> tuple[Message, ...]:
    if not rows:
        return (NONE,)
    values: dict[str, Value] = {"count": Number(Decimal(len(rows)), "", "", case.day, to="documents")}
    first = Message(
        "This brief uses {count} document.", values, "This brief uses {count} documents.", len(rows)
    )
    told = (first, *integrity(case))
    if not case.assumptions:
        return told
    count = len(case.assumptions)
    values = {"count": Number(Decimal(count), "", "", case.day, to="assumptions")}
    second = Message(
        "The plan uses {count} assumption, listed below.",
        values,
        "The plan uses {count} assumptions, listed below.",
        count,
    )
    return (*told, second)


def integrity(case: Case) -> tuple[Message, ...]:
    """Return the head or digest by which the brief can be checked later."""
    if case.head:
        values: dict[str, Value] = {"head": case.head}
        return (Message("Head of the chain of receipts: {head} (konvoi verify --head proves it).", values),)
    if case.digest:
        return (Message("Digest of the documents in this view: {digest}.", {"digest": case.digest}),)
    return ()


def _documents(case: Case, rows: list[Row]) -> Table:
    names = Names(case)
    columns = (
        Column(Message("Document")),
        Column(Message("Sender")),
        Column(Message("Format")),
        Column(Message("Known since"), "", "day"),
        Column(Message("Rows"), "", "number"),
        Column(Message("Marking")),
        Column(Message("SHA-256")),
    )
    lines = tuple(_line(names, row) for row in rows)
    return Table("documents", Message("Submitted documents"), columns, lines, NONE)


def _line(names: Names, row: Row) -> tuple[Value, ...]:
    count = row.get("rows")
    known = row.get("known_on")
    digest = str(row.get("digest") or "")
    return (
        str(row["name"] or ""),
        names.party(str(row.get("party") or "")),
        str(row.get("format") or ""),
        known if isinstance(known, date) else None,
        count if isinstance(count, int) else None,
        Message(str(row.get("marking") or "own")),
        digest[:16],
    )


def _assumptions(case: Case) -> Table:
    rows = tuple((text,) for text in sorted(set(case.assumptions)))
    return Table("assumptions", Message("Assumptions"), (Column(Message("Name and range")),), rows, NONE)


SOURCES_REPORT = Report("sources", section)
