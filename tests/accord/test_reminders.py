"""Reminders by hand: from when an owner is reminded, and from when the head of the delegation is told."""

from datetime import date, timedelta

import polars as pl
import pytest

from konvoi.accord.reminders import reminders
from konvoi.accord.steps import STANDING
from konvoi.model.tables import BY_NAME

DUE = date(2031, 3, 10)


def on(day: date, **step: object) -> list[dict[str, object]]:
    row = {"step": "A", "title": "ask", "party": "AR", "due": DUE, "state": "open", "session": "S-1"} | step
    head = {"session": "S-1", "party": "AR", "how": "in person", "head": "A. Example", "office": "Adviser"}
    attendance = pl.DataFrame([head], schema=BY_NAME["attendance"].schema())
    standing = pl.DataFrame([row], schema=STANDING)
    return reminders(standing, attendance, day=day, remind_days=7, escalate_days=14).to_dicts()


@pytest.mark.parametrize(
    ("days", "level", "left", "late"),
    [
        (-7, "due soon", 7, None),
        (0, "due soon", 0, None),
        (1, "overdue", None, 1),
        (13, "overdue", None, 13),
        (14, "escalated", None, 14),
    ],
)
def test_the_level_follows_the_days_to_and_since_the_due_day(
    days: int, level: str, left: int | None, late: int | None
) -> None:
    (row,) = on(DUE + timedelta(days=days))
    assert (row["level"], row["left"], row["late"]) == (level, left, late)
    assert (row["escalates"], row["head"]) == (date(2031, 3, 24), "A. Example")


def test_nobody_is_reminded_too_early_or_of_what_has_ended_or_has_no_day() -> None:
    assert on(DUE - timedelta(days=8)) == []
    assert on(DUE, state="done") == on(DUE, state="dropped") == on(DUE, due=None) == []
