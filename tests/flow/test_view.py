"""A view admits the rows that its reader may see."""

import polars as pl

from konvoi.flow.view import View


def test_a_table_without_a_marking_column_is_shown_with_all_rows_of_its_document() -> None:
    rows = pl.DataFrame({"good": ["tent", "truck", "blanket"]})
    assert View(reader="PL").admitted(rows, marking="public", holder="DE").equals(rows)
    assert View(reader="PL").admitted(rows, marking="own", holder="DE").is_empty()
    assert View(reader="DE").admitted(rows, marking="own", holder="DE").equals(rows)


def test_rows_are_shown_in_their_order_by_their_own_marking() -> None:
    rows = pl.DataFrame({"good": ["tent", "truck", "blanket"], "marking": ["public", "own", None]})
    shown = View(reader="public").admitted(rows, marking="public", holder="DE")
    assert shown["good"].to_list() == ["tent", "blanket"]
