"""Parts of a brief for a page that has a frame of its own: the figures, and the records behind them."""

from konvoi.report.page import Page
from konvoi.report.writers.html import Writing


def figures(page: Page, language: str, *, records_at: str) -> bytes:
    """Return the first page and the sections of a brief as HTML without a document around it.

    records_at: address of the page that holds the records; figures link to it.
    """
    return Writing.of(page, language, apart=False, records_at=records_at).filled("figures.html.j2")


def records(page: Page, language: str, *, source_at: str) -> bytes:
    """Return the lists of records behind the figures of a brief, and the records themselves, as HTML.

    source_at: beginning of the address of the source cell of a record.
    """
    writing = Writing.of(page, language, apart=False, source_at=source_at)
    # The lists behind figures are numbered while the figures are written.
    writing.filled("figures.html.j2")
    return writing.filled("records.html.j2", lists=writing.lists, batch=writing.numbered())
