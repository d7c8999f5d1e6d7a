"""Published figures on the page of a party: its support, announcements and agreements; the needs stated."""

from datetime import date
from typing import Any

import polars as pl

from konvoi.accord.facts import PAST
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


def published_answer(case: Case, party: str) -> Message | None:
    """Return what the first register states of a party's support; None where none does."""
    found = [one for one in supports(case) if party in one.parties]
    return _answer(found[0], party) if found else None


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
            "{source}: {committed} committed, {allocated} allocated. There is no gap: allocations draw on "
            "commitments of earlier years or on ones that the source does not know."
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
    entries = entries.join(_parts(case), on="entry", how="anti")
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


def _parts(case: Case) -> pl.DataFrame:
    """Return the entries that are parts of another package: its sum contains theirs."""
    accepted = case.relations.filter(pl.col("relation") == "part_of", pl.col("status") == "accepted")
    return accepted.select(entry="left")


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
        if row["party"] == party and row["amount"] and row["until"] and row["force"] != PAST:
            sums.setdefault(str(row["document"]), []).append(row["until"])
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(row["title"] or row["document"]),
            row["day"],
            row["ends"],
            _last(case, sums.get(str(row["document"]), [])),
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


def _last(case: Case, days: list[date]) -> Value:
    """Return the last day of the sums of an agreement, and whether it is past."""
    if not days:
        return Message("none stated")
    last = max(days)
    return (last, " (", Message("ended"), ")") if last < case.day else last


def _span(row: dict[str, Any]) -> Value:
    """Return the period of a published sum."""
    values: dict[str, Value] = {"from": row["from"], "to": row["to"]}
    if row["from"] is None:
        # A sum without a period is dated by the day on which it was stated.
        return Message("not stated") if row["to"] == row.get("stated") else Message("until {to}", values)
    return Message("{from} to {to}", values)


def _same_kind(registers: list[Support], kind: str | None) -> Value:
    """Return what the first register states as allocated to a kind of support in its last year."""
    for one in registers[:1]:
        if kind in _COLUMNS and one.years:
            amount = one.of(str(kind), year=max(one.years))
            if amount.value is not None:
                return (amount, " (", str(max(one.years)), ")")
    return Message("not stated by kind")


def published_needs(case: Case, party: str) -> pl.DataFrame:
    """Return the needs of a party that are published as sums, without those whose period is over."""
    rows = table(case, "published_sums")
    if rows.is_empty():
        return rows
    ahead = pl.col("from").is_null() | (pl.col("to") >= case.day)
    needed = pl.col("stage").is_in(list(_NEEDS))
    return rows.filter(pl.col("party") == party, needed, ahead).drop_nulls(["amount", "currency"])


def needs_section(case: Case, party: str) -> Section | None:
    """Return the needs of a party that are published as sums, the largest first; None for none."""
    own = published_needs(case, party)
    if own.is_empty():
        return None
    registers = supports(case)
    found: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(row["title"] or row["figure"]),
            Message(str(row["stage"])),
            _span(row),
            row.get("stated") or Message("not stated"),
            _money(case, row, row["amount"], f"published_sums/{row['figure']}"),
            _same_kind(registers, row["kind"]),
        )
        for row in own.sort("stage", "amount", "figure", descending=[False, True, False]).iter_rows(
            named=True
        )
    )
    columns = (
        Column(Message("What")),
        Column(Message("Stated as")),
        Column(Message("For")),
        Column(Message("Stated on"), "", "day"),
        Column(Message("Amount")),
        Column(Message("Allocated to the same kind in the last full year")),
    )
    text = "{count} needs are published as sums. They overlap and are never added."
    title = Message("Published needs, the largest first")
    shown = Table("published-needs", title, columns, found[:MOST_NEEDS], NONE)
    return Section(
        "published-needs", Message("Published needs"), (Message(text, {"count": len(found)}),), (), (shown,)
    )
