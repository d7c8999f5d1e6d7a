"""Suppliers, carriers and receivers that may be on a list of sanctions; the age of the lists."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from konvoi.report.alarm import Alarm
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report
from konvoi.report.sanctions.evidence import evidence, how
from konvoi.report.sanctions.listed import regime

Row = Mapping[str, Any]
TITLE = Message("Screening alerts")
NONE = Message("Not screened: no sanctions lists are imported (konvoi sanctions lists FILE --of REGIME).")
BROKEN = Message(
    "No party was screened: the sanctions lists cannot be read. Run konvoi sanctions lists for the reason."
)
NO_HIT = Message(
    "No party was found on a list in force. This does not prove that no party is listed elsewhere."
)
NOT_SHOWN = Message("Who they are is shown to the coalition alone.")
_DAY = 1
"""Days from which on the age of a list is an alarm: nobody should be cleared by an older one."""

_NOTE = Message(
    "An alert is a question, not a finding: it blocks until reviewers decide on it "
    "(konvoi sanctions screen). The score sets the order of review; it is not a tested "
    "probability. Two reviewers are needed to call an asset freeze a false positive."
)
_ORDER = {"match": 0, "review": 1, "part owned": 2, "expired": 3, "apart": 4}


def section(case: Case) -> Section:
    """Return the results of screening; one line where a workspace has no lists."""
    total = case.tables.get("screening_sum")
    if total is None or total.is_empty():
        return Section("screening", TITLE, (NONE if total is None else BROKEN,), (), ())
    row = total.row(0, named=True)
    shown = case.tables["screening_hits"]
    rows = sorted(
        shown.iter_rows(named=True), key=lambda one: (_ORDER[one["said"]], one["party"], one["hit"])
    )
    tables = (_ages(case, row), _hits(case, row, rows))
    return Section("screening", TITLE, tuple(_answer(case, row, rows)), (), tables)


def _answer(case: Case, total: Row, rows: Sequence[Row]) -> Iterator[Message]:
    count = total["parties"]
    values: dict[str, Value] = {
        "parties": count,
        "day": total["on"],
        "blocked": _count(case, total["blocked"], rows),
        "open": _count(case, total["open"], rows),
        "warned": _count(case, total["warned"], rows),
        "clean": total["clean"],
    }
    yield Message(
        "{parties} supplier, carrier, hull or consignee was screened on {day}: {blocked} blocked, alerts to "
        "decide {open}, only warned of {warned}, found in no list in force {clean}.",
        values,
        "{parties} suppliers, carriers, hulls and consignees were screened on {day}: {blocked} blocked, "
        "alerts to decide {open}, only warned of {warned}, found in no list in force {clean}.",
        count,
    )
    yield from _old(case, total)
    if not rows and count != total["clean"]:
        yield NOT_SHOWN


def _count(case: Case, count: int, rows: Sequence[Row]) -> Value:
    """A number that opens its rows, where they are shown."""
    return Number(Decimal(count), "", "", case.day, to="screening-hits") if rows else count


def _old(case: Case, total: Row) -> Iterator[Message]:
    """Yield the age of the oldest list, and its consequence."""
    ages = case.tables["screening_ages"].sort("age", "regime", descending=(True, False))
    if ages.is_empty():
        yield Message("No list is in force, so no party is cleared.")
        return
    oldest = ages.row(0, named=True)
    values: dict[str, Value] = {"regime": regime(oldest["regime"]), "days": _age(oldest["age"])}
    if oldest["age"] > total["most"]:
        text = "The oldest list, {regime}, is {days} days old; more than {most}, so nobody is cleared by it."
        yield Message(text, values | {"most": total["most"]})
    elif oldest["age"] > _DAY:
        text = "The oldest list, {regime}, is {days} days old; this workspace allows {most}, others one."
        yield Message(text, values | {"most": total["most"]})


def _age(days: int) -> int:
    return Alarm(days) if days > _DAY else days


def _ages(case: Case, total: Row) -> Table:
    columns = (
        Column(Message("Regime")),
        Column(Message("Day of the list"), "", "day"),
        Column(Message("Days old"), "", "number"),
        Column(Message("Recent enough to clear a party")),
    )
    rows = tuple(
        (
            regime(row["regime"]),
            row["day"],
            _age(row["age"]),
            Message("yes") if row["age"] <= total["most"] else Message("no, it is too old"),
        )
        for row in case.tables["screening_ages"].iter_rows(named=True)
    )
    return Table("screening-ages", Message("Lists that were screened against"), columns, rows, NONE)


_HEADS = (
    ("Who", "text", False),
    ("Result of screening", "text", False),
    ("Score", "number", False),
    ("Listed as", "text", False),
    ("Days old", "number", False),
    ("Measures", "text", False),
    ("Speaks for", "text", False),
    ("Speaks against", "text", False),
    ("Blocks as", "text", False),
    ("State", "text", False),
    ("Alert", "text", False),
    ("Owners and shares", "text", True),
    ("Reason", "text", True),
)


def _hits(case: Case, total: Row, rows: Sequence[Row]) -> Table:
    names = Names(case)
    columns = tuple(Column(Message(name), "", kind, beside) for name, kind, beside in _HEADS)
    cells = tuple(_cells(names, row) for row in rows)
    none = NO_HIT if total["parties"] == total["clean"] else NOT_SHOWN
    title = Message("Screening alerts with evidence")
    return Table("screening-hits", title, columns, cells, none, note=_NOTE)


def _cells(names: Names, row: Row) -> tuple[Value, ...]:
    reference = " ".join(filter(None, (row["reference"], row["listed"])))
    measures = [
        Message("{measure} ({stands})", {"measure": Message(order), "stands": Message(stands)})
        for order, stands in dict.fromkeys(zip(row["measures"], row["stands"], strict=True))
    ]
    return (
        _who(names, row),
        Message("{said} ({how})", {"said": Message(row["said"]), "how": how(row["how"])}),
        Share(Decimal(str(row["score"]))),
        (regime(row["regime"]), ": ", reference),
        _age(row["age"]),
        listed(measures, ", "),
        listed([evidence(text) for text in row["for"]], "; "),
        listed([evidence(text) for text in row["against"]], "; ") if row["against"] else Message("nothing"),
        _blocks(row),
        Message(row["state"]) if row["said"] in ("match", "review") else "–",
        row["hit"],
        "; ".join(row["chain"]),
        row["reason"],
    )


def _blocks(row: Row) -> Value:
    """The parts in which somebody is blocked; what only warns, and what was told apart."""
    if row["blocks"]:
        return listed([Message(role) for role in row["blocks"]], ", ")
    return "–" if row["said"] == "apart" else Message("warns")


def _who(names: Names, row: Row) -> Value:
    known = names.party(row["party"])
    return str(row["name"] or row["party"]) if known.en == row["party"] else known


SCREENING_REPORT = Report("screening", section)
