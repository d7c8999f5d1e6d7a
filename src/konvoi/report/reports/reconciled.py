"""Goods sent against goods received: by consignment, and piece by piece where pieces are listed."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import joined
from konvoi.report.ledger.lines import Row
from konvoi.report.names import Names
from konvoi.report.page import Column, Link, Message, Name, Number, Section, Table, Value
from konvoi.report.report import Report

NONE = Message("No dispatches submitted. Fill the tables “movements” and “receipts”.")
NO_PIECES = Message("No serial numbers submitted.")
STATES = {
    "open": "receipt not reported",
    "arrived": "arrived, not signed for",
    "partly received": "partly received",
    "received": "received as dispatched",
    "received with discrepancies": "received with discrepancies",
    "unknown": "quantity not known",
}
"""How the states of a consignment are told."""
_SIGN = {
    "received": "●",
    "received with discrepancies": "▲",
    "partly received": "◐",
    "arrived": "◐",
    "open": "○",
    "unknown": "?",
}
_TO_SEE = ("open", "partly received", "unknown", "received with discrepancies", "arrived", "received")
_AS_SENT = ("received", "open")


def section(case: Case) -> Section | None:
    """Every consignment with what became of it; no part of a brief where nothing was sent."""
    rows = _rows(case, "consignments")
    pieces = _rows(case, "pieces")
    if not rows:
        return None
    found = _Found(case)
    odd = [row for row in pieces if row["state"] not in _AS_SENT]
    tables = [found.by_partner(rows), found.table(rows)]
    return Section(
        "reconciled",
        Message("Dispatches and receipts"),
        _answer(case, rows),
        (),
        (*tables, *_legs(case), *((_pieces(Names(case), odd),) if odd else ())),
    )


def _rows(case: Case, name: str) -> Sequence[Row]:
    rows = case.tables.get(name)
    return [] if rows is None else rows.to_dicts()


def _answer(case: Case, rows: Sequence[Row]) -> tuple[Message, ...]:
    counts = Counter(str(row["state"]) for row in rows)
    parts: list[Value] = []
    for state in (one for one in STATES if counts[one]):
        number = Number(Decimal(counts[state]), "", "", case.day, to="consignments")
        parts += [", " if parts else "", Message(STATES[state]), " ", number]
    values: dict[str, Value] = {
        "count": Number(Decimal(len(rows)), "", "", case.day, to="consignments"),
        "states": tuple(parts),
    }
    told: dict[str, Value] = {"findings": Link(Message("findings"), "#findings")}
    return (
        Message(
            "{count} consignment dispatched (one for each good): {states}.",
            values,
            "{count} consignments dispatched (one for each good): {states}.",
            len(rows),
        ),
        Message("Discrepancies are listed under {findings}, with both documents and the remedy.", told),
    )


class _Found:
    """The parties and entries behind consignments."""

    def __init__(self, case: Case) -> None:
        self.names = Names(case)
        self.behind: dict[str, list[str]] = {}
        self.party: dict[str, str] = {}
        kept = case.entries.filter(pl.col("stage").is_in([Stage.DISPATCHED, Stage.RECEIVED]))
        for row in kept.sort("entry").iter_rows(named=True):
            self.behind.setdefault(f"{row['stage']} {row['reference']}", []).append(row["entry"])
        for row in case.entries.drop_nulls("line").sort("entry").iter_rows(named=True):
            self.party.setdefault(row["line"], row["party"] or "")

    def ids(self, row: Row, column: str, stage: Stage) -> tuple[str, ...]:
        """The entries of a consignment's papers."""
        papers = str(row[column] or "").split("; ")
        return joined(*(self.behind.get(f"{stage} {paper}", []) for paper in papers))

    def partner(self, row: Row) -> Name:
        """Return the partner that gives the line of a consignment."""
        return self.names.party(self.party.get(str(row["line"])))

    def by_partner(self, rows: Sequence[Row]) -> Table:
        """Return the number of goods of consignments in each state, by partner."""
        counts: dict[str, Counter[str]] = {}
        for row in rows:
            counts.setdefault(self.party.get(str(row["line"]), ""), Counter())[str(row["state"])] += 1
        states = [state for state in STATES if any(one[state] for one in counts.values())]
        cells = tuple(
            (
                self.names.party(party) if party else Message("not stated"),
                _count(sum(counts[party].values())),
                *(_count(counts[party][state]) for state in states),
            )
            for party in sorted(counts, key=lambda party: (-counts[party]["open"], party))
        )
        heads = (Column(Message(STATES[state]), "", "number") for state in states)
        columns = (Column(Message("Partner")), Column(Message("Dispatched"), "", "number"), *heads)
        return Table("consignments-by-partner", Message("Consignments by partner"), columns, cells, NONE)

    def table(self, rows: Sequence[Row]) -> Table:
        """Every good of every consignment, what is open first."""
        order = sorted(
            rows,
            key=lambda row: (_TO_SEE.index(str(row["state"])), str(row["consignment"]), str(row["good"])),
        )
        cells = tuple(self._row(row) for row in order)
        return Table("consignments", Message("All consignments, open ones first"), _COLUMNS, cells, NONE)

    def _row(self, row: Row) -> tuple[Value, ...]:
        unit = str(row["unit"] or "")
        state = str(row["state"])
        sent = self.ids(row, "despatches", Stage.DISPATCHED)
        came = self.ids(row, "receipts", Stage.RECEIVED)
        quantities = [
            _number(
                row[name], unit, joined(sent, came) if name == "open" else came if row["receipts"] else ()
            )
            for name in ("received", "short", "damaged", "rejected", "over", "open")
        ]
        return (
            str(row["consignment"]),
            (_SIGN[state], " ", Message(STATES[state])),
            self.partner(row),
            self.names.good(str(row["good"] or "")),
            Message(unit) if unit else "",
            _number(row["sent"], unit, sent),
            *quantities,
            _day(row["first"]),
            _day(row["until"]),
            (str(row["despatches"] or ""), " → ", str(row["receipts"] or "—")),
        )


_COLUMNS = (
    Column(Message("Consignment")),
    Column(Message("State")),
    Column(Message("Partner")),
    Column(Message("Good")),
    Column(Message("Unit")),
    Column(Message("Dispatched"), "", "number"),
    Column(Message("Received in good order"), "", "number"),
    Column(Message("Shortage"), "", "number"),
    Column(Message("Damaged"), "", "number"),
    Column(Message("Rejected"), "", "number"),
    Column(Message("Surplus"), "", "number"),
    Column(Message("Unaccounted for"), "", "number"),
    Column(Message("Dispatched on"), "", "day"),
    Column(Message("Received on"), "", "day"),
    Column(Message("Dispatches and receipts")),
)


def _number(value: object, unit: str, behind: tuple[str, ...]) -> Number:
    return Number(value if isinstance(value, Decimal) else None, unit, behind=behind)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _count(number: int) -> Number:
    return Number(Decimal(number), to="consignments")


PIECES = {
    "missing": "dispatched, not received",
    "never sent": "received, not dispatched",
    "damaged": "received damaged",
    "rejected": "rejected",
}
"""How the states of a piece are told."""


def _pieces(names: Names, rows: Sequence[Row]) -> Table:
    columns = (
        Column(Message("Consignment")),
        Column(Message("Good")),
        Column(Message("Serial or lot")),
        Column(Message("State")),
        Column(Message("Dispatch")),
        Column(Message("Receipt")),
    )
    cells = tuple(
        (
            str(row["consignment"]),
            names.good(str(row["good"] or "")),
            str(row["serial"]),
            Message(PIECES.get(str(row["state"]), str(row["state"]))),
            str(row["despatch"] or ""),
            str(row["receipt"] or ""),
        )
        for row in rows
    )
    return Table("pieces", Message("Discrepancies by serial number"), columns, cells, NO_PIECES)


def _legs(case: Case) -> tuple[Table, ...]:
    """Return planned and actual days by leg, where goods were sent between two stated places."""
    rows = _rows(case, "leg_days")
    if not rows:
        return ()
    names = Names(case)
    planned, actual = (
        (Message("Planned days, half of cases"), Message("Planned days, 9 of 10 cases")),
        (Message("Actual days, half of cases"), Message("Actual days, 9 of 10 cases")),
    )
    columns = (
        Column(Message("From")),
        Column(Message("To")),
        Column(planned[0], "d", "number"),
        Column(actual[0], "d", "number"),
        Column(planned[1], "d", "number"),
        Column(actual[1], "d", "number"),
        Column(Message("Arrived"), "", "number"),
        Column(Message("Arrival not reported"), "", "number"),
    )
    cells = tuple(_leg(names, row) for row in rows)
    title = Message("Days by leg: planned and actual")
    note = Message("Planned days are those of the lane between the two places, if only one joins them.")
    return (Table("leg-days", title, columns, cells, NONE, note=note),)


def _leg(names: Names, row: Row) -> tuple[Value, ...]:
    moved = row["movements"]
    behind = tuple(f"movements/{one}" for one in moved) if isinstance(moved, list) else ()

    def days(name: str) -> Number | None:
        value = row[name]
        return None if value is None else Number(Decimal(str(value)), "d", behind=behind)

    return (
        names.site(str(row["from"])),
        names.site(str(row["to"])),
        days("planned_p50"),
        days("actual_p50"),
        days("planned_p90"),
        days("actual_p90"),
        Number(Decimal(str(row["cases"])), behind=behind),
        Number(Decimal(str(row["open"])), behind=behind),
    )


RECONCILED_REPORT = Report("reconciled", section)
