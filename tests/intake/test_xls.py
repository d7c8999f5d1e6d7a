"""Old workbooks: texts that run on, short forms of numbers, days by their format; damage is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.old_workbook import Cell, old_workbook

from konvoi.intake.xls import old_sheets
from konvoi.model.document import Document

ROWS: list[list[Cell | None]] = [
    ["Name", "Born", "Number"],
    ["Иван Сампле", True, 1963],
    [None, None, 2.5],
    ["z" * 40, None, None],
]
BOOK = old_workbook({"One": ROWS, "Empty": []})


def read(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    found = old_sheets(Document("a.xls", content))
    assert not found.refused
    return {name: [row.cells for row in sheet.rows] for name, sheet in found.by_name.items()}


def test_cells_are_texts_days_and_numbers_in_their_places() -> None:
    assert read(BOOK) == {
        "One": [
            ("Name", "Born", "Number"),
            ("Иван Сампле", date(1972, 11, 26), 1963),
            (None, None, 2.5),
            ("z" * 40,),
        ],
        "Empty": [],
    }


def test_rows_keep_their_numbers() -> None:
    found = old_sheets(Document("a.xls", old_workbook({"One": [["a"], [None], ["b"]]})))
    assert [row.number for row in found["One"].rows] == [1, 3]


def test_a_workbook_with_a_password_is_refused_with_the_reason() -> None:
    found = old_sheets(Document("a.xls", old_workbook({"One": ROWS}, locked=True)))
    assert [finding.code for finding in found.findings] == ["workbook-old-or-encrypted"]


def test_another_document_in_such_a_container_is_refused() -> None:
    other = BOOK.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert [one.code for one in old_sheets(Document("a.doc", other)).findings] == [
        "workbook-old-or-encrypted"
    ]


@given(at=st.integers(0, len(BOOK)), gone=st.integers(0, 600), put_in=st.binary(max_size=20))
def test_a_damaged_workbook_is_refused_or_read_and_never_raises(at: int, gone: int, put_in: bytes) -> None:
    found = old_sheets(Document("a.xls", BOOK[:at] + put_in + BOOK[at + gone :]))
    assert found.refused == bool(found.findings)


@given(which=st.integers(0, len(BOOK) - 1), byte=st.integers(0, 255))
def test_a_byte_that_is_another_never_raises(which: int, byte: int) -> None:
    old_sheets(Document("a.xls", BOOK[:which] + bytes([byte]) + BOOK[which + 1 :]))


@pytest.mark.real_data
def test_the_real_list_of_australia_has_all_its_rows(real_data: Path) -> None:
    """7,945 rows and a head; the second and third sheet are empty."""
    content = (real_data / "sanctions" / "au" / "regulation8_consolidated.xls").read_bytes()
    assert [len(rows) for rows in read(content).values()] == [7946, 0, 0]
