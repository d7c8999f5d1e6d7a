"""Sheets, rows and columns that the workbook does not show are read, and noted."""

import io

from openpyxl import Workbook

from konvoi.intake.read import read
from konvoi.model.document import Document


def test_hidden_rows_columns_and_sheets_that_are_read_are_noted() -> None:
    book = Workbook()
    shown = book.active
    assert shown is not None
    shown.title = "Packages"
    for row in (
        ("package", "party", "day", "kind", "amount", "currency"),
        *(("A-1", "AT", "2031-01-01", "energy", amount, "EUR") for amount in ("1.469", "2.345,67", "3")),
    ):
        shown.append(row)
    goods = book.create_sheet("Goods")
    goods.append(("good", "name", "unit"))
    goods.append(("tent", "Tent", "piece"))
    other = book.create_sheet("Jottings")
    other.append(("none", "of ours"))
    shown.row_dimensions[2].hidden = True
    shown.row_dimensions[3].hidden = True
    shown.row_dimensions[40].hidden = True
    shown.column_dimensions["F"].hidden = True
    goods.sheet_state = "hidden"
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = read(Document("a.xlsx", out.getvalue(), "AT"))
    notes = [(one.place.sheet, one.read) for one in found.findings if one.code == "hidden-read"]
    assert notes == [("Packages", "2-3"), ("Packages", "F"), ("Goods", "Goods")]
    assert found.tables["packages"].height == 3
