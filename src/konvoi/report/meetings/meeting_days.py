"""Days to keep of what was agreed: sessions, steps due, documents that end."""

from collections.abc import Iterator
from datetime import date

from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.meetings.session_tables import Talks, place_of
from konvoi.report.page import Event, Message, Name, Value


def meeting_days(case: Case) -> tuple[Event, ...]:
    """The events of sessions, of steps that have not ended, and of documents that end."""
    talks = Talks(case)
    return (*_sessions(talks), *_steps(talks), *_documents(talks))


def action_item_days(case: Case) -> tuple[Event, ...]:
    """The events of action items that have not ended, with alarms before and after their due day."""
    return tuple(_steps(Talks(case)))


def _sessions(talks: Talks) -> Iterator[Event]:
    for row in talks.rows("sessions"):
        first = row["day"]
        last = row["until"] or row["day"]
        if isinstance(first, date) and isinstance(last, date):
            town = place_of(row)
            yield Event(
                f"session/{row['session']}",
                Message("Meeting"),
                first,
                max(first, last),
                (str(row["title"] or row["session"]), ", ", town),
                where=town,
                told=tuple(_points(talks, row)),
            )


def _points(talks: Talks, session: dict[str, object]) -> Iterator[Message]:
    """The points of a session's agenda, each with its topic."""
    for row in talks.of("agenda", session):
        title = Name(str(row["title"]), str(row["title_de"] or ""), str(row["title_uk"] or ""))
        yield Message("{topic}: {title}", {"topic": Message(str(row["topic"])), "title": title})


def _steps(talks: Talks) -> Iterator[Event]:
    for row in talks.live:
        due = row["due"]
        if isinstance(due, date):
            what: tuple[Value, ...] = (talks.names.party(str(row["party"])), ", ", str(row["title"]))
            waits = [talks.about(one) for one in talks.waits(row)]
            told = [Message("Action item {step}.", {"step": str(row["step"])})]
            told += [Message("Depends on {records}.", {"records": listed(waits, ", ")})] if waits else []
            told += [Message("Overdue on {day}.", {"day": talks.case.day})] if due < talks.case.day else []
            alarms = (talks.case.remind_days, 0, -talks.case.escalate_days)
            yield Event(
                f"step/{row['step']}",
                Message("Action item due"),
                due,
                due,
                what,
                told=tuple(told),
                alarms=alarms,
            )


def _documents(talks: Talks) -> Iterator[Event]:
    for row in talks.rows("documents"):
        ends = row["ends"]
        if isinstance(ends, date):
            parties = [talks.names.party(one.strip()) for one in str(row["parties"] or "").split(";")]
            what = (str(row["title"]), ", ", listed(parties, ", "))
            yield Event(f"document/{row['document']}", Message("Document ends"), ends, ends, what)
