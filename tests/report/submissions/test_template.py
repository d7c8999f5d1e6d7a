"""The template is filled in any language and read with the same result."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.naming import localized
from konvoi.model.party import LANGUAGES
from konvoi.model.table import POLARS, Column, Table, Type
from konvoi.model.tables import BY_NAME, TABLES
from konvoi.report.submissions.template import template

DAY = date(2031, 4, 2)
EXAMPLES: dict[Type, object] = {
    Type.ID: "007",
    Type.REF: "=cmd()",
    Type.TEXT: "=1+1",
    Type.PARTY: "PL",
    Type.DAY: date(2031, 1, 5),
    Type.NUMBER: Decimal("1234567.000001"),
    Type.WHOLE: 12,
    Type.SHARE: Decimal("0.125000"),
    Type.MONEY: 123_456_789,
    Type.CURRENCY: "EUR",
    Type.YES: True,
    Type.LIST: "a;b",
    Type.URL: "https://example.org/",
    Type.EMAIL: "desk@example.org",
}


def example(column: Column) -> object:
    if column.name == "marking":
        return "coalition"
    if column.type == Type.CHOICE:
        return str(column.choices[-1])
    return EXAMPLES[column.type]


def filled(table: Table) -> pl.DataFrame:
    """One row with a value in every column."""
    row = {column.name: example(column) for column in table.columns}
    schema = {column.name: POLARS.get(column.type, pl.String()) for column in table.columns}
    return pl.DataFrame({name: [value] for name, value in row.items()}, schema=schema, strict=True)


FILLED = {table.name: filled(table) for table in TABLES}


def handed_in(language: str) -> Reading:
    head = {"party": "PL", "day": "2031-04-02", "marking": localized("choice", "coalition", language)}
    return read(Document("a.xlsx", template(language, day=DAY, head=head, rows=FILLED)))


def plain(reading: Reading) -> dict[str, pl.DataFrame]:
    return {
        name: frame.drop("_file", "_sheet", "_until", "_cleared", "_unread", strict=False)
        for name, frame in reading.tables.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_comes_back_exactly(language: str) -> None:
    tables = plain(handed_in(language))
    for name, frame in FILLED.items():
        assert tables[name].drop("_row").equals(frame), name


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_the_reading_is_the_same_in_every_language(language: str) -> None:
    english, other = handed_in("en"), handed_in(language)
    assert english.entries.drop("sheet").equals(other.entries.drop("sheet"))
    assert {name: frame.rows() for name, frame in plain(english).items()} == {
        name: frame.rows() for name, frame in plain(other).items()
    }
    assert [one.code for one in english.findings] == [one.code for one in other.findings]
    assert {**english.facts, "language": ""} == {**other.facts, "language": ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_is_read_without_a_finding(language: str) -> None:
    reading = read(Document("a.xlsx", template(language, day=DAY)))
    assert reading.findings == ()
    assert set(reading.tables) == set(BY_NAME)
    assert all(frame.height == 0 for frame in reading.tables.values())


def test_the_same_arguments_give_the_same_bytes_and_the_day_is_in_them() -> None:
    assert template("de", day=DAY) == template("de", day=DAY)
    with zipfile.ZipFile(io.BytesIO(template("de", day=DAY))) as container:
        assert b"2031-04-02T00:00:00Z" in container.read("docProps/core.xml")
        assert all(b"<f>" not in container.read(name) for name in container.namelist() if "/sheet" in name)


def test_a_person_finds_notes_drop_downs_filters_and_a_frozen_head() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("de", day=DAY)))
    assert book.sheetnames[0] == "Konvoi"
    sheet = book["Posten"]
    heads = {str(cell.value): cell for cell in sheet[1]}
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    assert "Menge [Einheit]" in heads
    assert "aus Beständen" in str(heads["Lieferweg"].comment)
    checked = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    column = get_column_letter(heads["Lieferweg"].column or 0)
    assert checked[f"{column}2:{column}5001"].startswith("_lists!")
    assert sheet.column_dimensions["A"].width >= 11
    assert book["_lists"].sheet_state == "veryHidden"


def test_text_cells_are_text_and_days_are_days() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template("en", day=DAY, rows=FILLED)))["Packages"]
    heads = {str(cell.value): get_column_letter(cell.column or 0) for cell in sheet[1]}
    assert sheet[f"{heads['package *']}2"].value == "007"
    assert sheet[f"{heads['package *']}2"].number_format == "@"
    assert sheet[f"{heads['day *']}2"].is_date
    assert sheet[f"{heads['title']}2"].data_type == "s"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_full_template_has_every_column_and_is_read_without_a_finding(language: str) -> None:
    """A desk's template has at most twelve (decision 0002)."""
    content = template(language, day=DAY, full=True)
    reading = read(Document("a.xlsx", content))
    assert reading.findings == ()
    book = openpyxl.load_workbook(io.BytesIO(content))
    short = openpyxl.load_workbook(io.BytesIO(template(language, day=DAY)))
    for table in TABLES:
        name = localized("table", table.name, language)
        sheet = f"{name[:1].upper()}{name[1:]}"
        assert book[sheet].max_column == len(table.columns), table.name
        assert short[sheet].max_column <= 12, table.name


def test_what_stands_in_the_full_template_comes_back_exactly() -> None:
    head = {"party": "PL", "day": "2031-04-02", "marking": "coalition"}
    tables = plain(read(Document("a.xlsx", template("en", day=DAY, head=head, rows=FILLED, full=True))))
    for name, frame in FILLED.items():
        assert tables[name].drop("_row").equals(frame), name
