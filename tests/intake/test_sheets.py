"""Workbooks are read within bounds; what cannot be trusted is refused before it is read."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from konvoi.intake.container import Bounds
from konvoi.intake.sheets import sheet_names, sheets
from konvoi.model.document import Document
from konvoi.model.finding import Severity

Maker = Callable[[dict[str, list[list[object]]]], bytes]
SHEET = "xl/worksheets/sheet1.xml"


def document(content: bytes) -> Document:
    return Document("book.xlsx", content)


def altered(content: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """A container with parts changed, added, or (None) left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *changes]):
            change = changes[name] if name in changes else old.read(name)
            if change is not None:
                new.writestr(name, change if isinstance(change, bytes) else change(old.read(name)))
    return stream.getvalue()


def refused_for(content: bytes) -> str:
    """The code of the one error for which a workbook is refused."""
    read = sheets(document(content))
    assert read.refused
    (finding,) = [one for one in read.findings if one.severity == Severity.ERROR]
    assert finding.remedy
    return finding.code


@pytest.fixture(scope="module")
def plain(workbook: Maker) -> bytes:
    return workbook({"One": [["a", 1, 2.5], [], [date(2022, 5, 3), None, datetime(2022, 5, 3, 12, 30)]]})


def test_rows_keep_their_numbers_and_values_their_kinds(plain: bytes) -> None:
    read = sheets(document(plain))
    assert [(row.number, row.cells) for row in read["One"].rows] == [
        (1, ("a", 1, 2.5)),
        (3, (date(2022, 5, 3), None, datetime(2022, 5, 3, 12, 30))),
    ]
    assert read.findings == ()
    assert read["One"].rows[0][9] is None
    assert "Two" not in read
    assert read["Two"].rows == ()


def test_the_names_of_sheets_are_known_without_reading_them(plain: bytes) -> None:
    assert sheet_names(document(plain)) == ("One",)
    assert sheet_names(document(plain[:100])) == ()
    assert sheet_names(document(b"a,b")) == ()


def test_of_a_formula_the_stored_value_is_read_and_one_without_is_told() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("First", 0)["B2"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    read = sheets(document(stream.getvalue()))
    assert [(one.code, one.place.row, one.place.column) for one in read.findings] == [
        ("workbook-formula-unread", 2, "B")
    ]


def test_a_wrong_dimension_hides_no_rows(workbook: Maker) -> None:
    content = workbook({"One": [[number] for number in range(100)]})
    wrong = altered(content, {SHEET: lambda part: re.sub(rb'ref="[^"]*"', b'ref="A1:A10"', part, count=1)})
    assert len(sheets(document(wrong))["One"].rows) == 100


def test_a_lonely_far_cell_is_refused_before_it_costs_anything(workbook: Maker) -> None:
    content = workbook({"One": [["a"]]})
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = altered(content, {SHEET: lambda part: part.replace(b"</sheetData>", far)})
    assert len(content) < 8_000
    assert refused_for(content) == "workbook-far-cell"


def test_a_box_that_is_only_declared_passes_with_a_note(workbook: Maker) -> None:
    content = workbook({"One": [["a"]]})
    vast = altered(content, {SHEET: lambda part: part.replace(b'ref="A1"', b'ref="A1:XFD1048576"')})
    read = sheets(document(vast))
    assert not read.refused
    assert [(one.severity, one.code) for one in read.findings] == [("note", "workbook-mostly-empty")]


def test_a_part_that_unpacks_a_thousandfold_is_refused(plain: bytes) -> None:
    assert refused_for(altered(plain, {"xl/media/zeros.bin": bytes(20_000_000)})) == "container-bomb"


def test_what_unpacks_beyond_the_bound_in_sum_is_refused(plain: bytes) -> None:
    read = sheets(document(plain), Bounds(expanded=1_000))
    assert [one.code for one in read.findings] == ["container-too-large"]


def test_a_container_of_very_many_parts_is_refused(plain: bytes) -> None:
    many = {f"xl/media/{number}": b"x" for number in range(2_001)}
    assert refused_for(altered(plain, dict(many))) == "container-too-many-parts"


def test_many_parts_are_counted_before_they_are_listed() -> None:
    assert refused_for(b"PK\x03\x04" + b"PK\x01\x02" * 2_001) == "container-too-many-parts"


@pytest.mark.parametrize(
    ("bounds", "counted"),
    [
        (Bounds(sheets=1), "2 sheets"),
        (Bounds(texts=2), "> 2 texts"),
        (Bounds(styles=1), "> 1 formats"),
        (Bounds(merged=1), "> 1 merged areas"),
        # Three cells on the first sheet leave two for the second, which has three.
        (Bounds(cells=5), "> 2 cells"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_a_workbook_has_too_much_of_refuses_it(bounds: Bounds, counted: str) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        bold = book.add_format({"bold": True})
        for _ in range(2):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["a", "b", "c"], bold)
    areas = b'</sheetData><mergeCells><mergeCell ref="A5:B5"/><mergeCell ref="A6:B6"/></mergeCells>'
    merged = {SHEET: lambda part: part.replace(b"</sheetData>", areas)}
    content = document(altered(stream.getvalue(), dict(merged)))
    assert not sheets(content).refused
    read = sheets(content, bounds)
    assert read.refused
    assert [(one.code, one.read) for one in read.findings] == [("workbook-too-large", counted)]


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="9">' + b"<c/>" * 16_385 + b"</row>",
        b'<row r="9">' + b'<c r="A9"/>' * 16_385 + b"</row>",
        b'<row r="1048577"><c><v>1</v></c></row>',
        b"<row " + b" ".join(b'a%d=""' % number for number in range(1_001)) + b"/>",
        b'<row a="' + random.Random(1).randbytes(550_000).hex().encode() + b'"/>',
    ],
    ids=["cells", "cells of one place", "row", "attributes", "tag"],
)
def test_a_row_that_no_spreadsheet_has_refuses_the_workbook(plain: bytes, row: bytes) -> None:
    more = {SHEET: lambda part: part.replace(b"</sheetData>", row + b"</sheetData>")}
    assert refused_for(altered(plain, dict(more))) == "workbook-too-large"


def test_merged_areas_that_overlap_count_each(plain: bytes) -> None:
    areas = b"".join(b'<mergeCell ref="A1:C%d"/>' % (1_000 + number) for number in range(10))
    after = b"</sheetData><mergeCells>" + areas + b"</mergeCells>"
    content = altered(plain, {SHEET: lambda part: part.replace(b"</sheetData>", after)})
    # Each of the ten covers the three rows that hold something.
    assert not sheets(document(content), Bounds(cells=30)).refused
    assert sheets(document(content), Bounds(cells=29)).refused


def test_two_sheets_in_one_part_refuse_the_workbook(workbook: Maker) -> None:
    content = workbook({"One": [["a"]], "Two": [["b"]]})
    twice = {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"sheet2.xml", b"sheet1.xml")}
    assert refused_for(altered(content, dict(twice))) == "workbook-damaged"


def test_reading_aids_and_other_parts_of_a_shared_text_are_left_out(plain: bytes) -> None:
    item = b"<si><r><t>\xe4\xb8\x80</t></r><r><t>_x0041_</t></r><rPh><t>ichi</t></rPh></si>"
    whole = re.compile(rb"<si>.*?</si>")
    content = altered(plain, {"xl/sharedStrings.xml": lambda part: whole.sub(item, part, count=1)})
    assert sheets(document(content))["One"].rows[0].cells[0] == "一A"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "workbook-macros"),
        ("xl/macrosheets/sheet1.xml", "workbook-macros"),
        ("xl/embeddings/inner.xlsx", "container-nested"),
        ("payload.zip", "container-nested"),
    ],
)
def test_macros_and_archives_inside_are_refused(plain: bytes, name: str, code: str) -> None:
    assert refused_for(altered(plain, {name: b"x"})) == code


def test_links_and_objects_are_left_aside_with_a_note(plain: bytes) -> None:
    extra = {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/embeddings/oleObject1.bin": b"x"}
    read = sheets(document(altered(plain, dict(extra))))
    assert [(one.severity, one.code) for one in read.findings] == [
        ("note", "workbook-links-ignored"),
        ("note", "workbook-objects"),
    ]
    assert len(read["One"].rows) == 2


def test_an_old_or_encrypted_workbook_is_refused() -> None:
    assert refused_for(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000)) == "workbook-old-or-encrypted"


def test_a_part_under_a_password_is_refused(plain: bytes) -> None:
    listed = plain.index(b"PK\x01\x02")
    locked = plain[: listed + 8] + b"\x01" + plain[listed + 9 :]
    assert refused_for(locked) == "workbook-old-or-encrypted"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_truncated_workbook_is_refused(plain: bytes, kept: float) -> None:
    assert refused_for(plain[: int(len(plain) * kept)]) == "container-broken"


def test_another_kind_of_office_file_is_refused(plain: bytes) -> None:
    assert refused_for(altered(plain, {"xl/workbook.xml": None})) == "workbook-wrong-type"


def test_an_entity_bomb_is_refused(plain: bytes) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        content = altered(plain, {part: lambda old: old.replace(b"?>", b"?>" + bomb, 1)})
        assert refused_for(content) == "workbook-doctype"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_sheet_that_ends_early_is_refused(plain: bytes, part: str) -> None:
    assert refused_for(altered(plain, {part: lambda old: old[: len(old) // 2]})) == "workbook-damaged"


def test_two_readers_must_count_the_same(plain: bytes) -> None:
    # A cell that stands outside any row is seen by the counting reader alone.
    stray = b'</sheetData><x><c r="A1"><v>1</v></c></x>'
    content = altered(plain, {SHEET: lambda old: old.replace(b"</sheetData>", stray)})
    assert refused_for(content) == "workbook-count-differs"


def test_a_shared_text_that_is_not_there_refuses_the_workbook(plain: bytes) -> None:
    content = altered(plain, {SHEET: lambda old: old.replace(b"<v>0</v>", b"<v>-7</v>")})
    assert refused_for(content) == "workbook-damaged"


def test_days_begin_where_the_workbook_says_and_the_29th_of_february_1900_never_was(plain: bytes) -> None:
    day = b'<row r="9">' + b"".join(
        f'<c r="{column}9" s="1"><v>{serial}</v></c>'.encode()
        for column, serial in zip("ABCD", (1, 59, 60, 61), strict=True)
    )
    content = altered(plain, {SHEET: lambda old: old.replace(b"</sheetData>", day + b"</row></sheetData>")})
    first = (date(1900, 1, 1), date(1900, 2, 28), 60, date(1900, 3, 1))
    assert sheets(document(content))["One"].rows[-1].cells == first
    apple = altered(
        content, {"xl/workbook.xml": lambda old: old.replace(b"<workbookPr", b'<workbookPr date1904="1"')}
    )
    assert sheets(document(apple))["One"].rows[-1].cells[0] == date(1904, 1, 2)


@pytest.mark.real_data
def test_the_kiel_workbook_passes_with_notes_and_agrees_with_another_reader(real_data: Path) -> None:
    content = (real_data / "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx").read_bytes()
    read = sheets(document(content))
    assert {one.code for one in read.findings} == {"workbook-links-ignored", "workbook-mostly-empty"}
    (box,) = [one for one in read.findings if one.code == "workbook-mostly-empty"]
    assert (box.place.sheet, box.values) == ("ReadMe", {"declared": "373037", "filled": "25"})
    other = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in other.worksheets:
        sheet.reset_dimensions()
        theirs = {
            (at, column): value.date() if isinstance(value, datetime) and value.time() == time() else value
            for at, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            for column, value in enumerate(row)
            if value not in {None, ""}
        }
        ours = {
            (row.number, column): value
            for row in read[sheet.title].rows
            for column, value in enumerate(row.cells)
            if value is not None
        }
        assert ours == theirs
