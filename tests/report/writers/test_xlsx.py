"""The workbook: real numbers and days, no formulas, links to what is behind."""

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import polars as pl
import pytest
from tests.report.cases import case, entries, entry, totals
from tests.report.views import visible

from konvoi.model.entries import frame
from konvoi.model.markings import PUBLIC
from konvoi.report.brief import brief
from konvoi.report.chart_table import tables
from konvoi.report.language import Language
from konvoi.report.render import render
from konvoi.report.sheet_names import LONGEST, SHEETS


def book(**more: object) -> openpyxl.Workbook:
    """The workbook of the invented case."""
    return openpyxl.load_workbook(io.BytesIO(render(case(**more), languages=("en",))["brief.xlsx"]))


def test_the_first_sheet_says_what_it_is_of_when_for_whom_and_how_to_read_it() -> None:
    said = [cell.value for cell in book().worksheets[0]["A"] if cell.value]
    assert said[:4] == [
        "Coalition for Norvania",
        "Brief as of 2 Mar 2026",
        "Marking: public",
        "Exercise: all parties and figures are invented",
    ]
    assert said[4].startswith("Each sheet holds one table")


def test_a_number_is_a_number_with_a_link_to_what_is_behind_it() -> None:
    sheet = book()["By partner"]
    assert [cell.value for cell in sheet[1]][:2] == ["Partner", "pledged, EUR"]
    total = sheet["B2"]
    assert total.value == 287_000_000
    assert total.hyperlink.location.startswith("'Source records of the figures'!A")


def test_the_list_behind_a_figure_names_its_entries() -> None:
    made = book()
    row = int(made["By partner"]["B2"].hyperlink.location.rpartition("A")[2])
    behind = [cell.value for cell in made["Source records of the figures"][row]]
    assert str(behind[1]).startswith("EUR 287,000,000, pledged")
    assert behind[2:] == [5, "1, 6, 9, 11, 15"]


def test_days_are_days_heads_are_frozen_and_nothing_is_merged() -> None:
    made = book()
    assert made["Entries"]["E2"].value == datetime(2025, 3, 6)
    for sheet in made.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert not sheet.merged_cells.ranges


def test_text_that_looks_like_a_formula_stays_text() -> None:
    rows = pl.concat([entries(), frame([entry("E93", "ARV", "pledged", 1, line="=1+1", text="@SUM(A1)")])])
    content = render(case(entries=rows, totals=totals(rows)), languages=("en",))["brief.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_every_sheet_has_a_short_name_of_its_own(code: str) -> None:
    """None is cut, none is numbered because two are alike."""
    names = [Language(code).say(name) for name in SHEETS.values()]
    names += [Language(code).say(name) for name in ("About", "Source records of the figures", "Entries")]
    assert [name for name in names if len(name) > LONGEST] == []
    assert len({name.casefold() for name in names}) == len(names)


def test_every_table_of_the_brief_has_a_short_name() -> None:
    page = brief(visible(case()), PUBLIC)
    assert [one.id for section in page.sections for one in tables(section) if one.id not in SHEETS] == []


def test_a_column_of_numbers_holds_numbers() -> None:
    """Shares, chances and counts: what a person adds up or sorts is no text."""
    sheet = book()["Lanes"]
    heads = [str(cell.value) for cell in sheet[1]]
    share = heads.index("Utilisation, %")
    assert [row[share].value for row in sheet.iter_rows(min_row=2)][:2] == [pytest.approx(57 / 90), None]
    assert sheet.cell(2, share + 1).number_format == "0 %"
    weeks = book()["Needs by week"]
    kinds = {type(cell.value) for row in weeks.iter_rows(min_row=2, min_col=2) for cell in row}
    assert kinds <= {int, float}


def _row_of_link(cell: Any) -> int:
    """The row that a cell leads to."""
    return int(cell.hyperlink.location.rpartition("A")[2])


def test_with_hxl_each_head_has_its_tag_below_and_links_still_lead_to_their_rows() -> None:
    files = render(case(), languages=("en",), hxl=True)
    made = openpyxl.load_workbook(io.BytesIO(files["brief.xlsx"]))
    sheet = made["By partner"]
    assert [cell.value for cell in sheet[2]][:2] == ["#org+name", "#value+eur+pledged"]
    assert sheet["B3"].value == 287_000_000
    assert sheet.freeze_panes == "B3"
    row = _row_of_link(sheet["B3"])
    behind = made["Source records of the figures"]
    assert str(behind.cell(row, 2).value).startswith("EUR 287,000,000, pledged")
    entry = _row_of_link(behind.cell(row, 3))
    assert [made["Entries"].cell(at, 1).value for at in (2, entry)] == ["#meta+id", 1]
    plain = render(case(), languages=("en",))
    assert {name for name in plain if plain[name] != files[name]} == {"brief.xlsx"}
