"""A page as files: HTML, and DOCX for a word processor, in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from konvoi.report.page import Page
from konvoi.report.page_docx import as_docx
from konvoi.report.writers.html import write


def page_files(page: Page, languages: Sequence[str]) -> Mapping[str, bytes]:
    """Return FILE.LANG.html and FILE.LANG.docx for each language, by name."""
    page = replace(page, languages=tuple(languages))
    files: dict[str, bytes] = {}
    for language in languages:
        files |= write(page, language)
        files[f"{page.file}.{language}.docx"] = as_docx(page, language)
    return dict(sorted(files.items()))
