"""Sheets and CSV files with HXL tags are read without a mapping, whatever their names and heads."""

import csv
import io

import openpyxl
import pytest

from konvoi.intake.read import read
from konvoi.intake.sheet import Row, Sheet
from konvoi.intake.unread import tagged_table
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity
from konvoi.model.hxl import tag
from konvoi.model.table import Table
from konvoi.model.tables import BY_NAME, TABLES

HEADS = ["Réf.", "Donateur", "Quand", "Pour", "Montant", "Devise", "Où en est-on", "Objet"]
TAGS = [
    *("#meta+id+package", "#org+funder+code", "#date+occurred", "#sector+name", "#value"),
    *("#currency+code", "#status+name", "#description"),
]
ROWS = [
    ["P-1", "DE", "2031-01-05", "energy", "1200000", "EUR", "committed", "Transformers"],
    ["P-2", "FR", "2031-01-07", "energy", "300000", "EUR", "committed", "Cables"],
]


def file(name: str, rows: list[list[str]]) -> Reading:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read(Document(name, out.getvalue().encode()))


def told(reading: Reading, code: str) -> list[Severity]:
    return [one.severity for one in reading.findings if one.code == code]


def test_a_file_of_any_name_and_heads_is_read_by_its_tags() -> None:
    reading = file("aide-2031.csv", [HEADS, TAGS, *ROWS])
    assert reading.tables["packages"]["amount"].to_list() == [120_000_000, 30_000_000]
    assert reading.tables["packages"]["party"].to_list() == ["DE", "FR"]
    assert told(reading, "tags-read-as-table") == [Severity.NOTE]
    assert reading.entries.height == 2


def test_tags_alone_are_a_head() -> None:
    assert file("x.csv", [TAGS, *ROWS]).tables["packages"].height == 2


def test_sheets_of_any_name_are_read_by_their_tags_and_the_others_are_told() -> None:
    book = openpyxl.Workbook()
    for name, rows in {"Aide": [HEADS, TAGS, *ROWS], "Notes": [["Merci"]]}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    reading = read(Document("aide.xlsx", stream.getvalue()))
    assert reading.tables["packages"].height == 2
    assert told(reading, "tags-read-as-table") == told(reading, "sheet-unknown") == [Severity.NOTE]


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("aide-draft.csv", TAGS),
        ("aide.csv", ["#meta+id", *TAGS[1:]]),
        ("aide.csv", [text.removeprefix("#") for text in TAGS]),
    ],
    ids=["a name that puts it in doubt", "without a required column", "no tags"],
)
def test_what_is_unclear_is_not_read(name: str, tags: list[str]) -> None:
    assert file(name, [HEADS, tags, *ROWS]).refused


def test_heads_of_ours_without_tags_do_not_make_a_table_of_any_file() -> None:
    heads = ["package", "party", "day", "kind", "amount", "currency", "stage", "title"]
    assert file("aide.csv", [heads, *ROWS]).refused


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_tags_of_each_table_mean_it_alone(table: Table) -> None:
    tags = [found for column in table.columns if (found := tag(table, column))]
    heads = tuple(f"Colonne {at}" for at in range(len(tags)))
    assert tagged_table(Sheet("x", (Row(1, heads), Row(2, tuple(tags))))) is table


def test_a_name_yields_to_the_tag_of_another_column() -> None:
    """The oblast by its name, as OCHA heads it, beside its code: the code is the oblast."""
    heads = ["Oblast", "Pcode", "Cluster", "In need", "Year"]
    tags = ["#adm1+name", "#adm1+code", "#sector+cluster", "#inneed", "#date+year"]
    reading = file("hno.csv", [heads, tags, ["Kharkivska", "UA63", "health", "12000", "2031"]])
    (row,) = reading.tables[BY_NAME["people_in_need"].name].to_dicts()
    assert (row["oblast"], row["region"], row["people"]) == ("UA63", "Kharkivska", 12000)
