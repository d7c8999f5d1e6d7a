"""What was gathered, with projects as they stand, what principles answer, and what may be funded twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.gather import Gathered
from konvoi.fund.answers import answers
from konvoi.fund.priority import Weights
from konvoi.fund.project_sound import project_faults
from konvoi.fund.projects import projects
from konvoi.fund.twice import twice

_TABLES = ("projects", "financing", "damages", "principles", "attestations")


def with_projects(gathered: Gathered, day: date | None, weights: Mapping[str, int]) -> Gathered:
    """The same with the findings on projects and, on a day, what is drawn of them.

    Drawn are `project_standing` (konvoi.fund.projects.PROJECTS), `project_answers`
    (konvoi.fund.answers.ANSWERS) and `project_twice` (konvoi.fund.twice.TWICE). Where nobody handed in
    projects, nothing is added.
    """
    if not any(name in gathered.tables for name in _TABLES):
        return gathered
    tables = gathered.tables
    senders = dict(gathered.documents.select("name", "party").iter_rows())
    pairs = twice(tables)
    told = project_faults(tables, pairs, day, senders)
    found = replace(gathered, findings=(*gathered.findings, *told))
    if day is None:
        return found
    return replace(found, tables={**tables, **drawn(tables, pairs, day, senders, Weights(**weights))})


def drawn(
    tables: Mapping[str, pl.DataFrame],
    pairs: pl.DataFrame,
    day: date,
    senders: Mapping[str, str],
    weights: Weights,
) -> dict[str, pl.DataFrame]:
    """What is drawn of projects on a day, by name."""
    answered = answers(tables, day, senders)
    return {
        "project_answers": answered,
        "project_standing": projects(tables, answered, day, weights),
        "project_twice": pairs,
    }
