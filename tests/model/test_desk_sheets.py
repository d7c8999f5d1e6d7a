"""The small sheets name columns of their tables, and are named in every language."""

import pytest

from konvoi.kit.text import fold
from konvoi.model.desk_sheets import BY_TABLE, DESK_SHEETS, FILLED_IN, DeskSheet, desk_sheet, form_names
from konvoi.model.naming import columns_by_name, localized
from konvoi.model.party import LANGUAGES
from konvoi.model.sheet_names import table_of
from konvoi.model.units import UNITS, written_unit

SHEETS = list(BY_TABLE.values())


def test_a_desk_fills_four_sheets_and_the_recipient_three() -> None:
    assert [sheet.name for sheet in DESK_SHEETS["desk"]] == ["Pledge", "Items", "Movements", "Contacts"]
    assert [sheet.name for sheet in DESK_SHEETS["recipient"]] == ["Needs", "Receipts", "Contacts"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_a_sheet_shows_columns_of_its_table_and_all_that_must_be_filled(sheet: DeskSheet) -> None:
    """The party alone is stated once for all rows, above the table."""
    names = {column.name for column in sheet.table.columns}
    assert set(sheet.columns) <= names
    assert set(sheet.example) <= set(sheet.columns)
    must = {column.name for column in sheet.table.columns if column.must} - {"party"}
    assert must <= set(sheet.columns)
    assert must - {sheet.columns[0]} <= set(sheet.example)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_names_of_sheets_and_columns_mean_their_table_and_column(sheet: DeskSheet, language: str) -> None:
    assert table_of(sheet.title(language)) is sheet.table
    assert desk_sheet(sheet.title(language)) is sheet
    known = {**form_names(sheet.table.name), **columns_by_name(sheet.table)}
    for name, head in sheet.names.items():
        assert known[fold(localized("form", head, language))] == name


@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_text_of_the_sheets_is_translated(language: str) -> None:
    texts = {("form", one) for one in FILLED_IN} | {("form", sheet.name) for sheet in SHEETS}
    texts |= {("form", head) for sheet in SHEETS for head in sheet.names.values()}
    assert [one for one in sorted(texts) if localized(*one, language) == one[1]] == []


@pytest.mark.parametrize(("language", "piece"), [("en", "piece"), ("de", "Stück"), ("uk", "шт")])
def test_an_example_row_speaks_the_language_of_its_sheet(language: str, piece: str) -> None:
    items = next(one for one in DESK_SHEETS["desk"] if one.name == "Items")
    contacts = next(one for one in DESK_SHEETS["desk"] if one.name == "Contacts")
    assert items.example_text("unit", language) == piece
    assert contacts.example_text("language", language) == language


@pytest.mark.parametrize("language", ["de", "uk"])
def test_each_unit_of_a_drop_down_is_read_again(language: str) -> None:
    assert {unit: written_unit(localized("unit", unit, language)) for unit in UNITS} == {
        unit: unit for unit in UNITS
    }
