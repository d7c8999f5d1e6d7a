"""Tables, columns and choices have names in every language, and each name means one thing."""

from collections.abc import Iterator

import pytest

from konvoi.kit.text import fold
from konvoi.model.head import HEAD
from konvoi.model.naming import columns_by_name, heading, localized, meanings
from konvoi.model.party import LANGUAGES
from konvoi.model.sheet_names import table_of
from konvoi.model.table import Table
from konvoi.model.tables import BY_NAME, TABLES

OTHER = [language for language in LANGUAGES if language != "en"]


def texts() -> Iterator[tuple[str, str]]:
    """All that is to be translated, with its context."""
    for table in TABLES:
        yield "table", table.name
    for table in (*TABLES, HEAD):
        yield "help", table.help
        for column in table.columns:
            yield "head" if table is HEAD else "column", column.name
            yield "help", column.help
            yield from (("unit", column.unit),) if column.unit else ()
            yield from (("choice", str(choice)) for choice in column.choices if table is not HEAD)
    yield from (("choice", word) for word in ("yes", "no", "public", "coalition", "own"))


@pytest.mark.parametrize("language", OTHER)
def test_every_name_choice_and_help_text_is_translated(language: str) -> None:
    same = {"°", "kg", "m³", "t", *LANGUAGES}
    kept = {pair for pair in texts() if pair[1] not in same and localized(*pair, language) == pair[1]}
    assert {name for _, name in kept} <= {
        "name",
        "person",
        "region",
        "code",
        "codes",
        "budget",
        "budgets",
        "standard",
        "standards",
        "depot",
        "transit",
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_name_of_a_column_means_two_in_any_language(table: Table) -> None:
    spellings = {
        (fold(localized("column", column.name, language)), column.name)
        for language in LANGUAGES
        for column in table.columns
    }
    assert len(spellings) == len({spelling for spelling, _ in spellings})
    assert set(columns_by_name(table).values()) == {column.name for column in table.columns}


def test_no_name_of_a_table_or_choice_means_two_in_any_language() -> None:
    lists = [tuple(table.name for table in TABLES)]
    assert_apart("table", lists[0])
    for table in TABLES:
        for column in table.columns:
            assert_apart("choice", tuple(str(choice) for choice in column.choices))


def assert_apart(context: str, names: tuple[str, ...]) -> None:
    known = meanings(context, names)
    for name in names:
        for language in LANGUAGES:
            assert known[fold(localized(context, name, language))] == name


def test_a_heading_has_its_unit_and_its_star() -> None:
    goods = {column.name: column for table in TABLES if table.name == "goods" for column in table.columns}
    assert heading(goods["weight_kg"], "en") == "weight [kg]"
    assert heading(goods["weight_kg"], "uk") == "маса [кг]"
    assert heading(goods["good"], "de") == "Gut *"


def test_what_no_catalogue_knows_stays_as_it_is() -> None:
    assert localized("column", "colour", "de") == "colour"
    assert localized("column", "quantity", "fr") == "quantity"


def test_a_head_is_translated_by_what_its_table_means() -> None:
    def told(table: str, name: str, language: str) -> str:
        (column,) = (one for one in BY_NAME[table].columns if one.name == name)
        return heading(column, language).removesuffix(" *")

    assert [told(table, "to", "de") for table in ("earmarks", "movements", "lanes", "closures")] == [
        "zugunsten von",
        "nach",
        "nach",
        "bis",
    ]
    assert [told(table, "to", "uk") for table in ("earmarks", "movements", "closures")] == [
        "на користь",
        "куди",
        "до",
    ]
    assert told("movements", "to", "en") == "to"
    assert told("goods", "step", "de") != told("steps", "step", "de")


def test_former_heads_are_still_read() -> None:
    found = columns_by_name(BY_NAME["movements"])
    assert {found[fold(name)] for name in ("bis", "nach", "куди", "до")} == {"to"}
    assert {found[fold(name)] for name in ("Zeile", "Posten", "рядок")} == {"line"}
    assert [one.name for name in ("Zeilen", "Posten") if (one := table_of(name))] == ["lines", "lines"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_head_of_a_template_means_another_column_of_its_table(table: Table) -> None:
    names = columns_by_name(table)
    for language in LANGUAGES:
        for column in table.columns:
            bare = heading(column, language).removesuffix(" *").partition(" [")[0]
            assert names.get(fold(bare), column.name) == column.name
