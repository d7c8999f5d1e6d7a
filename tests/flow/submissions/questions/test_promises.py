"""A line without a promised day is asked about, any other is not."""

from pathlib import Path

from tests.flow.asked import asked, cell


def test_a_line_without_a_day_is_asked_about_at_its_cell(tmp_path: Path) -> None:
    found = [one for one in asked(cell(tmp_path)).questions if one.kind == "promises"]
    assert [(one.record, one.place.file, one.place.row, one.place.column) for one in found] == [
        ("lines/L-2", "AR/lines.csv", 3, "promised")
    ]


def test_what_has_left_needs_no_promise_any_more(tmp_path: Path) -> None:
    moved = ("movement,line,day,stage,quantity,waybill", "M-1,L-2,2031-03-08,dispatched,4,W-1")
    found = asked(cell(tmp_path, movements=moved, receipts=()))
    assert [one.record for one in found.questions if one.kind == "promises"] == []
