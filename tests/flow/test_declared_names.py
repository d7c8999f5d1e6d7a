"""Names that the tables of a workspace declare."""

import polars as pl

from konvoi.flow.declared_names import declared_names
from konvoi.model.tables import BY_NAME

TABLES = {
    "goods": pl.DataFrame(
        {
            "good": ["tent", "", "mug"],
            "name": ["Tent", "Nothing", "Mug"],
            "unit": ["piece", "t", None],
            "family": ["shelter", None, "tent"],
        }
    ),
    "parties": pl.DataFrame(
        {
            "party": ["AR", None, "iati-org:1"],
            "name": ["Arland", "Nobody", "Agency"],
            "aliases": ["Arlandia; ", None, None],
        }
    ),
    "sites": pl.DataFrame(
        {
            "site": ["port", "hub", ""],
            "name": ["Old Port", None, "Nowhere"],
            "name_local": ["Port Vieux", None, None],
            "aliases": ["Harbour;", None, None],
        }
    ),
}


def test_goods_have_their_names_and_units_and_families_are_goods_too() -> None:
    goods = declared_names(TABLES)[0]
    assert goods.vocabulary.names == {
        "tent": ("tent", "Tent"),
        "mug": ("mug", "Mug"),
        "shelter": ("shelter",),
    }
    assert goods.units == {"tent": "piece", "mug": ""}


def test_parties_are_implementers_unless_a_register_numbers_them() -> None:
    assert declared_names(TABLES)[1].vocabulary.names == {"AR": ("AR", "Arland", "Arlandia")}


def test_places_have_all_their_names_and_stand_under_the_first() -> None:
    places = declared_names(TABLES)[2]
    assert places.vocabulary.names == {"port": ("port", "Old Port", "Port Vieux", "Harbour"), "hub": ("hub",)}
    assert places.value == {"port": "Old Port", "hub": "hub"}


def test_nothing_is_declared_without_tables() -> None:
    assert [one.vocabulary.names for one in declared_names({})] == [{}, {}, {}, {}]


def test_columns_that_hold_names_are_those_of_goods_implementers_and_places() -> None:
    found = [
        {
            (name, column.name)
            for name in ("packages", "lines", "needs")
            for column in BY_NAME[name].columns
            if one.of(name, column)
        }
        for one in declared_names({})
    ]
    assert {("lines", "good"), ("needs", "good")} <= found[0]
    assert found[1:3] == [{("packages", "implementer")}, {("packages", "place")}]
    assert ("needs", "site") in found[3]
