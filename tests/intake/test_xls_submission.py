"""Submissions as old workbooks (.xls): the tables of ours, files that are mapped, and what is refused."""

import struct

import pytest
from tests.intake.old_workbook import Cell, old_workbook, record

from konvoi.intake.excerpt import excerpts
from konvoi.intake.read import read
from konvoi.intake.source_tables import source_tables
from konvoi.intake.workbook import workbook_names, workbook_sheets
from konvoi.model.document import Document

PACKAGES: list[list[Cell | None]] = [
    ["package", "party", "day", "kind", "stage", "amount", "currency"],
    ["NO-1", "NO", True, "humanitarian", "committed", 1_250_000.5, "EUR"],
    ["NO-2", "NO", True, "energy", "pledged", 7, "EUR"],
]
LINES: list[list[Cell | None]] = [
    ["line", "package", "good", "quantity"],
    ["NO-1-1", "NO-1", "Generator", 40],
]


def old(sheets: dict[str, list[list[Cell | None]]], **more: object) -> Document:
    return Document("list.xls", old_workbook(sheets, **more), "NO")  # type: ignore[arg-type]


def test_the_tables_of_an_old_workbook_are_read() -> None:
    reading = read(old({"Packages": PACKAGES, "Lines": LINES}))
    assert not reading.refused
    assert {name: table.height for name, table in reading.tables.items()} == {"packages": 2, "lines": 1}
    packages = reading.tables["packages"]
    assert packages["amount"].to_list() == [125_000_050, 700]


def test_an_old_workbook_of_other_columns_is_a_table_to_map() -> None:
    document = old({"Export": [["Record ID", "Commitment"], ["A-1", 12.5]]})
    (table,) = source_tables(document)
    assert (table.name, [row.cells for row in table.rows]) == (
        "Export",
        [("Record ID", "Commitment"), ("A-1", 12.5)],
    )


def test_an_old_workbook_that_is_not_known_is_refused_with_its_headings() -> None:
    reading = read(old({"Export": [["Record ID", "Commitment"], ["A-1", 12.5]]}))
    assert reading.refused
    (finding,) = reading.findings
    assert finding.code == "format-unknown"
    assert "Record ID" in finding.read


def test_rows_behind_a_finding_are_quoted() -> None:
    document = old({"Packages": PACKAGES})
    assert dict(excerpts(document, [("Packages", 2)])[("Packages", 2)])["package"] == "NO-1"


def test_macros_refuse_an_old_workbook() -> None:
    document = old({"Packages": PACKAGES})
    spoilt = Document("a.xls", document.content + "_VBA_PROJECT_CUR".encode("utf-16-le"))
    assert [one.code for one in read(spoilt).findings] == ["workbook-macros"]
    assert workbook_sheets(spoilt).refused


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (old({"Packages": PACKAGES}, locked=True), "workbook-old-or-encrypted"),
        (Document("a.xls", old({"Packages": PACKAGES}).content[:700]), "workbook-damaged"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_reason(document: Document, code: str) -> None:
    reading = read(document)
    assert reading.refused
    assert [one.code for one in reading.findings] == [code]
    assert workbook_names(document) == ()


def test_hidden_rows_and_columns_are_noted() -> None:
    row = record(0x208, struct.pack("<HHHHHHI", 2, 0, 6, 0, 0, 0, 0x20))
    column = record(0x7D, struct.pack("<HHHHHH", 3, 3, 2_560, 0, 1, 0))
    sheet = workbook_sheets(old({"Packages": PACKAGES}, more=[row, column]))["Packages"]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), (4,))
