"""Papers as a Konvoi workbook, and back without difference."""

from tests.report.papers.cases import DAY, PAPERS, PLANNED
from tests.report.papers.round_trip import differences, meant, read_back, tables

from konvoi.report.papers.workbook import WORKBOOK


def test_movements_receipts_and_serials_come_back_as_they_were() -> None:
    readings = read_back(PAPERS, WORKBOOK)
    assert [reading.format for reading in readings] == ["konvoi-workbook"]
    assert differences(tables(readings), meant(PAPERS, WORKBOOK)) == []


def test_the_same_papers_give_the_same_bytes() -> None:
    assert WORKBOOK.write(PAPERS, DAY) == WORKBOOK.write(PAPERS, DAY)


def test_what_is_planned_can_be_written_to_be_filled_in() -> None:
    (reading,) = read_back([PLANNED], WORKBOOK)
    assert reading.tables["movements"]["movement"].to_list() == ["V-1"]
    assert WORKBOOK.write([], DAY) == {}
