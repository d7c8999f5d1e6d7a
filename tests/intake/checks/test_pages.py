"""Pages of one search must all be there and give their totals."""

import json
from pathlib import Path

from konvoi.intake.check import whole
from konvoi.intake.checks.pages import pages_against_totals
from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.model.document import Document, Reading

PAGE = json.loads((Path(__file__).parents[1] / "formats" / "samples" / "fts" / "page.json").read_bytes())


def page(first: int, last: int) -> Reading:
    part = PAGE | {"data": PAGE["data"] | {"flows": PAGE["data"]["flows"][first:last]}}
    return FTS_FLOWS.read(Document(f"page-{first}.json", json.dumps(part).encode()))


def test_pages_that_are_all_there_and_agree_are_not_told_of() -> None:
    assert pages_against_totals(whole([page(0, 7), page(7, 99)])) == ()


def test_a_page_that_is_missing_is_told_of_once() -> None:
    found = pages_against_totals(whole([page(0, 7)]))
    assert [(f.code, f.place.file, f.read) for f in found] == [("fts-pages-missing", "page-0.json", "7")]


def test_where_there_are_no_pages_there_is_nothing_to_say() -> None:
    assert pages_against_totals(whole([])) == ()
