"""Meetings and their results: sessions, attendance, agenda, decisions, steps."""

from konvoi.model.table import MARKING, Column, Table, Type

SANCTIONS = "sanctions"
TOPICS = ("security", "economy", SANCTIONS, "reconstruction", "documents", "next steps")
OPEN, BEGUN, DONE, DROPPED = STEP_STATES = ("open", "begun", "done", "dropped")

_SOURCE = Column("source", Type.REF, "The statement that says so", refers="statements")
_ABOUT = Column("about", Type.REF, "The record it is about, such as a need, a package or a document")

SESSIONS = Table(
    "sessions",
    "When and where the coalition meets",
    (
        Column("session", Type.ID, "Short id", must=True),
        Column("day", Type.DAY, "First day", must=True),
        Column("town", Type.TEXT, "Where"),
        Column("title", Type.TEXT, "What kind of meeting, such as national security advisers"),
        Column("until", Type.DAY, "Last day; empty: the first", sense="meeting"),
        Column("host", Type.PARTY, "Who receives"),
        Column("members", Type.TEXT, "Who receives for the host, with their offices"),
        Column("arrival", Type.TEXT, "How and when delegations arrive"),
        Column("reception", Type.TEXT, "Where they are received"),
        Column("address", Type.URL, "Where it is published"),
        _SOURCE,
        MARKING,
    ),
    key=("session",),
)

ATTENDANCE = Table(
    "attendance",
    "Who takes part in a session, and how",
    (
        Column("session", Type.REF, "The session", must=True, refers="sessions"),
        Column("party", Type.PARTY, "Who takes part", must=True),
        Column("how", Type.CHOICE, "How", must=True, choices=("in person", "online", "absent")),
        Column("head", Type.TEXT, "Head of the delegation"),
        Column("office", Type.TEXT, "The head's office"),
        _SOURCE,
        MARKING,
    ),
    key=("session", "party"),
)

AGENDA = Table(
    "agenda",
    "What a session is about, point by point",
    (
        Column("item", Type.ID, "Short id", must=True),
        Column("session", Type.REF, "The session", must=True, refers="sessions"),
        Column("topic", Type.CHOICE, "Of which topic", must=True, choices=TOPICS),
        Column("title", Type.TEXT, "What is talked about", must=True),
        Column("title_de", Type.TEXT, "The same in German"),
        Column("title_uk", Type.TEXT, "The same in Ukrainian"),
        Column("party", Type.PARTY, "Who introduces it"),
        _ABOUT,
        _SOURCE,
        MARKING,
    ),
    key=("item",),
)

DECISIONS = Table(
    "decisions",
    "What a session decided, and who has a reservation",
    (
        Column("decision", Type.ID, "Short id", must=True),
        Column("session", Type.REF, "The session that took it", must=True, refers="sessions"),
        Column("words", Type.TEXT, "The decision in its own words", must=True),
        Column("words_de", Type.TEXT, "The same in German"),
        Column("words_uk", Type.TEXT, "The same in Ukrainian"),
        Column("item", Type.REF, "The point of the agenda", refers="agenda"),
        Column("day", Type.DAY, "Day of the decision; empty: the session's last"),
        Column(
            "state",
            Type.CHOICE,
            "State of the decision; empty: adopted",
            choices=("adopted", "deferred", "rejected"),
        ),
        Column(
            "reservations", Type.LIST, "Who has a reservation, and which, such as PL: until parliament agrees"
        ),
        _ABOUT,
        _SOURCE,
        MARKING,
    ),
    key=("decision",),
)

STEPS = Table(
    "steps",
    "Who does what next, until when",
    (
        Column("step", Type.ID, "Short id", must=True),
        Column("title", Type.TEXT, "What is to be done", must=True),
        Column("party", Type.PARTY, "Party responsible", must=True),
        Column("due", Type.DAY, "Last day"),
        Column("state", Type.CHOICE, "State; empty: open", choices=STEP_STATES),
        Column("follows", Type.REF, "The decision or session that it follows from"),
        Column("waits_for", Type.LIST, "What must come first: action items or other records, by their ids"),
        Column("moved", Type.REF, "The record that changed because of it, such as an approval or an item"),
        Column("done", Type.DAY, "Day on which it was done"),
        _SOURCE,
        MARKING,
    ),
    key=("step",),
)

MEMBERS = (SESSIONS, ATTENDANCE, AGENDA, DECISIONS, STEPS)
