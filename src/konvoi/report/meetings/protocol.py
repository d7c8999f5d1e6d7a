"""The protocol of a meeting: participants, agenda, decisions, and who does what next."""

from konvoi.accord.sessions import held
from konvoi.report.case import Case
from konvoi.report.meetings.pack_parts import the_session
from konvoi.report.meetings.session_tables import Row, Talks
from konvoi.report.page import Message, Page, Section
from konvoi.report.readers import marking
from konvoi.report.records import records

MOST = 3
"""Meetings whose protocol is kept with the results: the latest ones of which a decision or a participant is
reported."""


def recorded_meetings(case: Case) -> list[Row]:
    """Return the latest meetings of which something is recorded, the last first."""
    talks = Talks(case)
    rows = [row for row in held(case.tables) if talks.of("decided", row) or talks.of("attendance", row)]
    return list(reversed(rows))[:MOST]


def protocol_page(case: Case, session: Row, audience: str) -> Page:
    """Return the protocol as a page; case: of the reader's view."""
    talks = Talks(case)
    decided = talks.decisions(talks.of("decided", session))
    title = Message("Action items of the meeting")
    steps = talks.steps(talks.of("standing", session), title=title)
    sections = (
        the_session(talks, session),
        Section("decisions", Message("Decisions"), (), (), (decided,)),
        Section("follow-up", Message("Follow-up"), (), (), (steps,)),
    )
    return Page(
        title=case.title,
        day=case.day,
        audience=audience,
        marking=marking(case, audience),
        exercise=case.exercise,
        sections=sections,
        records=records(case),
        head=Message("Protocol as of {day}"),
        file=f"protocol-{session['session']}",
        shown=sections,
    )
