"""The front door: a case becomes the files of a brief."""

from collections.abc import Sequence
from dataclasses import replace

from konvoi.model.markings import PUBLIC
from konvoi.report.case import Case
from konvoi.report.events import events
from konvoi.report.page import Page
from konvoi.report.readers import marking
from konvoi.report.records import records
from konvoi.report.reports import REPORTS
from konvoi.report.writers import WRITERS


def render(
    case: Case, *, audience: str = PUBLIC, languages: Sequence[str] = ("en", "de", "uk")
) -> dict[str, bytes]:
    """The files of a brief by name. case: of the view of its reader: public, coalition, or a party by its id.

    brief.LANG.html for each language, brief.xlsx, brief.json and brief.ics in the first; where a page would
    be too large, the entries lie in files beside it. Equal cases give equal bytes.
    """
    page = replace(brief(case, audience), languages=tuple(languages))
    files: dict[str, bytes] = {}
    for writer in WRITERS:
        for language in languages if writer.per_language else languages[:1]:
            files |= writer.write(page, language)
    return dict(sorted(files.items()))


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
