"""What receivers tell as over is held against the despatch."""

from tests.ledger.test_reconciled import came, compare, only, sent, stands

from konvoi.model.finding import Severity


def test_what_a_receipt_itself_tells_as_over_is_a_warning_that_names_both_papers() -> None:
    """Twelve of ten came, and the consignee says so: no error of anybody's list."""
    found = compare(sent(), came(received=12, over=2))
    assert (only(found).code, only(found).severity) == ("receipt-over", Severity.WARNING)
    assert dict(only(found).values) == {
        "sent": "10 piece",
        "despatch": "M-1",
        "receipt": "R-1",
        "over": "2 piece",
    }
    assert stands(found) == [("W-1", "tent", 0, "received with discrepancies")]


def test_more_than_what_is_told_as_over_stays_an_error() -> None:
    found = compare(sent(), came(received=13, over=2))
    assert (only(found).code, only(found).severity) == ("receipt-above-despatch", Severity.ERROR)


def test_what_receipts_of_a_line_alone_tell_as_over_is_a_warning() -> None:
    found = compare(sent(), came(received=12, over=2, reference="L-1"))
    assert (only(found).code, only(found).values["over"]) == ("receipt-over", "2 piece")


def test_a_receipt_in_two_documents_that_differ_names_place_and_value_of_the_later_one() -> None:
    """Both reference and good are those of the first; of what differs the first column is named."""
    later = came(received=8, damaged=2, again=True, file="later.xlsx", row=9)
    found = only(compare(sent(), came(), later))
    place = found.place
    assert (found.code, found.severity, found.read) == ("receipt-contradicts", Severity.ERROR, "8")
    assert (place.file, place.sheet, place.row, place.column) == ("later.xlsx", "receipts", 9, "received")
    assert dict(found.values) == {"receipt": "R-1", "file": "came.xlsx"}


def test_the_receipt_with_a_day_comes_before_one_without() -> None:
    """Which of two signed copies counts does not depend on the order of the files."""
    dated = came("R-2", document="D-1")
    undated = came("R-1", document="D-1", day_from=None, day_to=None, file="other.xlsx")
    assert compare(sent(), dated, undated).findings == compare(sent(), undated, dated).findings
