"""Screening results as tables of a case: for the brief, and for the causes of unmet needs."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.sanctions.figures import ages, hits, screening_total
from konvoi.flow.sanctions.screening_workspace import workspace_screened
from konvoi.flow.sanctions.tables import SCREENING_SUM
from konvoi.gateways.refusal import Refused
from konvoi.model.document import COALITION
from konvoi.report.case import Case


def screening_tables(gathered: Gathered) -> Mapping[str, pl.DataFrame]:
    """screening_sum, screening_ages, screening_hits; none where a workspace has no lists.

    Where its lists cannot be read at all, the first is empty.
    """
    try:
        found = workspace_screened(gathered)
    except Refused:
        return {SCREENING_SUM.name: SCREENING_SUM.schema().to_frame()}
    if found is None:
        return {}
    return {
        "screening_sum": screening_total(screening=found),
        "screening_ages": ages(screening=found),
        "screening_hits": hits(screening=found),
    }


def with_screening(case: Case, gathered: Gathered) -> Case:
    """Return the case with these tables: where their marking admits the reader of its view."""
    if not gathered.view.admits(COALITION):
        return case
    return replace(case, tables={**case.tables, **screening_tables(gathered)})
