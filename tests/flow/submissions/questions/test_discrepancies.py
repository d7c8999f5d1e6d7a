"""What a receiver reports short, damaged, rejected or over is asked of the sender of the goods."""

from pathlib import Path

import pytest
from tests.flow.asked import asked, cell, filled, handed_in

from konvoi.report.language import Language


def test_what_a_receiver_found_missing_is_asked_of_the_sender_alone(tmp_path: Path) -> None:
    """The recipient signs for two of four and calls two short: its word stands, the giver is asked."""
    receipts = ("receipt,reference,day,received,short,place", "R-1,M-1,2031-02-08,2,2,town")
    folder = cell(tmp_path, receipts=())
    desk = folder / "submissions" / "BO"
    desk.mkdir(exist_ok=True)
    (desk / "receipts.csv").write_text("\n".join(receipts) + "\n")
    found = [one for one in asked(folder).questions if one.record.endswith("#receipt-short")]
    assert [(one.party, one.place.file) for one in found] == [("AR", "BO/receipts.csv")]
    assert Language("en").text(found[0].asked) == (
        "Receipt R-1: 2 pieces of dispatch M-1 (4 pieces) not received."
    )
    assert found[0].form.choices == ("comes in a new version", "right as it stands")
    assert (found[0].kind, found[0].papers) == ("discrepancies", ("movements/M-1",))


@pytest.mark.parametrize("corrected", ["", "R-1,M-1,2031-02-08,4,,town"])
def test_a_discrepancy_is_closed_by_an_answer_or_by_a_corrected_receipt(
    tmp_path: Path, corrected: str
) -> None:
    folder = cell(tmp_path, receipts=())
    desk = folder / "submissions" / "BO"
    desk.mkdir(exist_ok=True)
    head = "receipt,reference,day,received,short,place"
    (desk / "receipts.csv").write_text(f"{head}\nR-1,M-1,2031-02-08,2,2,town\n")
    found = asked(folder)
    (one,) = [one for one in found.questions if one.kind == "discrepancies"]
    if corrected:
        (desk / "receipts.csv").write_text(f"{head}\n{corrected}\n")
    else:
        book = filled(found.files["AR/questions.xlsx"], {one.id: {"Answer": "right as it stands"}})
        handed_in(folder, "AR", "a.xlsx", book)
    assert [one for one in asked(folder).questions if one.kind == "discrepancies"] == []
