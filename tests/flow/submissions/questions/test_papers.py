"""A paper without its number is asked of the party that handed it in."""

from pathlib import Path

from tests.flow.asked import asked, cell


def test_a_despatch_without_a_waybill_is_asked_about(tmp_path: Path) -> None:
    found = [one for one in asked(cell(tmp_path)).questions if one.kind == "papers"]
    assert [(one.party, one.record, one.place.column) for one in found] == [
        ("AR", "movements/M-2", "waybill")
    ]


def test_a_signed_receipt_without_its_document_is_asked_about_and_an_unsigned_one_is_not(
    tmp_path: Path,
) -> None:
    rows = (
        "receipt,reference,day,received,place,proof",
        "R-1,M-1,2031-02-08,3,town,signed by consignee",
        "R-2,M-2,2031-02-08,3,town,counted at hub",
    )
    found = [one.record for one in asked(cell(tmp_path, receipts=rows)).questions if one.kind == "papers"]
    assert found == ["movements/M-2", "receipts/R-1"] or found == ["receipts/R-1", "movements/M-2"]
