"""A letter to a party: what is open, heading by heading, before any language or form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from konvoi.report.asked import TITLES, Question
from konvoi.report.case import Case
from konvoi.report.names import Names
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
class Letter:
    """A letter as values."""

    coalition: str
    day: date
    to: Name
    party: str
    marking: Message
    exercise: bool
    opening: tuple[Message, ...]
    parts: tuple[Part, ...]
    closing: tuple[Message, ...]


def letter(case: Case, questions: Sequence[Question]) -> Letter:
    """The letter that puts these questions, all of one party."""
    party = questions[0].party
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
        opening=_opening(len(questions), oldest),
        parts=tuple(parts),
        closing=_closing(),
    )


def _opening(count: int, oldest: int) -> tuple[Message, ...]:
    return (
        Message(
            "{count} question is open, the oldest for {days}.",
            {"count": count, "days": days(oldest)},
            "{count} questions are open, the oldest for {days}.",
            count,
        ),
        Message("Each question has a cell in the enclosed workbook. Please complete it and return it."),
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
