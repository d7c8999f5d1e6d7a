"""Figures of programmes and projects as tables."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.flow.funding.tables import ANSWERS, CONDITIONS, MONEY, PROGRAMMES, PROJECTS, TRANCHES, TWICE
from konvoi.flow.settings import Settings
from konvoi.fund.answers import answers
from konvoi.fund.calendar import calendar
from konvoi.fund.priority import PARTS, Weights
from konvoi.fund.programmes import programmes
from konvoi.fund.projects import projects
from konvoi.fund.tranches import Standing
from konvoi.fund.twice import twice


def programmes_standing(*, day: date | None, **inputs: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Return programmes, tranches, conditions and payments as they stand on a day; without one, no row."""
    if day is None:
        return {one.name: one.schema().to_frame() for one in (MONEY, TRANCHES, PROGRAMMES, CONDITIONS)}
    standing = Standing(inputs, day)
    return {
        MONEY.name: calendar(standing),
        TRANCHES.name: standing.frame(),
        PROGRAMMES.name: programmes(standing),
        CONDITIONS.name: standing.steps,
    }


def projects_standing(
    *,
    day: date | None,
    settings: Settings,
    submissions: pl.DataFrame,
    project_reviews: pl.DataFrame,
    **inputs: pl.DataFrame,
) -> Mapping[str, pl.DataFrame]:
    """Return projects as they stand on a day, the answers to principles, and pairs that may be one.

    Without a day only the pairs are known.
    """
    decided = {
        (left, right): (verdict, seen)
        for left, right, verdict, seen in project_reviews.select(
            "left", "right", "verdict", "seen"
        ).iter_rows()
    }
    pairs = twice(inputs, decided)
    if day is None:
        return {
            ANSWERS.name: ANSWERS.schema().to_frame(),
            PROJECTS.name: PROJECTS.schema().to_frame(),
            TWICE.name: pairs,
        }
    senders = dict(submissions.select("name", "party").iter_rows())
    weights = {part: settings.reconstruction[part] for part in PARTS if part in settings.reconstruction}
    answered = answers(inputs, day, senders)
    return {
        ANSWERS.name: answered,
        PROJECTS.name: projects(inputs, answered, day, Weights(**weights)),
        TWICE.name: pairs,
    }
