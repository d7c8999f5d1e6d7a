"""Pages by position: none repeats or skips a row, in any order, with equal and missing values."""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.web.access.selection import NUMBER, Condition, Op, Position, beyond, name, order_by, where

ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.one_of(st.none(), st.sampled_from("abC"))),
    max_size=12,
)
ORDER = st.lists(st.sampled_from(["a", "b"]), unique=True, max_size=2).flatmap(
    lambda names: st.tuples(*(st.sampled_from([one, f"-{one}"]) for one in names))
)


def table(rows: Sequence[tuple[Any, Any]]) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute(f"CREATE TABLE t (a INTEGER, b VARCHAR, {NUMBER} BIGINT)")
    for number, (a, b) in enumerate(rows):
        db.execute("INSERT INTO t VALUES (?, ?, ?)", [a, b, number])
    return db


def pages(db: duckdb.DuckDBPyConnection, order: Sequence[str], *, backwards: bool) -> Iterator[list[Any]]:
    test, values = "true", list[object]()
    while True:
        asked = f"SELECT * FROM t WHERE {test} ORDER BY {order_by(order, backwards=backwards)} LIMIT 2"
        page = db.execute(asked, values).fetchall()
        if not page:
            return
        yield page
        row = dict(zip(("a", "b", NUMBER), page[-1], strict=True))
        place = Position(tuple(row[one.lstrip("-")] for one in order), row[NUMBER])
        test, values = beyond(order, place, backwards=backwards)


@settings(max_examples=60, deadline=None)
@given(ROWS, ORDER)
def test_pages_hold_every_row_once_in_order_both_ways(
    rows: list[tuple[Any, Any]], order: tuple[str, ...]
) -> None:
    db = table(rows)
    whole = db.execute(f"SELECT * FROM t ORDER BY {order_by(order)}").fetchall()
    assert [row for page in pages(db, order, backwards=False) for row in page] == whole
    assert [row for page in pages(db, order, backwards=True) for row in page] == whole[::-1]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("a", Op.IS, (1, None)), [0, 2]),
        (Condition("a", Op.IS, ()), []),
        (Condition("b", Op.CONTAINS, ("X%",)), [1]),
        (Condition("b", Op.CONTAINS, ("ЇЖАК",)), [2]),
        (Condition("a", Op.FROM, (2,)), [1]),
        (Condition("a", Op.UNTIL, (1,)), [0]),
    ],
)
def test_conditions_select_rows(condition: Condition, found: list[int]) -> None:
    db = table([(1, "' OR true --"), (2, "x%y"), (None, "їжак")])
    test, values = where([condition])
    assert [one for (one,) in db.execute(f"SELECT {NUMBER} FROM t WHERE {test}", values).fetchall()] == found


@pytest.mark.parametrize("text", ['a" OR true --', "", "A", "a b", "a;"])
def test_a_column_is_a_name_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError):
        name(text)
