"""A letter to a party: what is open, heading by heading, before any language or form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from konvoi.report.asked import TITLES, Question
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Message, Name
from konvoi.report.readers import marking
from konvoi.report.sentences import place

MOST = 40
"""So many questions of one kind stand in a letter; the workbook holds all."""


@dataclass(frozen=True)
class Part:
    """One heading: its questions, and how many there are in all."""

    title: Message
    questions: tuple[Question, ...]
    total: int


@dataclass(frozen=True)
class Contact:
    """A person who answers questions for a party; language: of letters to the person, empty if not stated."""

    name: str
    function: str
    email: str
    language: str

    @property
    def line(self) -> str:
        """Name, function and e-mail address in one line."""
        return ", ".join(filter(None, (self.name, self.function, self.email)))


@dataclass(frozen=True)
class Letter:
    """A letter as values.

    sender: the coalition, or who asks for it. contacts: persons of the party, which only its own view and
    that of the coordination cell have. deadline: last day for an answer.
    """

    coalition: str
    day: date
    to: Name
    party: str
    marking: Message
    exercise: bool
    sender: str
    contacts: tuple[Contact, ...]
    salutation: Message
    deadline: date
    opening: tuple[Message, ...]
    parts: tuple[Part, ...]
    closing: tuple[Message, ...]


def letter(case: Case, questions: Sequence[Question], *, sender: str = "", answer_days: int = 14) -> Letter:
    """The letter that puts these questions, all of one party.

    sender: who asks; empty: the coalition. answer_days: days from the case's day to the deadline.
    """
    party = questions[0].party
    persons = contacts(case, party)
    deadline = case.day + timedelta(days=answer_days)
    parts = []
    for kind, title in TITLES.items():
        own = tuple(one for one in questions if one.kind == kind)
        if own:
            parts.append(Part(title, own[:MOST], len(own)))
    oldest = max(one.open_days(case.day) for one in questions)
    return Letter(
        coalition=case.title,
        day=case.day,
        to=Names(case).party(party),
        party=party,
        marking=marking(case, party),
        exercise=case.exercise,
        sender=sender or case.title,
        contacts=persons,
        salutation=_salutation(persons),
        deadline=deadline,
        opening=_opening(len(questions), oldest, deadline),
        parts=tuple(parts),
        closing=_closing(),
    )


def contacts(case: Case, party: str) -> tuple[Contact, ...]:
    """Return the persons who answer questions for a party, by name."""
    rows = table(case, "contacts")
    texts = ("name", "function", "email", "language")
    own = rows.filter(pl.col("party") == party).select(texts).fill_null("").sort(texts)
    return tuple(Contact(*row) for row in own.iter_rows())


def _salutation(persons: Sequence[Contact]) -> Message:
    if len(persons) == 1:
        return Message("Dear {name},", {"name": persons[0].name})
    return Message("Dear colleagues,")


def _opening(count: int, oldest: int, deadline: date) -> tuple[Message, ...]:
    return (
        Message(
            "{count} question is open, the oldest for {days}.",
            {"count": count, "days": days(oldest)},
            "{count} questions are open, the oldest for {days}.",
            count,
        ),
        Message("Each question has a cell in the enclosed workbook. Please complete it and return it."),
        Message("Please answer by {day}.", {"day": deadline}),
    )


def _closing() -> tuple[Message, ...]:
    return (
        Message(
            "What is answered is not asked again. A cell that stays empty stays open; empty never means zero."
        ),
        Message("Rows may be moved or omitted. The number identifies the question."),
    )


def days(count: int) -> Message:
    """So many days."""
    return Message("{count} day", {"count": count}, "{count} days", count)


def heads() -> tuple[Message, ...]:
    """The heads of a letter's tables."""
    return (
        Message("What it is about"),
        Message("Subject"),
        Message("What is needed"),
        Message("Open, days"),
    )


def where(question: Question) -> Message | str:
    """Return the place of a question's record, file and cell; empty where that is not known."""
    if not question.place.file:
        return ""
    return Message("{file}: {place}", {"file": question.place.file, "place": place(question.place)})
