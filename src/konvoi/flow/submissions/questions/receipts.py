"""Despatches that nobody has confirmed after so many days."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from konvoi.flow.submissions.question_kind import Kind
from konvoi.model.answers import Form
from konvoi.model.stages import Stage
from konvoi.model.table import Type
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.ledger.lines import Row, about, place_of
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Number


def questions(case: Case, party: str) -> Iterator[Question]:
    """One question to the receiver for each movement that left so long ago and has no receipt."""
    lines = {row["line"]: row for row in table(case, "lines").iter_rows(named=True)}
    receivers = _receivers(case)
    open_ = [row for row in _unconfirmed(case) if receivers.get(str(row["line"]), case.recipient) == party]
    for row in open_:
        yield _question(case, party, row, lines.get(str(row["line"]), row))


def _question(case: Case, party: str, row: Row, line: Row) -> Question:
    quantity = row["quantity"]
    day = row["day"]
    left = day if isinstance(day, date) else case.day
    unit = str(row["unit"] or line.get("unit") or "") or Names(case).unit(str(line.get("good") or ""))
    moved = Number(quantity if isinstance(quantity, Decimal) else None, unit)
    return Question(
        kind="receipts",
        party=party,
        record=f"movements/{row['movement']}",
        about=(str(row["movement"]), "; ", about(case, line)),
        place=place_of(row, "movement"),
        asked=Message(
            "{quantity} left on {day}. How much arrived in good order?", {"quantity": moved, "day": left}
        ),
        needed=Message(
            "The quantity counted and the date of receipt. For shortages or damage, submit a receipt."
        ),
        form=Form(Type.NUMBER, day=True),
        since=left + timedelta(days=case.receipt_days),
        values={"reference": str(row["movement"]), "place": str(row["to"] or "")},
        seen=(str(quantity), left),
    )


def _unconfirmed(case: Case) -> Iterator[Row]:
    """Movements that left longer ago than the rule allows and that no receipt answers."""
    named = set(table(case, "receipts")["reference"].drop_nulls())
    contracts = dict(table(case, "contracts").select("contract", "line").iter_rows())
    named |= {contracts[name] for name in named if name in contracts}
    rows = table(case, "movements").drop_nulls(["movement", "line", "day"]).sort("day", "movement")
    for row in rows.iter_rows(named=True):
        late = row["day"] + timedelta(days=case.receipt_days) < case.day
        told = {row["movement"], row["waybill"], row["line"]} & named
        if row["stage"] == Stage.DISPATCHED and late and not told:
            yield row


def _receivers(case: Case) -> dict[str, str]:
    """Return the receiver of each line, where its package says so."""
    packages = dict(table(case, "packages").select("package", "counterparty").iter_rows())
    rows = table(case, "lines").select("line", "package").iter_rows()
    return {line: packages[package] for line, package in rows if packages.get(package)}


RECEIPTS = Kind("receipts", questions)
