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
    assert stands(found) == [("W-1", "tent", 0, "received with differences")]


def test_more_than_what_is_told_as_over_stays_an_error() -> None:
    found = compare(sent(), came(received=13, over=2))
    assert (only(found).code, only(found).severity) == ("receipt-above-despatch", Severity.ERROR)


def test_what_receipts_of_a_line_alone_tell_as_over_is_a_warning() -> None:
    found = compare(sent(), came(received=12, over=2, reference="L-1"))
    assert (only(found).code, only(found).values["over"]) == ("receipt-over", "2 piece")
