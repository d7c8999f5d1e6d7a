"""Figures of meetings as tables."""

from datetime import date

import polars as pl

from konvoi.accord.reminders import reminders
from konvoi.accord.sessions import decided
from konvoi.accord.steps import standing
from konvoi.flow.meetings.tables import ACTION_ITEMS, REMINDERS
from konvoi.flow.settings import Settings


def decisions_taken(**inputs: pl.DataFrame) -> pl.DataFrame:
    """Return the decisions of all meetings by day, with the outcome of each."""
    return decided(inputs)


def action_items(*, day: date | None, **inputs: pl.DataFrame) -> pl.DataFrame:
    """Return action items as they stand on a day, the longest overdue first; without a day, no row."""
    if day is None:
        return ACTION_ITEMS.schema().to_frame()
    return standing(inputs, day=day)


def reminders_due(
    *, day: date | None, settings: Settings, standing: pl.DataFrame, attendance: pl.DataFrame
) -> pl.DataFrame:
    """Return the action items of which their owners are reminded on a day; without a day, no row."""
    if day is None:
        return REMINDERS.schema().to_frame()
    return reminders(
        standing,
        attendance,
        day=day,
        remind_days=settings.remind_days,
        escalate_days=settings.escalate_days,
    )
