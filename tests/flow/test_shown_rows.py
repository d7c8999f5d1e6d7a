"""Rows of the coordination cell's tables: shown only where every record that they name is visible."""

import polars as pl

from konvoi.flow.declare import Column, Derived, Scope
from konvoi.flow.shown_rows import shown_rows
from konvoi.flow.view import View

TEXT, TEXTS = pl.String(), pl.List(pl.String())
MOVEMENTS = Derived(
    "movements_made",
    "Movements",
    (
        Column("movement", TEXT, "Movement"),
        Column("offer", TEXT, "Offer", refers="offers"),
        Column("lanes", TEXTS, "Lanes", refers="lanes", cell_only=True),
        Column("good", TEXT, "Good", refers="goods"),
        Column("price", pl.Int64(), "Price", cell_only=True),
    ),
    Scope.CELL,
    ("problem",),
    "some:function",
    key=("movement",),
    sources=("offer",),
)
OWN = {"offers": {"O-1"}, "lanes": {"sea", "road"}, "goods": set[str]()}
WHOLE = {"offers": {"O-1", "O-2"}, "lanes": {"sea", "road", "rail"}, "goods": {"drone"}}
PL = View(None, "PL")


def rows(*made: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(made), schema=MOVEMENTS.schema(), orient="row")


def shown(found: pl.DataFrame, table: Derived = MOVEMENTS, view: View = PL) -> pl.DataFrame:
    return shown_rows(table, found, view, own=lambda name: OWN[name], whole=lambda name: WHOLE[name])


def movements(found: pl.DataFrame) -> list[str]:
    return found["movement"].to_list()


def test_a_row_is_shown_where_every_record_that_it_names_is_visible() -> None:
    found = rows(
        ("M-1", "O-1", ["sea", "road"], "tent", 5),
        ("M-2", "O-2", ["sea"], "tent", 5),
        ("M-3", "O-1", ["sea", "rail"], "tent", 5),
        ("M-4", "O-1", ["sea"], "drone", 5),
        ("M-5", "O-1", ["road"], "tent", 5),
    )
    assert movements(shown(found)) == ["M-1", "M-5"]


def test_a_record_that_nobody_hands_in_is_not_visible() -> None:
    assert movements(shown(rows(("M-1", "O-9", ["sea"], "tent", 5)))) == []


def test_a_good_that_nobody_describes_hides_nothing() -> None:
    """A table of goods describes what other rows name; only a description that is hidden hides a row."""
    assert movements(shown(rows(("M-1", "O-1", ["sea"], "tent", 5)))) == ["M-1"]


def test_a_row_that_names_no_record_is_not_shown() -> None:
    assert movements(shown(rows(("M-1", None, None, None, 5), ("M-2", None, ["sea"], None, 5)))) == ["M-2"]


def test_columns_of_the_coordination_cell_are_blank() -> None:
    found = shown(rows(("M-1", "O-1", ["sea"], "tent", 5)))
    assert found["price"].to_list() == [None]
    assert found["lanes"].to_list() == [None]
    assert found["offer"].to_list() == ["O-1"]
    assert dict(found.schema) == dict(MOVEMENTS.schema())


def test_a_table_of_the_coordination_cell_alone_has_no_row_for_others() -> None:
    price = Column("price", pl.Int64(), "Price", cell_only=True)
    table = Derived("prices", "Prices", (price,), Scope.CELL, ("problem",), "some:function")
    found = pl.DataFrame({"price": [5]})
    assert shown(found, table).is_empty()
    assert shown(found, table, View()).height == 1


def test_a_marking_of_the_row_itself_counts_too() -> None:
    marked = Derived(
        "hits",
        "Hits",
        (Column("offer", TEXT, "Offer", refers="offers"), Column("marking", TEXT, "Marking")),
        Scope.CELL,
        ("screening",),
        "some:function",
    )
    found = pl.DataFrame({"offer": ["O-1", "O-1"], "marking": ["coalition", "own"]})
    assert shown(found, marked)["marking"].to_list() == ["coalition"]


def test_the_coordination_cell_sees_every_row_and_column() -> None:
    found = rows(("M-1", "O-2", ["rail"], "drone", 5), ("M-2", None, None, None, 5))
    assert shown(found, view=View()).equals(found)
