"""The tables of the subject meetings."""

from konvoi.flow.column_types import DAY_TYPE, MARKING, ORIGIN, TEXT, TEXTS, WHOLE
from konvoi.flow.declare import DAY, SETTINGS, Column, Derived, Scope

_SESSION = Column("session", TEXT, "Meeting", refers="sessions")
_TOPIC = Column("topic", TEXT, "Topic of the agenda item")

DECIDED = Derived(
    "decided",
    "Decisions of meetings",
    (
        Column("decision", TEXT, "Decision", refers="decisions"),
        _SESSION,
        Column("words", TEXT, "Words of the decision"),
        Column("words_de", TEXT, "Words in German"),
        Column("words_uk", TEXT, "Words in Ukrainian"),
        Column("item", TEXT, "Agenda item", refers="agenda"),
        Column("day", DAY_TYPE, "Day; where none is stated, the last of the meeting"),
        Column("state", TEXT, "State as stated"),
        Column("reservations", TEXT, "Parties with a reservation, and its words"),
        Column("about", TEXT, "Records that it is about"),
        Column("source", TEXT, "Statement that says so", refers="statements"),
        MARKING,
        *ORIGIN,
        Column("became", TEXT, "adopted, deferred, rejected, or reported by an unofficial statement"),
        _TOPIC,
    ),
    Scope.READER,
    ("decisions", "sessions", "agenda", "statements"),
    "konvoi.flow.meetings.figures:decisions_taken",
    key=("decision",),
)
ACTION_ITEMS = Derived(
    "standing",
    "Action items by state and delay",
    (
        Column("step", TEXT, "Action item", refers="steps"),
        Column("title", TEXT, "Title"),
        Column("party", TEXT, "Responsible party"),
        Column("due", DAY_TYPE, "Due day"),
        Column("state", TEXT, "open, begun, done or dropped"),
        Column("claimed", TEXT, "State by an unofficial statement"),
        Column("late", WHOLE, "Days overdue"),
        Column("waits", TEXTS, "Records that it waits for"),
        Column("moved", TEXT, "Earlier due days"),
        Column("done", DAY_TYPE, "Day of completion"),
        Column("follows", TEXT, "Decision or meeting that it follows from"),
        _SESSION,
        _TOPIC,
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("steps", "decisions", "sessions", "agenda", "statements", "approvals", DAY),
    "konvoi.flow.meetings.figures:action_items",
    key=("step",),
)

REMINDERS = Derived(
    "reminders",
    "Reminders of action items",
    (
        Column("step", TEXT, "Action item", refers="steps"),
        Column("title", TEXT, "Title"),
        Column("party", TEXT, "Responsible party"),
        Column("due", DAY_TYPE, "Due day"),
        Column("level", TEXT, "due soon, overdue or escalated"),
        Column("left", WHOLE, "Days to the due day"),
        Column("late", WHOLE, "Days overdue"),
        Column("escalates", DAY_TYPE, "Day from which the head of the delegation is reminded, too"),
        Column("head", TEXT, "Head of the delegation at the meeting that it follows from"),
        Column("office", TEXT, "Office of the head"),
        _SESSION,
        Column("waits", TEXTS, "Records that it waits for"),
        MARKING,
        *ORIGIN,
    ),
    Scope.READER,
    ("standing", "attendance", DAY, SETTINGS),
    "konvoi.flow.meetings.figures:reminders_due",
    key=("step",),
)

TABLES = (DECIDED, ACTION_ITEMS, REMINDERS)
"""All tables of this subject."""
