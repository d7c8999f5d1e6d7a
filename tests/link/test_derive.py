"""Columns are made ready for comparing; a cell that is none of its kind is unknown, and told."""

from datetime import date

import polars as pl

from konvoi.link.derive import KINDS, Derived, derived

TABLE = pl.DataFrame(
    {
        "n": ["1200.5", "x", None],
        "d": ["2022-09-30", "2022-09-30T12:00", "soon"],
        "t": ["The Łódź tank", "a TANK", None],
    }
)


def made(of: str, kind: str, size: int = 0, most: int = 0) -> list[object]:
    table, _ = derived(TABLE, [Derived("made", of, kind, size, most)])
    return table["made"].to_list()


def test_each_kind_by_hand() -> None:
    expected = {
        "number": [1200.5, None, None],
        "day": [date(2022, 9, 30), date(2022, 9, 30), None],
        "folded": ["the lodz tank", "a tank", None],
        "start": ["the ", "a ta", None],
        "words": [["lodz", "tank", "the"], ["tank"], None],
        "rare-words": [["lodz", "the"], ["a"], None],
    }
    of = {"number": "n", "day": "d"}
    found = {kind: made(of.get(kind, "t"), kind, 1 if kind == "rare-words" else 0, 1) for kind in KINDS}
    assert {kind: values for kind, values in found.items() if kind != "start"} == {
        kind: values for kind, values in expected.items() if kind != "start"
    }
    assert made("t", "start") == expected["start"]


def test_a_cell_that_is_none_of_its_kind_is_told_with_its_row() -> None:
    _, found = derived(TABLE, [Derived("n", "n", "number"), Derived("d", "d", "day")], "t.csv")
    assert [(f.code, f.place.row, f.place.column, f.read) for f in found] == [
        ("match-cell-unread", 3, "n", "x"),
        ("match-cell-unread", 4, "d", "soon"),
    ]


def test_a_column_of_nothing_is_left_out() -> None:
    table, found = derived(TABLE, [Derived("made", "nowhere", "words")])
    assert table.equals(TABLE)
    assert found == []
