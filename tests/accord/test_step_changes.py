"""What became of steps between two days."""

from datetime import date

import polars as pl
from tests.accord.talks import tables

from konvoi.accord.step_changes import SINCE, since
from konvoi.accord.steps import standing

THEN, NOW = date(2031, 2, 6), date(2031, 3, 3)
SESSION = {"session": "S1", "day": THEN, "town": "Port Merrow"}


def stands(day: date, *steps: dict[str, object]) -> pl.DataFrame:
    whole = [{"title": "…", "party": "XA", **step} for step in steps]
    return standing(tables(sessions=[SESSION], steps=whole), day=day)


def test_a_step_has_changed_by_its_state_or_its_day_and_not_by_growing_late() -> None:
    """A day that nobody named before is a change, too."""
    due = date(2031, 2, 20)
    before = stands(
        THEN, {"step": "a", "due": due}, {"step": "b"}, {"step": "c", "due": due}, {"step": "d", "due": due}
    )
    now = stands(
        NOW,
        {"step": "a", "due": due, "state": "done"},
        {"step": "b", "due": due},
        {"step": "c", "due": date(2031, 3, 20)},
        {"step": "d", "due": due},
    )
    found = since(before, now, session="S1")
    assert found.schema == SINCE
    assert sorted(found.select("step", "before", "state", "due_before").rows()) == [
        ("a", "open", "done", due),
        ("b", "open", "open", None),
        ("c", "open", "open", due),
    ]


def test_what_the_session_agreed_on_is_not_new_after_it_and_was_open() -> None:
    """Its minutes come days later; other steps that were not known before are new."""
    now = stands(
        NOW,
        {"step": "agreed", "follows": "S1", "due": date(2031, 3, 20)},
        {"step": "ended", "follows": "S1", "state": "done"},
        {"step": "other"},
    )
    found = since(stands(THEN), now, session="S1")
    assert found.select("step", "before", "state").rows() == [
        ("other", "new", "open"),
        ("ended", "open", "done"),
    ]
