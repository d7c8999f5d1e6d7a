"""Open questions with each party: their number, and the age of the oldest in days."""

from collections import Counter
from decimal import Decimal

from konvoi.report.asked import TITLES, Question
from konvoi.report.case import Case
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Table, Value
from konvoi.report.report import Report
from konvoi.report.submissions.letter import days

NONE = Message("No open questions.")


def section(case: Case) -> Section:
    """The open questions by party."""
    return Section("questions", Message("Open questions"), _answer(case), (), (_parties(case), _kinds(case)))


def _answer(case: Case) -> tuple[Message, ...]:
    if not case.questions:
        return (NONE,)
    oldest = max(one.open_days(case.day) for one in case.questions)
    count = len(case.questions)
    values: dict[str, Value] = {
        "count": Number(Decimal(count), "", "", case.day, to="questions-table"),
        "parties": Number(Decimal(len({one.party for one in case.questions})), to="questions-table"),
        "days": days(oldest),
    }
    return (
        Message(
            "{count} open question, {parties} party; open for: {days}.",
            values,
            "{count} open questions, parties: {parties}; oldest: {days}.",
            count,
        ),
        Message("Letters and answer workbooks: konvoi ask."),
    )


def _parties(case: Case) -> Table:
    """One row for each party, the longest waiting first."""
    names = Names(case)
    by_party: dict[str, list[Question]] = {}
    for one in case.questions:
        by_party.setdefault(one.party, []).append(one)
    ages = {party: max(one.open_days(case.day) for one in own) for party, own in by_party.items()}
    rows = tuple(
        (names.party(party), _count(len(by_party[party])), _count(ages[party]))
        for party in sorted(by_party, key=lambda party: (-ages[party], party))
    )
    columns = (
        Column(Message("Party")),
        Column(Message("Open questions"), "", "number"),
        Column(Message("Oldest, days"), "", "number"),
    )
    return Table("questions-table", Message("Open questions by party, oldest first"), columns, rows, NONE)


def _kinds(case: Case) -> Table:
    counts = Counter(one.kind for one in case.questions)
    rows = tuple((title, _count(counts[kind])) for kind, title in TITLES.items() if counts[kind])
    columns = (Column(Message("Subject")), Column(Message("Open questions"), "", "number"))
    return Table("questions-by-kind", Message("Open questions by subject"), columns, rows, NONE)


def _count(number: int) -> Number:
    return Number(Decimal(number), to="questions-table")


QUESTIONS_REPORT = Report("questions", section)
