"""Codes are the same whether answers are looked up in a table or asked pair by pair."""

from dataclasses import replace
from unittest import mock

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.link.coding import Coder
from konvoi.link.columns import read
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.engine import connect, frame
from konvoi.link.forms import form
from konvoi.link.levels import alike, days, equal, near

WAY = Comparison(
    "way",
    ("kind", "unit"),
    (Level("both by sea", "l.kind = 'sea' AND r.kind = 'sea'", 0.5, 0.1), Level("not", OTHERWISE, 0.5, 0.9)),
)
APART = Comparison(
    "apart",
    ("sum",),
    (
        Level("near", "abs(l.sum - r.sum) <= 0.5", 0.5, 0.1),
        Level("not far", "abs(l.sum - r.sum) <= 3", 0.3, 0.2),
        Level("far", OTHERWISE, 0.2, 0.7),
    ),
)
COMPARISONS = (
    equal("unit"),
    WAY,
    equal("text"),
    APART,
    days("day"),
    near("sum"),
    alike("text", at_least=(0.8,), shares=((0.5, 0.5),) * 3),
)
RECORD = st.tuples(
    st.none() | st.sampled_from(["sea", "road"]),
    st.none() | st.sampled_from(["t", "kg"]),
    st.none() | st.floats(1, 9) | st.sampled_from([1.0, 1.5, float("nan"), float("inf")]),
    st.none() | st.sampled_from(["tank", "tanks", "ship"]),
    st.none() | st.integers(19000, 19040),
)


def codes(records: pl.DataFrame, *, pairs: int) -> list[tuple[int, int, int]]:
    left, right = (side.astype(np.int32) for side in np.triu_indices(records.height, k=1))
    with connect(memory="1GB", threads=1) as connection:
        connection.execute("CREATE TABLE coded (a INTEGER, b INTEGER, density UTINYINT, code BIGINT)")
        Coder(connection, records, COMPARISONS, pairs=pairs).add(left, right, "coded")
        return frame(connection, "SELECT a, b, code FROM coded ORDER BY a, b").rows()


@settings(max_examples=12)
@given(st.lists(RECORD, min_size=2, max_size=6))
def test_looked_up_answers_are_those_that_are_asked(
    records: list[tuple[str | None, str | None, float | None, str | None, int | None]],
) -> None:
    kinds = {"kind": pl.String, "unit": pl.String, "sum": pl.Float64, "text": pl.String, "day#days": pl.Int64}
    table = pl.DataFrame(records, schema=kinds, orient="row")
    table = table.with_columns(day=pl.col("day#days").cast(pl.Int32).cast(pl.Date))
    assert codes(table, pairs=1_000_000) == codes(table, pairs=0)
    with mock.patch("konvoi.link.coding._TABLE", 0):
        assert codes(table, pairs=1_000_000) == codes(table, pairs=0)


def test_each_form_is_known_by_its_predicates() -> None:
    table = pl.DataFrame({"x": ["a"], "n": [1.5], "m": [3]})
    assert form(equal("x"), table) is not None
    assert form(near("n"), table) is None
    assert form(equal("n"), table) is None
    found = form(
        replace(APART, columns=("n",), levels=tuple(_of(level, "n") for level in APART.levels)), table
    )
    assert found is not None
    assert found.bounds.tolist() == [0.5, 3.0]


def _of(level: Level, column: str) -> Level:
    return replace(level, predicate=level.predicate.replace("sum", column))


def test_only_texts_that_are_asked_to_be_equal_become_numbers() -> None:
    """Whatever is done with a value besides needs the value itself."""
    predicates = ['l.a = r.a AND l."b c" <> r."b c"', "l.d || 'x' = r.d || 'x'", "l.e = r.f", "l.g LIKE 'x'"]
    columns = ["a", "b c", "d", "e", "f", "g", "h"]
    assert read(predicates, columns) == {
        "a": True,
        "b c": True,
        **dict.fromkeys(("d", "e", "f", "g"), False),
    }
    assert read(["1 + l.a = r.a"], ["a"]) == {"a": False}
    assert read(["l.a = r.a || 'x'"], ["a"]) == {"a": False}
