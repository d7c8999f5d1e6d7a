"""The brief: all its parts on one page, for one audience."""

from konvoi.report.case import Case
from konvoi.report.events import events
from konvoi.report.page import Page
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.reports import REPORTS


def brief(case: Case, audience: str) -> Page:
    """The page of a case that is already filtered for the audience."""
    return Page(
        title=case.title,
        day=case.day,
        audience=audience,
        marking=marking(case, audience),
        exercise=case.exercise,
        sections=tuple(part for report in REPORTS if (part := report.section(case)) is not None),
        records=records(case),
        events=events(case),
    )
