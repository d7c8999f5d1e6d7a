"""OpenDocument spreadsheets: values, days, repeated cells and rows; damage and excess are refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from konvoi.intake.ods import is_ods, ods_sheets
from konvoi.intake.read import read as front_door
from konvoi.model.document import Document, Reading

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def book(
    rows: str, *, mime: str = "application/vnd.oasis.opendocument.spreadsheet", sheet: str = "List"
) -> bytes:
    """An ODS with one sheet."""
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{sheet}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr("mimetype", mime)
        zipped.writestr("content.xml", content)
    return made.getvalue()


def read(rows: str) -> list[tuple[int, tuple[object, ...]]]:
    found = ods_sheets(Document("list.ods", book(rows)))
    assert not found.refused
    return [(row.number, row.cells) for row in found.by_name["List"].rows]


def test_texts_days_numbers_and_lines_within_a_cell_are_read() -> None:
    day = cell("1-2-2031", 'office:value-type="date" office:date-value="2031-02-01"')
    number = cell("12", 'office:value-type="float" office:value="12"')
    two = "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
    assert read(f"<table:table-row>{day}{number}{two}</table:table-row>") == [
        (1, (date(2031, 2, 1), 12, "a\nb"))
    ]


def test_what_repeats_is_there_as_often_and_empty_rows_only_count() -> None:
    twice = 'table:number-columns-repeated="2"'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('x', twice)}"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{cell("y")}</table:table-row>'
    )
    assert read(rows) == [(4, ("x", "x")), (5, ("y",)), (6, ("y",))]


def test_it_is_known_by_its_type_and_a_workbook_is_none() -> None:
    assert is_ods(book(""))
    assert not is_ods(book("", mime="application/zip"))
    assert not is_ods(b"PK\x03\x04")


@pytest.mark.parametrize("at", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_is_refused_with_what_to_do(at: float) -> None:
    whole = book(f"<table:table-row>{cell('x')}</table:table-row>")
    found = ods_sheets(Document("list.ods", whole[: int(len(whole) * at)]))
    assert found.refused
    assert [(one.place.file, bool(one.remedy)) for one in found.findings] == [("list.ods", True)]


def test_cells_that_repeat_without_end_are_refused() -> None:
    wide = cell("x", 'table:number-columns-repeated="1000"')
    rows = f'<table:table-row table:number-rows-repeated="1000">{wide}</table:table-row>' * 6
    found = ods_sheets(Document("list.ods", book(rows)))
    assert [one.code for one in found.findings] == ["workbook-too-large"]


CURRENCY = 'office:value-type="currency" office:currency="{}" office:value="{}"'


def test_an_amount_is_the_number_stored_and_not_the_one_shown() -> None:
    """A cell that shows 1.2 Mio. holds 1234567.89; general readers take what it shows, or round it."""
    shown = cell("1,2 Mio. €", CURRENCY.format("EUR", "1234567.89"))
    long = cell("0,12", 'office:value-type="float" office:value="0.1234567890123456789"')
    share = cell("12,5 %", 'office:value-type="percentage" office:value="0.125"')
    (row,) = read(f"<table:table-row>{shown}{long}{share}</table:table-row>")
    assert row[1] == (1234567.89, Decimal("0.1234567890123456789"), 0.125)


def test_the_currency_stored_with_an_amount_is_kept_by_its_cell() -> None:
    rows = f"<table:table-row>{cell('x')}{cell('5 zł', CURRENCY.format('PLN', '5'))}</table:table-row>"
    assert ods_sheets(Document("a.ods", book(rows))).by_name["List"].currencies == {(1, 2): "PLN"}


def test_texts_keep_spaces_and_lines_and_leave_notes_aside() -> None:
    text = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p>'
        '</office:annotation><text:p>a<text:s text:c="2"/>b<text:line-break/>'
        "<text:span>c</text:span></text:p>"
        "</table:table-cell>"
    )
    assert read(f"<table:table-row>{text}</table:table-row>") == [(1, ("a  b\nc",))]


def test_more_than_a_thousand_rows_that_repeat_are_all_there() -> None:
    rows = f'<table:table-row table:number-rows-repeated="2500">{cell("x")}</table:table-row>'
    assert len(read(rows)) == 2500


def test_truths_errors_and_formulas_without_a_value_are_told_apart() -> None:
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    yes = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    broken = cell("Err:508", f'xmlns:calcext="{calc}" calcext:value-type="error" office:value-type="string"')
    bare = '<table:table-cell table:formula="of:=[.A1]*2"/>'
    found = ods_sheets(Document("a.ods", book(f"<table:table-row>{yes}{broken}{bare}</table:table-row>")))
    assert found.by_name["List"].rows[0].cells == (True, "#VALUE!", None)
    assert [(one.code, one.place.row, one.place.column) for one in found.findings] == [
        ("workbook-formula-unread", 1, "C")
    ]


def test_hidden_rows_and_merged_cells_are_known_and_tables_in_cells_are_none_of_the_sheet() -> None:
    inner = f'<table:table table:name="inner"><table:table-row>{cell("no")}</table:table-row></table:table>'
    spanned = cell("x", 'table:number-rows-spanned="2"')
    rows = (
        f"<table:table-row>{spanned}"
        f"<table:table-cell><text:p>y</text:p>{inner}</table:table-cell></table:table-row>"
        f'<table:table-row-group><table:table-row table:visibility="filter">{cell("z")}</table:table-row>'
        "</table:table-row-group>"
    )
    sheet = ods_sheets(Document("a.ods", book(rows))).by_name["List"]
    assert [row.cells for row in sheet.rows] == [("x", "y"), ("z",)]
    assert sheet.merged == ((1, 1, 2, 1),)
    assert sheet.hidden_rows == (2,)


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("Basic/Standard/Module1.xml", b"<x/>", "workbook-macros"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>", "workbook-old-or-encrypted"),
    ],
)
def test_macros_and_passwords_are_refused_by_name(part: str, content: bytes, code: str) -> None:
    made = io.BytesIO(book(f"<table:table-row>{cell('x')}</table:table-row>"))
    with zipfile.ZipFile(made, "a") as zipped:
        zipped.writestr(part, content)
    found = ods_sheets(Document("a.ods", made.getvalue()))
    assert (found.refused, [one.code for one in found.findings]) == (True, [code])


HEADS = ("package", "party", "day", "kind", "amount", "currency")


def submitted(*rows: str, heads: tuple[str, ...] = HEADS) -> Reading:
    top = f"<table:table-row>{''.join(cell(head) for head in heads)}</table:table-row>"
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return front_door(Document("list.ods", book(top + body, sheet="Packages"), "PL"))


DAY = cell("15.01.31", 'office:value-type="date" office:date-value="2031-01-15"')
FIRST = f"{cell('PL-1')}{cell('PL')}{DAY}{cell('energy')}"


def test_an_ods_is_a_submission_with_exact_amounts() -> None:
    amount = cell("1,23 Mrd.", 'office:value-type="float" office:value="1234567890.12"')
    reading = submitted(f"{FIRST}{amount}{cell('EUR')}")
    assert (reading.format, reading.findings) == ("konvoi-workbook", ())
    assert reading.tables["packages"].select("amount", "day").rows() == [(123456789012, date(2031, 1, 15))]


def test_a_stored_currency_counts_where_the_row_states_none() -> None:
    reading = submitted(f"{FIRST}{cell('5 zł', CURRENCY.format('PLN', '5'))}", heads=HEADS[:5])
    assert reading.tables["packages"].select("amount", "currency").rows() == [(500, "PLN")]
    assert reading.findings == ()


def test_an_amount_stored_in_another_currency_than_its_row_states_is_not_read() -> None:
    reading = submitted(f"{FIRST}{cell('5 $', CURRENCY.format('USD', '5'))}{cell('EUR')}")
    assert [(one.severity, one.code) for one in reading.findings] == [("error", "currency-differs")]
    assert reading.tables["packages"]["amount"].to_list() == [None]


@pytest.mark.parametrize("at", [0.4, 0.8])
def test_a_cut_submission_is_refused_with_a_remedy(at: float) -> None:
    whole = book(f"<table:table-row>{cell('x')}</table:table-row>", sheet="Packages")
    reading = front_door(Document("list.ods", whole[: int(len(whole) * at)], "PL"))
    assert reading.refused
    assert all(one.remedy for one in reading.findings)
