"""Parts of the submissions that are in no figure."""

from dataclasses import replace

from tests.report.cases import case

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.ledger.uncounted import Uncounted, uncounted


def test_documents_rows_and_sheets_are_each_counted_once() -> None:
    """Two errors of one row, an error of a document without rows, and one of a document that has rows."""
    known = case()
    first, other = (one for one in known.documents["name"].to_list()[:2])
    empty = known.documents.with_columns(rows=known.documents["rows"] * (known.documents["name"] != first))
    row = Place(other, "Packages", 4, "amount")
    told = (
        Finding(Severity.ERROR, "number-unreadable", row),
        Finding(Severity.ERROR, "currency-unreadable", replace(row, column="currency")),
        Finding(Severity.WARNING, "number-unreadable", replace(row, row=5)),
        Finding(Severity.ERROR, "not-readable", Place(first)),
        Finding(Severity.ERROR, "not-readable", Place(other)),
        Finding(Severity.WARNING, "sheet-proposed", Place(other, "Packages 2026")),
    )
    assert uncounted(replace(known, documents=empty, findings=told)) == Uncounted((first,), 1, 1)


def test_without_findings_everything_is_counted() -> None:
    assert uncounted(replace(case(), findings=())) == Uncounted((), 0, 0)
