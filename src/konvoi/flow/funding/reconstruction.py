"""The gathered tables with projects as they stand, answers on principles, and possible double funding."""

from dataclasses import replace
from datetime import date

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.matching.relate import PROJECT, of_projects
from konvoi.flow.settings import Settings
from konvoi.fund.project_sound import project_faults
from konvoi.reconcile.judgement import in_force

_TABLES = ("projects", "financing", "damages", "principles", "attestations")

PROJECTS = ("project_standing", "project_answers", "project_twice")
"""The tables of projects on a day."""
REVIEWS = "project_reviews"
"""The table of decisions on pairs of projects (konvoi.flow.funding.tables)."""


def with_projects(gathered: Gathered, settings: Settings, day: date | None) -> Gathered:
    """The same with the findings on projects and, on a day, the tables of PROJECTS.

    Where nobody handed in projects, nothing is added.
    """
    if not any(name in gathered.tables for name in _TABLES):
        return gathered
    whole = replace(gathered, tables={**gathered.tables, REVIEWS: reviews(gathered)})
    senders = dict(gathered.documents.select("name", "party").iter_rows())
    found = derived(whole, settings, day, *PROJECTS)
    told = project_faults(whole.tables, found["project_twice"], day, senders)
    tables = whole.tables if day is None else {**whole.tables, **found}
    return replace(whole, tables=tables, findings=(*whole.findings, *told))


def reviews(gathered: Gathered) -> pl.DataFrame:
    """Return the review decisions on pairs of projects, both of which are in the view."""
    known = gathered.tables.get("projects")
    ids = set() if known is None else set(known["project"])
    rows = in_force(of_projects(gathered.judgements))
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows.iter_rows(named=True):
        left, right = sorted(str(row[side]).removeprefix(PROJECT) for side in ("left", "right"))
        if {left, right} <= ids:
            found[left, right] = (str(row["verdict"]), str(row["seen"] or ""))
    lines = [(*pair, *decision) for pair, decision in sorted(found.items())]
    names = ("left", "right", "verdict", "seen")
    return pl.DataFrame(lines, schema=dict.fromkeys(names, pl.String()), orient="row")
