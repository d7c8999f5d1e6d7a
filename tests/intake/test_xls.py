"""Old workbooks: values as in new ones, dates by their format; what is locked or damaged is refused."""

import os
import struct
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.old_workbook import Cell, old_workbook, ole, record, unicode

from konvoi.intake.container import Bounds
from konvoi.intake.sheets import Sheets
from konvoi.intake.xls import old_sheets
from konvoi.model.document import Document

ROWS: list[list[Cell | None]] = [
    ["Name", "Born", "Number"],
    ["Иван Сампле", True, 1963],
    [None, None, 2.5],
    ["z" * 40, None, None],
]
BOOK = old_workbook({"One": ROWS, "Empty": []})


def found(content: bytes) -> Sheets:
    return old_sheets(Document("a.xls", content))


def read(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    sheets = found(content)
    assert not sheets.refused
    return {name: [row.cells for row in sheet.rows] for name, sheet in sheets.by_name.items()}


def codes(content: bytes, bounds: Bounds | None = None) -> list[str]:
    sheets = old_sheets(Document("a.xls", content), bounds or Bounds())
    assert sheets.refused == bool(sheets.findings)
    assert all(one.remedy for one in sheets.findings)
    return [one.code for one in sheets.findings]


def cell(kind: int, column: int, body: bytes) -> bytes:
    """A record of the first row."""
    return record(kind, struct.pack("<HHH", 0, column, 0) + body)


def formula(column: int, result: bytes) -> bytes:
    """A formula (the number 1) that last gave a result."""
    return cell(0x06, column, result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def one_row(*cells: bytes, head: Sequence[bytes] = ()) -> tuple[object, ...]:
    (row,) = read(old_workbook({"One": []}, more=cells, head=head))["One"]
    return row


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
    sheets = found(old_workbook({"One": [["a"], [None], ["b"]]}))
    assert [row.number for row in sheets["One"].rows] == [1, 3]


def test_numbers_in_short_form_are_exact() -> None:
    """In hundredths, negative, and the upper half of a float."""
    shorts = [
        (12_345 << 2) | 3,
        ((-5 & 0x3FFFFFFF) << 2) | 2,
        struct.unpack("<II", struct.pack("<d", 1.5))[1],
    ]
    cells = [cell(0x27E, at, struct.pack("<I", short)) for at, short in enumerate(shorts)]
    assert one_row(*cells) == (123.45, -5, 1.5)


def test_decimals_are_those_that_were_typed() -> None:
    numbers = [0.1, 0.07, 1_234_567.89, -0.01, 100.07]
    cells = [cell(0x203, at, struct.pack("<d", number)) for at, number in enumerate(numbers)]
    assert repr(one_row(*cells)) == "(0.1, 0.07, 1234567.89, -0.01, 100.07)"


def test_a_number_that_is_none_is_empty() -> None:
    none = cell(0x203, 0, struct.pack("<d", float("nan")))
    assert one_row(none, cell(0x203, 1, struct.pack("<d", 7))) == (None, 7)


def test_days_begin_in_1904_where_the_workbook_says_so() -> None:
    book = old_workbook({"One": [[True]]}, head=[record(0x22, b"\x01\x00")])
    assert read(book) == {"One": [(date(1976, 11, 27),)]}


def test_of_a_formula_the_value_last_stored_is_read() -> None:
    cells = [
        formula(0, struct.pack("<d", 2.5)),
        formula(1, b"\0\0\0\0\0\0\xff\xff") + record(0x207, unicode("given")),
        formula(2, b"\1\0\1\0\0\0\xff\xff"),
        formula(3, b"\2\0\x2a\0\0\0\xff\xff"),
        formula(4, b"\3\0\0\0\0\0\xff\xff"),
        cell(0x203, 5, struct.pack("<d", 9)),
    ]
    assert one_row(*cells) == (2.5, "given", True, "#N/A", None, 9)


def test_truth_and_errors_are_told_from_numbers() -> None:
    assert one_row(cell(0x205, 0, b"\1\0"), cell(0x205, 1, b"\x17\1")) == (True, "#REF!")


def test_hidden_sheets_and_merged_areas_are_known() -> None:
    area = record(0xE5, struct.pack("<HHHHH", 1, 0, 2, 0, 1))
    sheets = found(old_workbook({"A": [["x"]], "B": [], "C": []}, more=[area], hidden={"B": 1, "C": 2}))
    assert [sheet.hidden for sheet in sheets.by_name.values()] == [False, True, True]
    assert sheets["A"].merged == ((1, 1, 3, 2),)


def excel_95() -> bytes:
    """A workbook whose texts are bytes in the code page of Windows Cyrillic."""
    label = "Потреба".encode("cp1251")
    begin = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    head = begin + record(0x42, struct.pack("<H", 1251)) + record(0xE0, bytes(16))
    name = b"\x01A"
    start = len(head) + 4 + 6 + len(name) + 4
    whole = head + record(0x85, struct.pack("<IH", start, 0) + name) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    sheet += cell(0x204, 0, struct.pack("<H", len(label)) + label) + record(0x0A, b"")
    return ole(whole + sheet, "Book")


def test_a_workbook_of_excel_95_is_read_in_its_code_page() -> None:
    assert read(excel_95()) == {"A": [("Потреба",)]}


def test_a_workbook_with_a_password_is_refused_with_the_reason() -> None:
    assert codes(old_workbook({"One": ROWS}, locked=True)) == ["workbook-old-or-encrypted"]


def test_another_document_in_such_a_container_is_refused() -> None:
    """An encrypted .xlsx is one, too."""
    other = BOOK.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert codes(other) == ["workbook-old-or-encrypted"]


@pytest.mark.parametrize("kept", [8, 600, len(BOOK) // 2])
def test_a_workbook_that_is_cut_is_refused(kept: int) -> None:
    assert codes(BOOK[:kept]) == ["workbook-damaged"]


def test_a_workbook_beyond_a_bound_is_refused() -> None:
    assert codes(BOOK, Bounds(old_workbook=len(BOOK) - 1)) == ["workbook-old-too-large"]
    assert codes(BOOK, Bounds(sheets=1)) == ["workbook-too-large"]
    assert codes(BOOK, Bounds(cells=9)) == ["workbook-too-large"]
    assert codes(BOOK, Bounds(old_workbook=len(BOOK), sheets=2, cells=10)) == []


def test_a_far_cell_costs_nothing() -> None:
    """Cell IV65536 is the last one of an old sheet."""
    far = record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1))
    (row,) = found(old_workbook({"One": []}, more=[far]))["One"].rows
    assert (row.number, len(row.cells), row[255]) == (65_536, 256, 1)


@given(at=st.integers(0, len(BOOK)), gone=st.integers(0, 600), put_in=st.binary(max_size=20))
def test_a_damaged_workbook_is_refused_or_read_and_never_raises(at: int, gone: int, put_in: bytes) -> None:
    codes(BOOK[:at] + put_in + BOOK[at + gone :])


@given(which=st.integers(0, len(BOOK) - 1), byte=st.integers(0, 255))
def test_a_byte_that_is_another_never_raises(which: int, byte: int) -> None:
    codes(BOOK[:which] + bytes([byte]) + BOOK[which + 1 :])


def test_the_library_is_not_loaded_outside_the_child_process() -> None:
    code = "import sys, konvoi.flow.sanctions.lists; print('xlrd' in sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert asked.stdout.strip() == "False"


@pytest.mark.real_data
def test_the_real_list_of_australia_has_all_its_rows(real_data: Path) -> None:
    """7,945 rows and a head; the second and third sheet are empty."""
    content = (real_data / "sanctions" / "au" / "regulation8_consolidated.xls").read_bytes()
    assert [len(rows) for rows in read(content).values()] == [7946, 0, 0]


@pytest.mark.real_data
def test_the_real_list_of_japan_has_all_its_sheets(real_data: Path) -> None:
    content = (real_data / "sanctions" / "jp" / "sanctions_2022-06-19.xls").read_bytes()
    rows = read(content)
    assert (len(rows), sum(map(len, rows.values()))) == (39, 2795)
