"""Papers as a Konvoi workbook, and back without difference."""

import io
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook
from tests.report.papers.cases import DAY, PAPERS, PLANNED
from tests.report.papers.round_trip import differences, meant, read_back, tables

from konvoi.model.paper import EXERCISE
from konvoi.report.papers.workbook import WORKBOOK


def test_movements_receipts_and_serials_come_back_as_they_were() -> None:
    readings = read_back(PAPERS, WORKBOOK)
    assert [reading.format for reading in readings] == ["konvoi-workbook"]
    assert differences(tables(readings), meant(PAPERS, WORKBOOK)) == []


def test_a_workbook_of_an_exercise_says_so_on_each_sheet_and_reads_the_same() -> None:
    """At the head of each printed page, and on the first sheet to see."""
    told = [replace(paper, exercise=True) for paper in PAPERS]
    (content,) = WORKBOOK.write(told, DAY).values()
    book: Any = load_workbook(io.BytesIO(content))
    seen = [sheet for sheet in book.worksheets if not sheet.title.startswith("_")]
    assert {sheet.oddHeader.center.text for sheet in seen} == {EXERCISE}
    assert book.worksheets[0]["A2"].value == EXERCISE
    readings = read_back(told, WORKBOOK)
    assert differences(tables(readings), meant(PAPERS, WORKBOOK)) == []


def test_the_same_papers_give_the_same_bytes() -> None:
    assert WORKBOOK.write(PAPERS, DAY) == WORKBOOK.write(PAPERS, DAY)


def test_what_is_planned_can_be_written_to_be_filled_in() -> None:
    (reading,) = read_back([PLANNED], WORKBOOK)
    assert reading.tables["movements"]["movement"].to_list() == ["V-1"]
    assert WORKBOOK.write([], DAY) == {}
