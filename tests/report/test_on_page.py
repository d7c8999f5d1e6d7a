"""Columns that stand in the workbook alone are on no page, and neither are their cells."""

from konvoi.report.on_page import first_rows, on_page
from konvoi.report.page import Column, Message, Table

NONE = Message("nothing")
COLUMNS = (Column(Message("a")), Column(Message("b"), beside=True), Column(Message("c")))


def test_a_column_beside_is_left_out_with_its_cells_and_its_sum() -> None:
    whole = Table("t", NONE, COLUMNS, ((1, 2, 3), (4, 5, 6)), NONE, sums=(5, 7, 9))
    found = on_page(whole)
    assert [column.name.id for column in found.columns] == ["a", "c"]
    assert (found.rows, found.sums) == (((1, 3), (4, 6)), (5, 9))


def test_a_table_without_such_columns_or_without_rows_stays_as_it_is() -> None:
    plain = Table("t", NONE, COLUMNS[:1], ((1,),), NONE)
    assert on_page(plain) is plain
    assert on_page(Table("t", NONE, COLUMNS, (), NONE)).rows == ()


def test_a_longer_table_shows_its_first_rows_with_their_anchors_and_says_of_how_many() -> None:
    whole = Table("t", NONE, COLUMNS[:1], ((1,), (2,), (3,)), NONE, anchors=("a", "b", "c"))
    found = first_rows(whole, 2, Message("The first {shown} of {count} rows."))
    assert (found.rows, found.anchors) == (((1,), (2,)), ("a", "b"))
    assert found.note == Message("The first {shown} of {count} rows.", {"shown": 2, "count": 3})


def test_a_table_that_is_short_enough_stays_as_it_is() -> None:
    whole = Table("t", NONE, COLUMNS[:1], ((1,), (2,)), NONE)
    assert first_rows(whole, 2, NONE) is whole
