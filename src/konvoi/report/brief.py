"""The brief: all its parts on one page, for one audience."""

from konvoi.report.annex import short
from konvoi.report.case import Case
from konvoi.report.events import events
from konvoi.report.front.front import front
from konvoi.report.page import Page
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.reports import REPORTS


def brief(case: Case, audience: str, *, full: bool = False) -> Page:
    """Return the page of a case that is already filtered for the audience.

    full: show every part with all its charts and tables, not the short form.
    """
    sections = tuple(part for report in REPORTS if (part := report.section(case)) is not None)
    brief_form = None if full else short(sections)
    return Page(
        title=case.title,
        day=case.day,
        audience=audience,
        marking=marking(case, audience),
        exercise=case.exercise,
        sections=sections,
        records=records(case),
        events=events(case),
        front=front(case, audience),
        shown=None if brief_form is None else brief_form.sections,
        without_data=() if brief_form is None else brief_form.without_data,
    )
