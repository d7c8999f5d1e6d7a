"""The front door: a case becomes the files of a brief."""

from collections.abc import Sequence
from dataclasses import replace

from konvoi.model.markings import PUBLIC
from konvoi.report.brief import brief
from konvoi.report.case import Case
from konvoi.report.writers import WRITERS
from konvoi.report.writers.xlsx import TAGGED_XLSX, XLSX


def render(
    case: Case,
    *,
    audience: str = PUBLIC,
    languages: Sequence[str] = ("en", "de", "uk"),
    full: bool = False,
    hxl: bool = False,
) -> dict[str, bytes]:
    """The files of a brief by name. case: of the view of its reader: public, coalition, or a party by its id.

    brief.LANG.html for each language, brief.xlsx, brief.json and brief.ics in the first; where a page would
    be too large, the entries lie in files beside it. full: pages with all charts and tables, not the short
    form. hxl: a workbook with HXL tags. Equal cases give equal bytes.
    """
    page = replace(brief(case, audience, full=full), languages=tuple(languages))
    files: dict[str, bytes] = {}
    for one in WRITERS:
        writer = TAGGED_XLSX if hxl and one is XLSX else one
        for language in languages if writer.per_language else languages[:1]:
            files |= writer.write(page, language)
    return dict(sorted(files.items()))
