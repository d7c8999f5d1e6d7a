"""Workbooks as people return them: rows moved, columns renamed, cells merged, formulas, other dates."""

import io
from collections.abc import Callable
from datetime import date
from functools import cache

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Severity
from konvoi.report.submissions.template import template

DAY = date(2031, 4, 2)
HEAD = {"party": "PL", "day": "2031-03-02", "marking": "coalition"}
LINES: list[list[str | int]] = [
    ["L-1", "P-1", "tent", 40, "piece"],
    ["L-2", "P-1", "tarp", 5, "piece"],
    ["L-3", "P-1", "stove", 6, "piece"],
]


@cache
def blank(language: str, *, hxl: bool) -> bytes:
    """The template that a desk is sent."""
    return template(language, day=DAY, head=HEAD, hxl=hxl)


def book(language: str = "en", *, hxl: bool = False) -> openpyxl.Workbook:
    """One package with three lines in the template, as a desk typed them."""
    found = openpyxl.load_workbook(io.BytesIO(blank(language, hxl=hxl)))
    packages, lines = found.worksheets[3], found.worksheets[4]
    packages.append(["P-1", "PL", date(2031, 1, 1), "energy"])
    for row in LINES:
        lines.append(row)
    return found


def handed_in(changed: openpyxl.Workbook) -> Reading:
    stream = io.BytesIO()
    changed.save(stream)
    return read(Document("PL/list.xlsx", stream.getvalue(), "PL"))


def told(reading: Reading, code: str) -> list[Finding]:
    return [one for one in reading.findings if one.code == code]


def quantities(reading: Reading) -> dict[str, int]:
    frame = reading.tables["lines"]
    return {
        line: quantity and int(quantity) for line, quantity in frame.select("line", "quantity").iter_rows()
    }


ALL = {"L-1": 40, "L-2": 5, "L-3": 6}


def _sorted(sheet: Worksheet) -> None:
    for number, row in enumerate(reversed(LINES), start=2):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at, value)


def _gaps(sheet: Worksheet) -> None:
    sheet.insert_rows(3, amount=4)


def _title(sheet: Worksheet) -> None:
    sheet.insert_rows(1, amount=3)
    sheet["A1"] = "Our list for the meeting of March"


def _columns_moved(sheet: Worksheet) -> None:
    sheet.move_range("D1:D4", cols=11)
    sheet.insert_cols(1)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("change", [_sorted, _gaps, _title, _columns_moved])
def test_rows_and_columns_that_were_moved_are_read_without_a_finding(
    change: Callable[[Worksheet], None],
) -> None:
    """Also under a title, with blank rows between, and with an empty column before."""
    moved = book()
    change(moved["Lines"])
    reading = handed_in(moved)
    assert quantities(reading) == ALL
    assert [one for one in reading.findings if one.severity != Severity.NOTE] == []
    assert set(reading.entries["entry"]) == set(handed_in(book()).entries["entry"])


@pytest.mark.parametrize(
    ("language", "column", "typed", "meant"),
    [
        ("en", "D", "quantitty", "quantity"),
        ("de", "D", "Mengen [Einheit]", "Menge"),
        ("uk", "D", "кількост", "кількість"),
    ],
)
def test_a_renamed_column_is_told_with_the_name_that_it_comes_near_to(
    language: str, column: str, typed: str, meant: str
) -> None:
    renamed = book(language)
    renamed.worksheets[4][f"{column}1"] = typed
    reading = handed_in(renamed)
    (finding,) = told(reading, "column-unknown")
    assert (finding.severity, finding.place.row, finding.read) == (Severity.WARNING, 1, typed)
    assert finding.values["meant"] == meant
    assert set(quantities(reading)) == set(ALL)
    assert set(quantities(reading).values()) == {None}


def test_a_column_that_comes_near_to_one_that_is_there_is_only_a_note() -> None:
    """Nothing is missing then: it is a column of the sender's own."""
    own = book()
    own["Lines"]["M1"] = "quantities"
    (finding,) = told(handed_in(own), "column-unknown")
    assert (finding.severity, finding.remedy) == (Severity.NOTE, "The column was not read.")


def test_a_mandatory_column_that_is_renamed_is_told_twice_and_the_other_sheets_are_read() -> None:
    renamed = book()
    renamed["Lines"]["A1"] = "lines"
    reading = handed_in(renamed)
    assert [one.values["meant"] for one in told(reading, "column-unknown")] == ["line"]
    assert [one.place.column for one in told(reading, "column-missing")] == ["line"]
    assert reading.tables["packages"].height == 1


def test_a_renamed_column_is_known_by_its_hxl_tag() -> None:
    renamed = book(hxl=True)
    renamed["Lines"]["D1"] = "Anzahl der Stücke"
    reading = handed_in(renamed)
    assert quantities(reading) == ALL
    (finding,) = told(reading, "column-by-tag")
    assert (finding.severity, finding.place.row, finding.values["name"]) == (Severity.NOTE, 1, "quantity")
    assert told(reading, "column-unknown") == []


def test_a_sheet_headed_in_a_fourth_language_is_read_by_its_tags() -> None:
    french = book(hxl=True)
    heads = ["ligne", "paquet", "bien", "combien", "mesure"]
    for at, name in enumerate(heads, start=1):
        french["Lines"].cell(1, at, name)
    reading = handed_in(french)
    assert quantities(reading) == ALL
    assert [one.place.column for one in told(reading, "column-by-tag")] == [
        *("line", "package", "good", "quantity", "unit")
    ]


def test_a_column_is_never_taken_twice_by_name_and_by_tag() -> None:
    twice = book(hxl=True)
    twice["Lines"]["M1"], twice["Lines"]["M2"], twice["Lines"]["M3"] = "how many", "#item+num", 99
    assert quantities(handed_in(twice)) == ALL


def test_of_merged_cells_the_first_counts_and_the_others_are_told() -> None:
    merged = book()
    merged["Lines"].merge_cells("B2:B4")
    reading = handed_in(merged)
    (finding,) = told(reading, "cells-merged")
    assert (finding.severity, finding.place.row, finding.place.column) == (Severity.WARNING, 2, "package")
    assert (finding.read, finding.values["first"], finding.values["box"]) == ("P-1", "B2", "B2:B4")
    assert quantities(reading) == {"L-1": 40}
    assert [(one.place.row, one.place.column) for one in told(reading, "cell-missing")] == [
        (3, "package"),
        (4, "package"),
    ]


def test_what_lies_hidden_under_merged_cells_does_not_count() -> None:
    """A program may leave values there that nobody sees."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("Goods")
    for at, name in enumerate(("good", "name", "unit", "weight_kg", "volume_m3")):
        sheet.write(0, at, name)
    sheet.merge_range("D2:E2", None)
    for at, value in enumerate(("tent", "Tent", "piece", 50, 7)):
        sheet.write(1, at, value)
    made.close()
    reading = read(Document("a.xlsx", stream.getvalue()))
    assert reading.tables["goods"].select("weight_kg", "volume_m3").rows() == [(50, None)]
    assert [one.place.column for one in told(reading, "cells-merged")] == ["weight_kg"]


def test_a_merged_title_above_the_head_is_nobodys_business() -> None:
    titled = book()
    titled["Lines"].insert_rows(1)
    titled["Lines"].merge_cells("A1:F1")
    reading = handed_in(titled)
    assert told(reading, "cells-merged") == []
    assert quantities(reading) == ALL


def test_of_a_formula_the_value_last_stored_is_read() -> None:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("Goods")
    for at, name in enumerate(("good", "name", "unit", "weight_kg")):
        sheet.write(0, at, name)
    for at, value in enumerate(("tent", "Tent", "piece")):
        sheet.write(1, at, value)
    sheet.write_formula("D2", "=2*25", value=50)
    made.close()
    reading = read(Document("a.xlsx", stream.getvalue()))
    assert reading.tables["goods"]["weight_kg"].to_list() == [50]
    assert reading.findings == ()


def test_a_formula_without_a_stored_value_is_told_with_its_cell_and_remedy_and_the_rest_is_read() -> None:
    formula = book()
    formula["Lines"]["D2"] = "=20+20"
    reading = handed_in(formula)
    (finding,) = told(reading, "workbook-formula-unread")
    assert (finding.severity, finding.place.row, finding.place.column) == (Severity.WARNING, 2, "D")
    assert finding.place.named == str(formula["Lines"]["D1"].value)
    assert "save it" in finding.remedy
    assert quantities(reading) == {"L-1": None, "L-2": 5, "L-3": 6}


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("typed", "code", "first"),
    [
        ("31.03.2031", "", date(2031, 3, 31)),
        ("31/03/2031", "", date(2031, 3, 31)),
        ("03/31/2031", "", date(2031, 3, 31)),
        ("2031/03/31", "", date(2031, 3, 31)),
        ("2031.03.31", "", date(2031, 3, 31)),
        ("31. März 2031", "", date(2031, 3, 31)),
        ("31 березня 2031", "", date(2031, 3, 31)),
        ("03/04/2031", "day-ambiguous", None),
        ("3.4.31", "day-ambiguous", None),
        ("31 marca 2031", "day-unreadable", None),
        ("31 mars 2031", "day-unreadable", None),
        ("31.02.2031", "day-impossible", None),
        (47573, "day-unreadable", None),
    ],
)
def test_another_locales_date_is_read_where_it_means_one_day_and_told_where_not(
    typed: str | int, code: str, first: date | None
) -> None:
    dated = book()
    dated["Lines"]["J2"] = typed
    dated["Lines"]["J2"].number_format = "General"
    assert dated["Lines"]["J1"].value == "promised"
    reading = handed_in(dated)
    assert reading.tables["lines"].filter(line="L-1")["promised"].to_list() == [first]
    faults = [one for one in reading.findings if one.place.column == "promised"]
    assert [one.code for one in faults] == ([code] if code else [])
    assert all(one.place.row == 2 and one.remedy for one in faults)
    assert quantities(reading) == ALL


@pytest.mark.parametrize("typed", ["31 marca 2031", "31 mars 2031", "31 marzo 2031", "31. března 2031"])
def test_a_month_in_a_neighbours_language_is_not_taken_but_the_day_is_proposed(typed: str) -> None:
    dated = book()
    dated["Lines"]["J2"] = typed
    (finding,) = told(handed_in(dated), "day-unreadable")
    assert finding.values["meant"] == "2031-03-31"
