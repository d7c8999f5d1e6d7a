"""Titles name goods by the words of the table goods, in any of its languages."""

import polars as pl
import pytest

from konvoi.reconcile.catalogue import named_goods

GOODS = pl.DataFrame(
    {
        "good": ["plough", "plough-part", "ferry", "x"],
        "name": ["snow plough", "snow plough blades", "river ferries", "XB"],
        "name_de": ["Schneepflug", None, "Flussfähren", None],
        "name_uk": ["снігоочисник", None, "річкові пороми", None],
    }
)


@pytest.mark.parametrize(
    ("title", "goods"),
    [
        ("12 snow ploughs for Lviv", ["plough"]),
        ("Schneepflüge und 2 Flussfähren", ["ferry", "plough"]),
        ("Постачання 12 снігоочисників", ["plough"]),
        ("Snow plough blades", ["plough-part"]),  # the longest name
        ("Snow chains", []),
        ("XB for all", []),  # two letters may be anything
    ],
)
def test_a_title_names_goods_of_the_catalogue(title: str, goods: list[str]) -> None:
    assert named_goods([title], {"goods": GOODS}) == {title: goods}


def test_without_a_catalogue_nothing_is_named() -> None:
    assert named_goods(["12 snow ploughs"], {}) == {}
