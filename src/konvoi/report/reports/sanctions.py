"""Sanctions side by side: who lists whom, what one regime lacks, what ends soon, what is proposed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.tables.sessions import SANCTIONS
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.names import Names, table
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report
from konvoi.report.sanctions.listed import regime
from konvoi.report.sanctions.proposals import acts_shown, proposals_table

Row = Mapping[str, object]
NONE = Message("No sanctions lists are imported. To import one: konvoi sanctions lists FILE --of REGIME.")
BROKEN = Message("The sanctions lists cannot be read. Run konvoi sanctions lists for the reason.")
TITLE = Message("Sanctions alignment")
_FREEZE = "asset freeze"
_SHADE = 3
_MOST = 100
_HEADS = {
    "lists": ("Regime", "Day of the list", "Days old", "Data from", "Data to", "State", "Parties listed"),
    "shares": ("Regime", "Measure", "On", "Listed", "Regimes with data", "Share", "No value stated"),
    "gaps": (
        "Who",
        "Kind",
        "Not listed by",
        "On",
        "Measure",
        "Listed by",
        "Acts to cite",
        "Listed there for",
    ),
    "ending": ("Who", "Regime", "Measure", "Until", "Acts", "Listed on by"),
    "lags": ("First", "Then", "Measure", "Number", "Earlier", "Same day", "Later", "Median, days"),
}
_DAYS = frozenset({"Day of the list", "Data from", "Data to", "On", "Until"})
_NUMBERS = frozenset(
    {"Days old", "Parties listed", "Listed", "Regimes with data", "Share", "No value stated", "Number"}
    | {"Earlier", "Same day", "Later", "Median, days"}
)


def section(case: Case) -> Section:
    """The lists of a workspace on its day; one line where it has none."""
    packages = _packages(case)
    tables = (proposals_table(case.tables["proposals"]),) if "proposals" in case.tables else ()
    tables = (*packages, *tables)
    if "sanction_sum" not in case.tables:
        answer = BROKEN if "sanction_lists" in case.tables else NONE
        return Section("sanctions", TITLE, (*_announced(packages), answer, *_proposed(case)), (), tables)
    drawn = (_lists(case), _shares(case), _gaps(case), _ending(case), _lags(case))
    charts = _bars(case)
    return Section("sanctions", TITLE, _answer(case), charts, (*drawn, *tables))


def _packages(case: Case) -> tuple[Table, ...]:
    """Return sanctions packages by day, as the documents of that topic state them."""
    rows = table(case, "documents").filter(pl.col("topic") == SANCTIONS).sort("day", "document")
    if rows.is_empty():
        return ()
    names = Names(case)
    cells = tuple(
        (row["day"], names.party(str(row["parties"] or "")), str(row["title"] or row["document"]))
        for row in rows.iter_rows(named=True)
    )
    columns = (
        Column(Message("Day"), "", "day"),
        Column(Message("Regime")),
        Column(Message("Sanctions package")),
    )
    title = Message("Sanctions packages by day")
    return (Table("sanctions-packages", title, columns, cells, NONE),)


def _announced(packages: tuple[Table, ...]) -> tuple[Message, ...]:
    return tuple(
        Message(
            "{count} sanctions package is published; which parties it lists is not compared here.",
            {"count": Number(Decimal(len(one.rows)), to=one.id)},
            "{count} sanctions packages are published; which parties they list is not compared here.",
            len(one.rows),
        )
        for one in packages
    )


def _answer(case: Case) -> tuple[Message, ...]:
    total = case.tables["sanction_sum"].row(0, named=True)
    gaps = case.tables["sanction_gaps"].filter(perhaps="")
    values: dict[str, Value] = {
        "parties": _count(case, total["parties"], "sanctions-lists"),
        "regimes": _count(case, total["regimes"], "sanctions-lists"),
        "gaps": _count(case, gaps.height, "sanctions-gaps"),
    }
    first = Message(
        "{parties} party is listed, regimes with a list: {regimes}; measures that others order and one "
        "list lacks on the same day: {gaps}.",
        values,
        "{parties} parties are listed, regimes with a list: {regimes}; measures that others order and one "
        "list lacks on the same day: {gaps}.",
        total["parties"],
    )
    return (first, *_widest(gaps), *_doubtful(case, total["undecided"]), *_soon(case), *_proposed(case))


def _widest(gaps: pl.DataFrame) -> tuple[Message, ...]:
    if gaps.is_empty():
        return ()
    row = gaps.row(0, named=True)
    values: dict[str, Value] = {
        "name": str(row["name"]),
        "measure": Message(row["order"]),
        "has": listed([regime(one) for one in row["has"].split("; ")], ", "),
        "lacks": regime(row["lacks"]),
        "day": row["day"],
    }
    return (Message("Largest gap: {name}, {measure}: ordered by {has}, not by {lacks} on {day}.", values),)


def _doubtful(case: Case, undecided: int) -> tuple[Message, ...]:
    perhaps = case.tables["sanction_gaps"].filter(pl.col("perhaps") != "").height
    if not undecided:
        return ()
    values: dict[str, Value] = {
        "pairs": _count(case, undecided, "sanctions-gaps"),
        "perhaps": _count(case, perhaps, "sanctions-gaps"),
    }
    return (
        Message(
            "Pairs of parties under review as one: {pairs}; gaps that would close if they are "
            "one, not counted: {perhaps}.",
            values,
        ),
    )


def _soon(case: Case) -> tuple[Message, ...]:
    count = case.tables["sanction_ending"].height
    if not count:
        return ()
    known = {"count": _count(case, count, "sanctions-ending")}
    return (Message("Measures that end within 90 days: {count}.", known),)


def _proposed(case: Case) -> tuple[Message, ...]:
    rows = case.tables.get("proposals")
    if rows is None or rows.is_empty():
        return ()
    to = "proposals-table"
    values: dict[str, Value] = {
        "count": _count(case, rows.height, to),
        "tabled": _count(case, rows.filter(state="tabled").height, to),
        "adopted": _count(case, rows.filter(state="adopted").height, to),
        "closed": _count(case, rows.filter(state="closed by a list").height, to),
    }
    return (
        Message(
            "Proposals: {count}; tabled in a session {tabled}, adopted {adopted}, closed by a list {closed}.",
            values,
        ),
    )


def _count(case: Case, count: int, to: str) -> Number:
    return Number(Decimal(count), "", "", case.day, to=to)


def _bars(case: Case) -> tuple[Bars, ...]:
    """Return the number of parties that each regime freezes, of those that anyone freezes and for which it is
    known.
    """
    rows = case.tables["sanction_shares"].filter(pl.col("share").is_not_null(), order=_FREEZE)
    bars = tuple(
        Bar(
            regime(row["regime"]),
            ((Number(Decimal(row["listed"]), to="sanctions-shares"), _SHADE),),
            outline=Number(Decimal(row["known"]), to="sanctions-shares"),
        )
        for row in rows.iter_rows(named=True)
    )
    if not bars:
        return ()
    title = Message("Asset freezes by regime, among parties with data")
    source = Message("Sanctions lists as imported, each on the last day that it covers.")
    return (Bars("sanctions-freezes", title, "", bars, source),)


def _lists(case: Case) -> Table:
    rows = tuple(
        (
            regime(row["regime"]),
            row["day"],
            _number(row["age"]),
            row["first"],
            row["last"],
            Message(row["state"] or "none in force"),
            _number(row["listed"] or 0),
        )
        for row in case.tables["sanction_lists"].iter_rows(named=True)
    )
    note = Message(
        "Outside the days that a list covers, and for measures that it never orders, the "
        "state is “not known”, never “not listed”."
    )
    return Table("sanctions-lists", Message("Lists and their days"), _columns("lists"), rows, NONE, note=note)


def _shares(case: Case) -> Table:
    found = case.tables["sanction_shares"].filter(pl.col("known") > 0)
    rows = tuple(
        (
            regime(row["regime"]),
            Message(row["order"]),
            row["day"],
            _number(row["listed"]),
            _number(row["known"]),
            Share(None if row["share"] is None else Decimal(row["listed"]) / Decimal(row["known"])),
            _number(row["unknown"]),
        )
        for row in found.iter_rows(named=True)
    )
    title = Message("Share of listed parties by regime")
    empty = Message("No list has data for this day or an earlier one.")
    return Table("sanctions-shares", title, _columns("shares"), rows, empty)


def _gaps(case: Case) -> Table:
    found = case.tables["sanction_gaps"].filter(perhaps="")
    rows = tuple(_gap(row) for row in found.head(_MOST).iter_rows(named=True))
    title = Message("Measures ordered by other lists on the same day")
    empty = Message("No differences on days for which both lists have data.")
    note = None
    if found.height > _MOST:
        told: dict[str, Value] = {"shown": _MOST, "count": found.height}
        note = Message("The largest {shown} of {count}; konvoi sanctions matrix --gaps lists all.", told)
    return Table("sanctions-gaps", title, _columns("gaps"), rows, empty, note=note)


def _gap(row: Row) -> tuple[Value, ...]:
    instead = [Message(one) for one in str(row["otherwise"]).split("; ") if one]
    lacks: Value = regime(str(row["lacks"]))
    if row["cell"] == "expired":
        lacks = (lacks, " (", Message("expired"), ")")
    return (
        str(row["name"]),
        Message(str(row["kind"])),
        lacks,
        _day(row["day"]),
        Message(str(row["order"])),
        listed([regime(one) for one in str(row["has"]).split("; ")], ", "),
        str(row["citations"]),
        listed(instead, ", "),
    )


def _ending(case: Case) -> Table:
    rows = tuple(
        (
            str(row["name"]),
            regime(row["regime"]),
            Message(row["order"]),
            row["until"],
            acts_shown(row["regime"], row["acts"]),
            listed([regime(one) for one in row["others"].split("; ") if one], ", "),
        )
        for row in case.tables["sanction_ending"].head(_MOST).iter_rows(named=True)
    )
    title = Message("Listings about to end")
    empty = Message("No measure ends within 90 days.")
    return Table("sanctions-ending", title, _columns("ending"), rows, empty)


def _lags(case: Case) -> Table:
    rows = tuple(
        (
            regime(row["first"]),
            regime(row["then"]),
            Message(row["order"]),
            *(_number(row[name]) for name in ("n", "earlier", "same_day", "later")),
            Number(Decimal(str(row["median_days"])), "d", to="sanctions-lags"),
        )
        for row in case.tables["sanction_lags"].iter_rows(named=True)
    )
    title = Message("Order of listing, where both lists state the day")
    empty = Message("No two lists give exact days for the same party.")
    return Table("sanctions-lags", title, _columns("lags"), rows, empty)


def _number(value: object) -> Value:
    return None if value is None else int(str(value))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _columns(name: str) -> tuple[Column, ...]:
    kinds = dict.fromkeys(_DAYS, "day") | dict.fromkeys(_NUMBERS, "number")
    return tuple(Column(Message(head), "", kinds.get(head, "text")) for head in _HEADS[name])


SANCTIONS_REPORT = Report("sanctions", section)
