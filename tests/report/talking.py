"""The invented case with two sessions: what was decided at the first, what the second is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl
from tests.report.cases import COALITION_FILE, DAY, Row, case, table

from konvoi.accord.sessions import decided
from konvoi.accord.steps import standing
from konvoi.report.case import Case

FIRST = {
    "session": "S1",
    "day": date(2026, 2, 10),
    "until": date(2026, 2, 11),
    "town": "Odrin",
    "host": "NOR",
}
SECOND = {
    "session": "S2",
    "day": date(2026, 3, 9),
    "town": "Karsk",
    "host": "ARV",
    "title": "Security advisers",
}
STATEMENTS = (
    {"statement": "O1", "party": "NOR", "day": date(2026, 2, 11), "class": "official"},
    {"statement": "P1", "party": "ARV", "day": date(2026, 2, 20), "class": "press", "marking": "coalition"},
)
ATTENDANCE = (
    {"session": "S1", "party": "ARV", "how": "in person", "head": "Player A"},
    {"session": "S1", "party": "BRE", "how": "online"},
    {"session": "S1", "party": "CAS", "how": "absent"},
    {"session": "S1", "party": "NOR", "how": "in person"},
)
AGENDA = (
    {"item": "I1", "session": "S1", "topic": "security", "title": "Escorts"},
    {
        "item": "I2",
        "session": "S2",
        "topic": "reconstruction",
        "title": "Power",
        "title_de": "Strom",
        "title_uk": "Електрика",
        "party": "NOR",
        "source": "O1",
    },
    {"item": "I3", "session": "S2", "topic": "security", "title": "Escorts again", "about": "S3"},
)
DECISIONS = (
    {
        "decision": "D1",
        "session": "S1",
        "words": "Escorts by April.",
        "words_de": "Geleit bis April.",
        "item": "I1",
        "reservations": "CAS: budget;TEL",
        "source": "O1",
    },
    {"decision": "D2", "session": "S1", "words": "One list.", "source": "P1"},
)
STEPS = (
    {"step": "A", "title": "ask parliament", "party": "ARV", "due": date(2026, 2, 20), "follows": "D1"},
    {
        "step": "B",
        "title": "send escorts",
        "party": "BRE",
        "due": date(2026, 3, 20),
        "follows": "D1",
        "waits_for": "A;C",
        "moved": "ARV-1",
    },
    {
        "step": "C",
        "title": "hidden errand",
        "party": "CAS",
        "due": date(2026, 2, 27),
        "marking": "CAS",
        "state": "begun",
    },
    {"step": "D", "title": "name a day", "party": "ARV", "state": "done", "source": "P1"},
    {"step": "E", "title": "print badges", "party": "NOR", "state": "done", "done": date(2026, 2, 12)},
)


def talking(*, steps: Sequence[Row] = STEPS) -> Case:
    """The case with all of these, all public but where a row says otherwise."""
    rows: dict[str, Sequence[Row]] = {
        "sessions": (FIRST, SECOND),
        "attendance": ATTENDANCE,
        "agenda": AGENDA,
        "decisions": DECISIONS,
        "steps": steps,
    }
    own = {name: table(name, [{"marking": "public", **row} for row in found]) for name, found in rows.items()}
    said = table("statements", [{"marking": "public", **row} for row in STATEMENTS], COALITION_FILE)
    known = case()
    tables: dict[str, pl.DataFrame] = {**known.tables, **own, "statements": said}
    drawn = {"standing": standing(tables, day=DAY), "decided": decided(tables)}
    return replace(known, tables={**tables, **drawn})
