"""The records behind the numbers of a page: every entry, and the rows of tables that a number rests on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.money import to_major
from konvoi.report.agreements import negotiation_tables as negotiated
from konvoi.report.case import Case
from konvoi.report.funding import funds, projects
from konvoi.report.ledger import agreed, support
from konvoi.report.meetings import session_tables as talks
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number, Record, Value

Row = dict[str, object]


def records(case: Case) -> tuple[Record, ...]:
    """All records: the entries by party, package, line, then needs, offers, budgets, capacities, what was
    agreed and signed, economic packages, steps, positions."""
    return (
        *_entries(case),
        *_table(case, "needs", "need", "quantity"),
        *_table(case, "offers", "offer", "quantity"),
        *_budgets(case),
        *_capacities(case),
        *support.records(case),
        *agreed.records(case),
        *funds.records(case),
        *talks.records(case),
        *negotiated.records(case),
        *projects.records(case),
    )


def _entries(case: Case) -> Iterator[Record]:
    names = Names(case)
    files = dict(case.documents.select("submission", "name").iter_rows())
    order = ["party", "package", "line", "day_to", "stage", "entry"]
    for row in case.entries.sort(order, nulls_last=True).iter_rows(named=True):
        yield _entry(names, row, files.get(row["submission"]) or "")


def _entry(names: Names, row: Row, file: str) -> Record:
    package = row["package"]
    line = row["line"]
    text = row["text"]
    what: list[Value] = [str(line or package or row["reference"] or row["entry"])]
    if row["good"]:
        what += [", ", names.good(str(row["good"]))]
    if text and not names.says(str(row["good"] or ""), str(text)):
        what += [", ", str(text)]
    minor = row["amount_minor"]
    currency = row["currency"]
    quantity = row["quantity"]
    known = isinstance(minor, int) and bool(currency)
    unit = str(row["unit"] or "") or names.unit(str(row["good"] or ""))
    return Record(
        id=str(row["entry"]),
        what=tuple(what),
        party=names.party(str(row["party"] or "")),
        stage=Message(str(row["stage"] or "")),
        days=_days(row["day_from"], row["day_to"]),
        amount=Number(to_major(int(str(minor)), str(currency)), str(currency)) if known else None,
        quantity=Number(quantity, unit) if isinstance(quantity, Decimal) else None,
        file=file,
        sheet=str(row["sheet"] or ""),
        row=int(str(row["row"] or 0)),
        column=str(row["column"] or ""),
        source=str(row["source"] or ""),
        address=str(row["address"] or ""),
    )


def _days(first: object, last: object) -> tuple[date, ...]:
    return tuple(sorted({day for day in (first, last) if isinstance(day, date)}))


def _table(case: Case, name: str, key: str, column: str) -> Iterator[Record]:
    names = Names(case)
    rows = table(case, name).drop_nulls(key).unique(key, keep="last", maintain_order=True).sort(key)
    for row in rows.iter_rows(named=True):
        good = str(row["good"] or "")
        quantity = row["quantity"]
        day = row.get("due") or row.get("ready")
        yield _row(
            row,
            id=f"{name}/{row[key]}",
            what=(str(row[key]), ", ", names.good(good), ", ", names.site(str(row["site"] or ""))),
            party=names.party(str(row.get("party") or row.get("recipient") or case.recipient)),
            stage=Message("needed") if name == "needs" else Message("offered"),
            day=day if isinstance(day, date) else None,
            quantity=Number(quantity, names.unit(good)) if isinstance(quantity, Decimal) else None,
            column=column,
        )


def _budgets(case: Case) -> Iterator[Record]:
    names = Names(case)
    rows = table(case, "budgets").filter(pl.col("amount").is_not_null()).sort("budget", "day")
    for row in rows.unique("budget", keep="first", maintain_order=True).iter_rows(named=True):
        yield _row(
            row,
            id=f"budgets/{row['budget']}",
            what=(str(row["budget"]),),
            party=names.party(str(row["party"] or "")),
            stage=Message("budget"),
            day=row["day"],
            amount=Number(to_major(row["amount"], row["currency"] or ""), row["currency"] or ""),
            column="amount",
        )


def _capacities(case: Case) -> Iterator[Record]:
    names = Names(case)
    lanes = {row["lane"]: row for row in table(case, "lanes").iter_rows(named=True)}
    rows = table(case, "capacities").drop_nulls("tonnes").sort("on", "_row")
    for row in rows.iter_rows(named=True):
        lane = lanes.get(row["on"])
        place: tuple[Value, ...] = (names.site(row["on"]),)
        if lane:
            place = (names.site(lane["from"]), " → ", names.site(lane["to"]))
        assumed = (", ", str(row["assumption"])) if row.get("assumption") else ()
        yield _row(
            row,
            id=f"capacities/{row['on']}#{row['_row']}",
            what=(*place, *assumed),
            party=None,
            stage=Message("limit"),
            day=row["from"],
            quantity=Number(row["tonnes"], "t"),
            column="tonnes",
        )


def _row(
    row: Row,
    *,
    id: str,
    what: tuple[Value, ...],
    party: Value,
    stage: Message,
    day: date | None,
    column: str,
    amount: Number | None = None,
    quantity: Number | None = None,
) -> Record:
    return Record(
        id=id,
        what=what,
        party=party,
        stage=stage,
        days=(day,) if day else (),
        amount=amount,
        quantity=quantity,
        file=str(row.get("_file") or ""),
        sheet=str(row.get("_sheet") or ""),
        row=int(str(row.get("_row") or 0)),
        column=column,
        address=str(row.get("address") or ""),
    )
