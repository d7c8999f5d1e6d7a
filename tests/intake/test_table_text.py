"""A table as text comes back as it was, and no text takes more memory than its length allows."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake import table_text as module
from konvoi.intake.table_text import NotAText, table_text, text_table, understood, written

SCHEMA = pl.Schema(
    {
        "a, name": pl.String(),
        "whole": pl.Int64(),
        "share": pl.Float64(),
        "known": pl.Boolean(),
        "day": pl.Date(),
        "quantity": pl.Decimal(38, 6),
        "rate": pl.Decimal(38, 18),
        "nothing": pl.String(),
    }
)
ROWS = st.tuples(
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.integers(-(1 << 63), (1 << 63) - 1),
    st.none() | st.floats(allow_nan=False),
    st.none() | st.booleans(),
    st.none() | st.dates(),
    st.none() | st.decimals(-(10**20), 10**20, places=6),
    st.none() | st.decimals(-(10**10), 10**10, places=18),
    st.none(),
)


@given(st.lists(ROWS, max_size=6))
def test_a_table_comes_back_as_it_was(rows: list[tuple[object, ...]]) -> None:
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    again = text_table(table_text(table))
    assert again.schema == SCHEMA
    assert again.equals(table)


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame(),
        pl.DataFrame(schema=SCHEMA),
        pl.DataFrame({"a": [None, None, None]}, schema={"a": pl.Date()}),
        pl.DataFrame({"a": [float("inf"), float("-inf"), 0.1 + 0.2]}),
        pl.DataFrame({"a": [date.min, date.max]}),
        pl.DataFrame({"a": [Decimal(10**31), -Decimal(10**31)]}, schema={"a": pl.Decimal(38, 6)}),
    ],
    ids=("nothing", "no row", "no value", "infinite", "first and last day", "long numbers"),
)
def test_a_table_at_an_edge_comes_back_as_it_was(table: pl.DataFrame) -> None:
    again = text_table(table_text(table))
    assert again.schema == table.schema
    assert again.equals(table)


def test_columns_of_other_kinds_are_not_written() -> None:
    with pytest.raises(ValueError, match="List"):
        table_text(pl.DataFrame({"a": [["x"]]}))


@given(st.text())
def test_the_commas_of_a_line_are_those_between_its_values(text: str) -> None:
    line = written([text, text, text])
    assert line.count(b",") == 2
    assert understood(line) == [text.encode(errors="replace").decode()] * 3


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"[1", b"\xff", b'"\\ud800"', b'["\xed\xa0\x80"]', b"[" * 100_000, b"9" * 5_000),
        b'{"a\\uDfff":1}',
    ],
)
def test_a_line_that_is_not_of_values_is_told(line: bytes) -> None:
    with pytest.raises(NotAText):
        understood(line)


def test_more_values_than_there_can_be_are_not_read() -> None:
    assert understood(b"[1,2,3]", 3) == [1, 2, 3]
    with pytest.raises(NotAText):
        understood(b"[1,2,3]", 2)


@pytest.mark.parametrize(
    "text",
    [
        b'[["a","text"]]',
        b'[["a","text"]]\n["x"]\n["y"]',
        b'[["a","text"],["b","text"]]\n["x"]\n["x","y"]',
        b'[["a","text"],["a","text"]]\n["x"]\n["x"]',
        b'[["a","text"]]\n[1]',
        b'[["a","text"]]\n{"x":1}',
        b'[["a","text"]]\n"x"',
        b'[["a","whole"]]\n[9223372036854775808]',
        b'[["a","whole"]]\n[1' + b"0" * 400 + b"]",
        b'[["a","whole"]]\n[[1]]',
        b'[["a","day"]]\n[2147483647]',
        b'[["a","day"]]\n[null]\n',
        b'[["a","decimal",38,6]]\n["x"]',
        b'[["a","decimal",99,6]]\n["1"]',
        b'[["a","decimal",38,-1]]\n["1"]',
        b'[["a","decimal","x",6]]\n',
        b'[["a","list"]]\n["x"]',
        b'[["a",["text"]]]\n["x"]',
        b'[["a","decimal",38,6,1,2]]\n["1"]',
        b'[["a"]]\n["x"]',
        b'[[1,"text"]]\n["x"]',
        b'["ab"]\n["x"]',
        b"3\n",
    ],
)
def test_what_is_no_table_is_told(text: bytes) -> None:
    with pytest.raises(NotAText):
        text_table(text)


def test_columns_without_a_value_take_no_more_cells_than_there_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = b'[["a","text"],["b","text"]]\n["x","y"]\n'
    assert text_table(text).height == 2
    monkeypatch.setattr(module, "_MOST_CELLS", 3)
    with pytest.raises(NotAText):
        text_table(text)
