"""A despatch that nobody has confirmed after so many days is asked of its receiver."""

from pathlib import Path

import pytest
from tests.flow.asked import asked, cell

MOVES = ("movement,line,day,stage,quantity,to,waybill", "M-2,L-1,{day},dispatched,4,town,W-2")


def records(folder: Path) -> list[tuple[str, str]]:
    return [(one.party, one.record) for one in asked(folder).questions if one.kind == "receipts"]


def test_the_receiver_is_asked_how_much_arrived(tmp_path: Path) -> None:
    assert records(cell(tmp_path)) == [("BO", "movements/M-2")]


@pytest.mark.slow
def test_fourteen_days_are_given_and_the_fifteenth_is_asked_about(tmp_path: Path) -> None:
    """10 March less 14 days is 24 February."""
    on_time = tuple(row.format(day="2031-02-24") for row in MOVES)
    late = tuple(row.format(day="2031-02-23") for row in MOVES)
    assert records(cell(tmp_path / "a", movements=on_time, receipts=())) == []
    assert records(cell(tmp_path / "b", movements=late, receipts=())) == [("BO", "movements/M-2")]


def test_the_workspace_says_after_how_many_days(tmp_path: Path) -> None:
    folder = cell(tmp_path, movements=tuple(row.format(day="2031-02-23") for row in MOVES), receipts=())
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text().replace("[rules]", "[rules]\nreceipt_days = 30"))
    assert records(folder) == []


def test_a_receipt_that_names_the_waybill_answers(tmp_path: Path) -> None:
    got = ("receipt,reference,day,received,proof", "R-9,W-2,2031-02-08,4,counted at hub")
    late = tuple(row.format(day="2031-02-01") for row in MOVES)
    assert records(cell(tmp_path, movements=late, receipts=got)) == []
