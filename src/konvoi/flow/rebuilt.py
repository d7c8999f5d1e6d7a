"""What was gathered, with projects as they stand, what principles answer, and what may be funded twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.relate import PROJECT, of_projects
from konvoi.fund.answers import answers
from konvoi.fund.priority import PARTS, Weights
from konvoi.fund.project_sound import project_faults
from konvoi.fund.projects import projects
from konvoi.fund.twice import Decided, twice
from konvoi.reconcile.judgement import in_force

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
    pairs = twice(tables, decided(gathered.judgements))
    told = project_faults(tables, pairs, day, senders)
    found = replace(gathered, findings=(*gathered.findings, *told))
    if day is None:
        return found
    return replace(
        found,
        tables={
            **tables,
            **drawn(
                tables,
                pairs,
                day,
                senders,
                Weights(**{part: weights[part] for part in PARTS if part in weights}),
            ),
        },
    )


def decided(judgements: pl.DataFrame) -> Decided:
    """What people decided of pairs of projects (the rows of judgements that name two of them)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in in_force(of_projects(judgements)).iter_rows(named=True):
        left, right = sorted(str(row[side]).removeprefix(PROJECT) for side in ("left", "right"))
        found[left, right] = (str(row["verdict"]), str(row["seen"] or ""))
    return found


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
