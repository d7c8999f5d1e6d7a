"""Lists of meetings: the meetings, their decisions, and action items."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse

from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import NotReady

TEMPLATE = "meetings/list.html"


def _meetings(viewer: Viewer) -> Iterator[Row]:
    """Yield the meetings with how many took part in which way, points of the agenda, and decisions."""
    opened = view(viewer)
    if opened is None:
        raise NotReady
    ways = opened.counts("attendance", ("session", "how"))
    counts = {name: Counter[str]() for name in ("agenda", "decided")}
    for name, found in counts.items():
        for (session,), count in opened.counts(name, ("session",)).items():
            found[session] += count
    for row in opened.rows("sessions", limit=10_000).rows:
        name = row["session"]
        yield {
            **row,
            "in_person": ways.get((name, "in person"), 0),
            "online": ways.get((name, "online"), 0),
            "agenda": counts["agenda"][name],
            "decisions": counts["decided"][name],
        }


def meeting_address(row: Row) -> str:
    """Return the address of the meeting that a row names."""
    return reverse("meeting", kwargs={"meeting": row["session"]})


def decision_address(row: Row) -> str:
    """Return the address of the decision that a row names."""
    return reverse("decision", kwargs={"decision": row["decision"]})


MEETINGS = ListQuery(
    name="meetings",
    title="Meetings",
    table=_meetings,
    columns=(
        Column("session", title="Meeting"),
        Column("title"),
        Column("day", Kind.DAY),
        Column("until", Kind.DAY, more=True),
        Column("town", title="Place"),
        Column("host", Kind.PARTY),
        Column("in_person", Kind.NUMBER, title="in person"),
        Column("online", Kind.NUMBER, title="online"),
        Column("agenda", Kind.NUMBER, title="Agenda items"),
        Column("decisions", Kind.NUMBER, title="Decisions"),
    ),
    filters=(Filter("host", Kind.PARTY), Filter("title", Kind.TEXT), Filter("held", Kind.DAY, column="day")),
    sorts=("session", "day", "host", "decisions"),
    counted="host",
    order=("-day", "session"),
    key="session",
    right=Right.PUBLIC,
    links={"session": meeting_address},
    calendar="day",
    empty="No meeting is released to you. Meetings appear here once they are handed in.",
)
DECISIONS = ListQuery(
    name="decisions",
    title="Decisions and reservations",
    table="decided",
    columns=(
        "decision",
        Column("session", title="Meeting"),
        Column("words", title="Text of the decision"),
        Column("topic", Kind.CHOICE, title="Topic"),
        Column("day", Kind.DAY),
        Column("became", Kind.WORDS, title="Outcome"),
        Column("reservations", title="Reservations"),
        Column("about", title="Subject", more=True),
    ),
    filters=(
        Filter("session", title="Meeting"),
        Filter("topic", title="Topic"),
        Filter("became", title="Outcome"),
        Filter("words", Kind.TEXT, title="Text of the decision"),
        Filter("taken", Kind.DAY, column="day", more=True),
    ),
    sorts=("decision", "session", "day", "topic"),
    counted="became",
    order=("-day", "decision"),
    key="decision",
    right=Right.PUBLIC,
    links={"decision": decision_address, "session": meeting_address},
    empty="No decision of a meeting is released to you.",
)
ACTIONS = ListQuery(
    name="actions",
    title="Action items",
    table="standing",
    columns=(
        Column("step", title="Action item"),
        Column("title", title="Task"),
        Column("party", Kind.PARTY, title="Owner"),
        Column("due", Kind.DAY, title="Due date", absent="no day stated"),
        Column("late", Kind.NUMBER, title="Days overdue"),
        Column("state", Kind.CHOICE, title="State"),
        Column("waits", Kind.TEXTS, title="Depends on"),
        Column("follows", title="Follows from"),
        Column("session", title="Meeting"),
        Column("claimed", Kind.CHOICE, title="State by an unofficial statement", more=True),
    ),
    filters=(
        Filter("party", Kind.PARTY, title="Owner"),
        Filter("state", title="State"),
        Filter("session", title="Meeting"),
        Filter("due", Kind.DAY, title="Due date", more=True),
        Filter("late", Kind.NUMBER, title="Days overdue", more=True),
    ),
    sorts=("step", "party", "due", "late", "state"),
    counted="state",
    order=("-late", "due", "step"),
    key="step",
    right=Right.PUBLIC,
    links={"session": meeting_address},
    calendar="due",
    empty="No action item is released to you. They are recorded after each meeting.",
)
