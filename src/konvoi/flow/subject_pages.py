"""Pages of subjects of one view: sections of its brief by themselves, written with its results."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from konvoi.report.evidence_index import ids_behind
from konvoi.report.fragments import figures, records
from konvoi.report.language import Language
from konvoi.report.page import Page

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "agreements": ("framework", "positions"),
    "meetings": ("sessions",),
    "funding": ("packages", "reconstruction"),
    "sanctions": ("sanctions", "screening"),
}
"""Sections of the brief by subject."""
FOLDER = "subjects"
"""Folder below that of a reader."""


def subject_files(page: Page, languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield for each subject its figures, the records behind them, and its answer, in each language.

    page: the brief of the reader. The answer is the first sentence of each section, as a list in JSON.
    """
    for subject, names in SUBJECTS.items():
        sections = tuple(one for one in page.sections if one.id in names)
        known = ids_behind(sections)
        shown = tuple(one for one in page.records if one.id in known)
        own = replace(page, sections=sections, records=shown, front=None, shown=None, without_data=())
        for code in languages:
            say = Language(code).text
            answer = [say(one.answer[0]) for one in sections if one.answer]
            place = f"{FOLDER}/{subject}"
            yield f"{place}/figures.{code}.html", figures(own, code, records_at="records")
            yield f"{place}/records.{code}.html", records(own, code, source_at="/ledger/source/")
            yield f"{place}/answer.{code}.json", json.dumps(answer, ensure_ascii=False).encode()
