"""Reminders to the owner of action items due soon or overdue: a letter, and a calendar with alarms."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.accord.reminders import ESCALATED
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.meetings.meeting_days import action_item_days
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Page, Section, Table, Value
from konvoi.report.page_files import page_files
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.submissions.letter import contacts
from konvoi.report.writers.ics import calendar_of

Row = Mapping[str, Any]

NONE = Message("No action item is due soon or overdue.")


def reminder_files(case: Case, party: str, sender: str, languages: Sequence[str]) -> Mapping[str, bytes]:
    """Return the letter of a party (HTML, DOCX) and its calendar (ICS) in each language, by name.

    case: of the view of the party. Without an action item to remind of there is no file.
    """
    page = reminder_page(case, party, sender)
    if page is None:
        return {}
    files = dict(page_files(page, languages))
    for language in languages:
        files[f"{page.file}.{language}.ics"] = calendar_of(page, language)
    return dict(sorted(files.items()))


def reminder_page(case: Case, party: str, sender: str = "") -> Page | None:
    """Return the letter to a party as a page; None where there is nothing to remind of.

    sender: who reminds; empty: the coalition.
    """
    found = case.tables.get("reminders", pl.DataFrame())
    own = [row for row in found.iter_rows(named=True) if row["party"] == party]
    if not own:
        return None
    section = _section(case, party, own, sender)
    wanted = {f"step/{row['step']}" for row in own}
    return Page(
        title=case.title,
        day=case.day,
        audience=party,
        marking=marking(case, party),
        exercise=case.exercise,
        sections=(section,),
        records=records(case),
        head=Message("Reminder of action items, {party}, as of {day}", {"party": Names(case).party(party)}),
        file=f"reminder-{party}",
        events=tuple(one for one in action_item_days(case) if one.id in wanted),
        shown=(section,),
        sheets=1,
    )


def _section(case: Case, party: str, own: Sequence[Row], sender: str) -> Section:
    late = [row for row in own if row["late"] is not None]
    values: dict[str, Value] = {
        "late": Number(Decimal(len(late)), to="reminders-table"),
        "soon": Number(Decimal(len(own) - len(late)), to="reminders-table"),
        "ahead": case.remind_days,
    }
    answer = (
        Message("From: {sender}", {"sender": sender or case.title}),
        *(Message("To: {contact}", {"contact": one.line}) for one in contacts(case, party)),
        *_copies(own),
        Message("Action items overdue: {late}; due within {ahead} days: {soon}.", values),
        Message("Please complete them, or state a new day and the reason."),
    )
    return Section("reminder", Message("Action items"), answer, (), (_table(own),))


def _copies(own: Sequence[Row]) -> list[Message]:
    """Return the heads of delegation who are told of escalated items, too."""
    raised = [row for row in own if row["level"] == ESCALATED]
    if not raised:
        return []
    heads = {", ".join(str(row[one]) for one in ("head", "office") if row[one]) for row in raised} - {""}
    who: Value = listed([Message("{name}", {"name": one}) for one in sorted(heads)], "; ")
    return [Message("Copy to: {who}", {"who": who if heads else Message("head of the delegation")})]


def _table(own: Sequence[Row]) -> Table:
    columns = (
        Column(Message("Action item")),
        Column(Message("What is to be done")),
        Column(Message("Due date"), "", "day"),
        Column(Message("Days overdue"), "d", "number"),
        Column(Message("State")),
        Column(Message("Goes to the head of the delegation on"), "", "day"),
    )
    rows = tuple(
        (
            str(row["step"]),
            str(row["title"]),
            row["due"],
            Number(Decimal(row["late"]), "d", to="reminders-table") if row["late"] else "–",
            Message(str(row["level"])),
            row["escalates"],
        )
        for row in own
    )
    return Table("reminders-table", Message("Action items due soon or overdue"), columns, rows, NONE)
