"""The page of the recipient: what it asks of each partner, what is asked of it, and what has arrived."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.delegation.asks import ANY, Ask, asks_for_goods, asks_for_money
from konvoi.report.delegation.page import checks_section, one_sheet, questions_section
from konvoi.report.delegation.published import needs_section, published_needs
from konvoi.report.front.decisions import decisions
from konvoi.report.front.tiles import tiles
from konvoi.report.names import Names
from konvoi.report.on_page import first_rows
from konvoi.report.page import Column, Front, Message, Number, Page, Section, Share, Table, Value
from konvoi.report.planning.need_status import papers, served, worth

MOST_GOODS = 9
MOST_PAYMENTS = 4
MOST_QUESTIONS = 3
"""Rows of each table, so that the page stays one sheet."""


def recipient_page(case: Case, questions: Sequence[Question]) -> Page:
    """Return the page of the recipient. case: of its view; questions: open questions to it."""
    party = case.recipient
    asked = questions_section(questions, MOST_QUESTIONS) or checks_section(case, party, questions)
    parts = (needs_section(case, party), _asks(case), _payments(case), asked)
    table, further = decisions(case, party)
    due = None if table is None else replace(table, title=Message("What you are asked to do"))
    head = Message("Page of the recipient {party}, as of {day}", {"party": Names(case).party(party)})
    return one_sheet(case, party, head, Front(_answer(case), tiles(case), due, further, ()), parts)


def _answer(case: Case) -> Message:
    found = served(case)
    everything = worth(found, "needed")
    values: dict[str, Value] = {"party": Names(case).party(case.recipient), "count": len(found)}
    if not everything:
        if published := published_needs(case, case.recipient).height:
            values["count"] = Number(Decimal(published), to="published-needs")
            one, many = (
                "{party}: {count} need is published as a sum; none is reported with quantity, place and day.",
                "{party}: {count} needs are published as sums; none is reported with quantity, place and "
                "day.",
            )
            return Message(one, values, many, published)
        return Message("{party}: no validated needs reported.", values)
    if not papers(case):
        text, many = (
            "{party}: {count} validated need. Dispatches and receipts are not reported.",
            "{party}: {count} validated needs. Dispatches and receipts are not reported.",
        )
        return Message(text, values, many, len(found))
    values |= {
        "received": Share(worth(found, "received") / everything),
        "under_way": Share(worth(found, "under_way") / everything),
    }
    return Message(
        "{party}: {count} validated need; {received} received and {under_way} under way, by value.",
        values,
        "{party}: {count} validated needs; {received} received and {under_way} under way, by value.",
        len(found),
    )


def _asks(case: Case) -> Section:
    found = asks_for_goods(case)
    rows = tuple((*_start(case, one), Share(one.share), one.fallback) for one in found)
    columns = (
        Column(Message("Partner")),
        Column(Message("Request")),
        Column(Message("By when"), "", "day"),
        Column(Message("Needs that depend on it, by value"), "%", "number"),
        Column(Message("If it is not met")),
    )
    empty = Message("No validated need depends on a delivery, an approval or an offer that is still open.")
    title = Message("Requests for goods and approvals, by the needs that depend on them")
    table = first_rows(
        Table("asks-goods", title, columns, rows, empty),
        MOST_GOODS,
        Message("The first {shown} of {count} rows."),
    )
    return Section("asks", Message("What you ask of partners"), (), (), (table,))


def _payments(case: Case) -> Section | None:
    found = asks_for_money(case)
    if not found:
        return None
    rows = tuple((*_start(case, one), (one.amount,), one.fallback) for one in found)
    columns = (
        Column(Message("Partner")),
        Column(Message("Request")),
        Column(Message("By when"), "", "day"),
        Column(Message("Amount")),
        Column(Message("If it is not met")),
    )
    title = Message("Payments decided, requested or expected, by amount")
    table = Table("asks-payments", title, columns, rows, Message("None."))
    table = first_rows(table, MOST_PAYMENTS, Message("The first {shown} of {count} rows."))
    return Section("payments", Message("Payments"), (), (), (table,))


def _start(case: Case, one: Ask) -> tuple[Value, ...]:
    return (Names(case).party(one.party) if one.party else ANY, one.what, one.by)
