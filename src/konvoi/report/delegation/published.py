"""Published figures on the page of a party: its support, announcements and agreements; the needs stated."""

from datetime import date
from typing import Any

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.support import Support, supports
from konvoi.report.names import table
from konvoi.report.page import Column, Message, Number, Section, Table, Value

MOST_PACKAGES = 6
MOST_AGREEMENTS = 3
MOST_NEEDS = 12
_NEEDS = ("needed", "unfunded")
NONE = Message("None.")
_COLUMNS = ("committed", "allocated", "military", "financial", "humanitarian")


def published_section(case: Case, party: str) -> Section | None:
    """Return published figures of a party; None where no register publishes its support."""
    found = [one for one in supports(case) if party in one.parties]
    if not found:
        return None
    tables = (*(_by_year(one, party) for one in found), _packages(case, party), _agreements(case, party))
    return Section(
        "published",
        Message("Support, announcements and agreements"),
        tuple(_answer(one, party) for one in found),
        (),
        tuple(one for one in tables if one.rows),
    )


def _answer(of: Support, party: str) -> Message:
    gap = of.of("outstanding", party=party)
    values: dict[str, Value] = {
        "source": of.source,
        "committed": of.of("committed", party=party),
        "allocated": of.of("allocated", party=party),
        "gap": gap,
    }
    if gap.value is None:
        return Message("{source}: {allocated} allocated; commitments are not stated.", values)
    if gap.value < 0:
        text = (
            "{source}: {committed} committed, {allocated} allocated: more than committed, therefore no gap."
        )
        return Message(text, values)
    return Message("{source}: {committed} committed, {allocated} allocated, {gap} not yet allocated.", values)


def _by_year(of: Support, party: str) -> Table:
    columns = (
        Column(Message("Year")),
        *(Column(Message(name), of.currency, "number") for name in _COLUMNS),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (str(year), *(of.of(name, party=party, year=year) for name in _COLUMNS)) for year in of.years
    )
    title = Message("Support by year: {source}", {"source": of.source})
    return Table("own-support", title, columns, rows, NONE)


def _packages(case: Case, party: str) -> Table:
    """Return the packages of a party with an amount, the latest first."""
    entries = case.entries.filter(
        pl.col("party") == party, pl.col("line").is_null(), pl.col("amount_minor").is_not_null()
    )
    order = entries.sort("day_to", "entry", descending=[True, False], nulls_last=True)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(row["text"] or row["package"] or ""),
            row["day_to"] if row["day_from"] == row["day_to"] else Message("not stated to the day"),
            Message(str(row["stage"] or Stage.PLEDGED)),
            _money(case, row, row["amount_minor"], str(row["entry"])),
        )
        for row in order.head(MOST_PACKAGES).iter_rows(named=True)
    )
    columns = (
        Column(Message("Package")),
        Column(Message("Day"), "", "day"),
        Column(Message("Stage")),
        Column(Message("Amount")),
    )
    title = Message(
        "Your latest announcements with a sum: {shown} of {count}", _counts(len(rows), entries.height)
    )
    return Table("own-packages", title, columns, rows, NONE)


def _money(case: Case, row: dict[str, Any], minor: int, behind: str) -> Value:
    """Return an amount with its own currency: rows of one table have several."""
    currency = str(row["currency"])
    amount = Number(to_major(minor, currency), currency, str(row["stage"]), case.day, (behind,))
    return (amount,)


def _counts(shown: int, count: int) -> dict[str, Value]:
    return {"shown": shown, "count": count}


def _agreements(case: Case, party: str) -> Table:
    """Return the agreements of a party with their ends, and the last day of the sums that they name."""
    sums: dict[str, list[date]] = {}
    for row in table(case, "undertakings").iter_rows(named=True):
        if row["party"] == party and row["amount"] and row["until"]:
            sums.setdefault(str(row["document"]), []).append(row["until"])
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(row["title"] or row["document"]),
            row["day"],
            row["ends"],
            max(sums[row["document"]]) if row["document"] in sums else Message("none stated"),
        )
        for row in table(case, "documents").sort("document").iter_rows(named=True)
        if row["kind"] == "agreement" and party in str(row["parties"] or "").replace(" ", "").split(";")
    )
    columns = (
        Column(Message("Agreement")),
        Column(Message("Signed"), "", "day"),
        Column(Message("Ends"), "", "day"),
        Column(Message("Sums run until"), "", "day"),
    )
    return Table("own-agreements", Message("Your agreements"), columns, rows[:MOST_AGREEMENTS], NONE)


def published_needs(case: Case, party: str) -> int:
    """Return the number of needs of a party that are published as sums."""
    return _needs(case, party).height


def _needs(case: Case, party: str) -> pl.DataFrame:
    """The published sums of a party that are needs and have an amount."""
    rows = table(case, "published_sums")
    if rows.is_empty():
        return rows
    return rows.filter(pl.col("party") == party, pl.col("stage").is_in(list(_NEEDS))).drop_nulls(
        ["amount", "currency"]
    )


def needs_section(case: Case, party: str) -> Section | None:
    """Return the needs of the recipient that are published as sums, the largest first; None for none."""
    own = _needs(case, party)
    if own.is_empty():
        return None
    found: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(row["title"] or row["figure"]),
            Message(str(row["stage"])),
            row["from"] or Message("not stated"),
            row["to"],
            _money(case, row, row["amount"], f"published_sums/{row['figure']}"),
        )
        for row in own.sort("stage", "amount", "figure", descending=[False, True, False]).iter_rows(
            named=True
        )
    )
    columns = (
        Column(Message("What")),
        Column(Message("Stated as")),
        Column(Message("From"), "", "day"),
        Column(Message("Until"), "", "day"),
        Column(Message("Amount")),
    )
    text = "{count} needs are published as sums. They overlap and are never added."
    title = Message("Published needs, the largest first")
    shown = Table("published-needs", title, columns, found[:MOST_NEEDS], NONE)
    return Section(
        "published-needs", Message("Published needs"), (Message(text, {"count": len(found)}),), (), (shown,)
    )
