"""Sessions of the coalition, their decisions, and the next steps with their owners."""

from decimal import Decimal

from konvoi.accord.sessions import around
from konvoi.report.case import Case
from konvoi.report.meetings.session_tables import NO_SESSION, NO_STEP, Row, Talks, days, place_of
from konvoi.report.page import Message, Number, Section, Table, Value
from konvoi.report.report import Report


def section(case: Case) -> Section | None:
    """Sessions, their decisions, and the steps that have not ended; nothing where none was handed in."""
    talks = Talks(case)
    if not (talks.rows("sessions") or talks.rows("standing")):
        return None
    title = Message("Meetings and action items")
    return Section("sessions", title, (*_sessions(talks), *_steps(talks)), (), _tables(talks))


def _sessions(talks: Talks) -> tuple[Message, ...]:
    """The last session and the next one."""
    found = around(talks.case.tables, day=talks.case.day)
    if found.last is None and found.next is None:
        return (NO_SESSION,)
    told = []
    if found.last is not None:
        values, count = _values(talks, found.last, "decisions")
        told.append(
            Message(
                "Last meeting: {place}, {days}; {count} decision.",
                values,
                "Last meeting: {place}, {days}; {count} decisions.",
                count,
            )
        )
    if found.next is not None:
        values, count = _values(talks, found.next, "agenda")
        told.append(
            Message(
                "Next meeting: {place}, {days}; {count} agenda item.",
                values,
                "Next meeting: {place}, {days}; {count} agenda items.",
                count,
            )
        )
    return tuple(told)


def _values(talks: Talks, session: Row, name: str) -> tuple[dict[str, Value], int]:
    """Return the place and time of a session, and the number of its rows in a table."""
    count = len(talks.of(name, session))
    known = Number(Decimal(count), to=f"{name}-table" if count else "sessions-table")
    return {"place": place_of(session), "days": days(session), "count": known}, count


def _steps(talks: Talks) -> tuple[Message, ...]:
    """Return the number of open steps, and of those that are late."""
    live = talks.live
    if not talks.rows("standing"):
        return (NO_STEP,)
    known = Number(Decimal(len(live)), "", "", talks.case.day, to="steps-table")
    told = Message("{open} open action item.", {"open": known}, "{open} open action items.", len(live))
    late = [row for row in live if row["late"] is not None]
    if not late:
        return (told, *([Message("None of them is late.")] if live else []))
    ids = tuple(f"steps/{row['step']}" for row in late)
    values: dict[str, Value] = {
        "late": Number(Decimal(len(late)), "", "", talks.case.day, ids),
        "days": talks.late(late[0]),
    }
    return (
        told,
        Message(
            "{late} overdue, by {days}.",
            values,
            "{late} overdue, the longest by {days}.",
            len(late),
        ),
    )


def _tables(talks: Talks) -> tuple[Table, ...]:
    ahead = around(talks.case.tables, day=talks.case.day).next
    title = Message("Open action items, most overdue first")
    return (
        talks.steps(talks.live, title=title),
        *([talks.agenda(ahead)] if ahead is not None else []),
        *([talks.decisions(talks.rows("decided"))] if talks.rows("decided") else []),
        *([talks.sessions()] if talks.rows("sessions") else []),
    )


SESSIONS_REPORT = Report("sessions", section)
