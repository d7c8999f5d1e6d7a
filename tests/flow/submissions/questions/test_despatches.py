"""A promised day that is past while nothing has left is asked about."""

from pathlib import Path

from tests.flow.asked import asked, cell


def test_a_day_that_has_passed_is_asked_about_from_the_day_after(tmp_path: Path) -> None:
    """Promised by 20 January, asked on 10 March: open for 48 days."""
    found = asked(cell(tmp_path))
    assert [
        (one.record, one.open_days(found.day)) for one in found.questions if one.kind == "despatches"
    ] == [("lines/L-3", 48)]


def test_the_promised_day_itself_is_not_past(tmp_path: Path) -> None:
    lines = ("line,package,good,quantity,promised", "L-3,P-2,tent,5,2031-03-10")
    found = asked(cell(tmp_path, lines=lines, movements=(), receipts=(), offers=()))
    assert [one for one in found.questions if one.kind == "despatches"] == []
