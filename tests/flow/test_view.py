"""A view admits the rows that its reader may see."""

import polars as pl
import pytest

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


def test_a_view_says_who_its_reader_is_and_what_it_owns() -> None:
    cell, party, coalition, public = (View(reader=one) for one in ("cell", "DE", "coalition", "public"))
    assert [one.is_cell for one in (cell, party, coalition, public)] == [True, False, False, False]
    assert [one.is_party for one in (cell, party, coalition, public)] == [False, True, False, False]
    assert [one.owns("DE") for one in (cell, party, coalition, public)] == [True, True, False, False]
    assert [one.owns("") for one in (cell, party)] == [True, False]
    assert not party.owns("PL")


@pytest.mark.parametrize("reader", ["", "own"])
def test_nobody_is_called_own_or_nothing(reader: str) -> None:
    with pytest.raises(ValueError, match="no such reader"):
        View(reader=reader)


def test_an_own_record_is_its_senders_and_nobody_elses_whomever_it_names() -> None:
    rows = pl.DataFrame({"party": ["PL", None], "marking": [" own ", ""]})
    assert View(reader="PL").admitted(rows, marking="own", holder="DE").is_empty()
    assert View(reader="PL").admitted(rows, marking="own").rows() == [("PL", " own ")], "no sender is known"
    assert View(reader="DE").admitted(rows, marking="own", holder="DE").height == 2
    assert View(reader="FR").admitted(rows, marking="coalition", holder="DE").rows() == [(None, "")]
    assert View(reader="FR", partner=False).admitted(rows, marking="coalition", holder="DE").is_empty()
    assert View().admitted(rows).height == 2
    assert View(reader="FR").admitted(rows.clear()).is_empty()
