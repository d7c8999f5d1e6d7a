"""Codes are the same whether a program answers or each piece is asked of the engine in SQL."""

from unittest import mock

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.link.columns import read
from konvoi.link.comparison import OTHERWISE, Comparison, Level, Similarity
from konvoi.link.encode_pairs import Coder
from konvoi.link.engine import connect, frame
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
WORDS = Comparison(
    "words",
    (),
    (
        Level("nearly the same", "s.words >= 0.9", 0.5, 0.1),
        Level("some", "s.words >= 0.6 AND l.kind = r.unit", 0.3, 0.2),
        Level("other", OTHERWISE, 0.2, 0.7),
    ),
    (Similarity("words", "text", "token-set"),),
    unknown="l.text IS NULL AND r.text IS NULL",
)
COMPARISONS = (
    equal("unit"),
    WAY,
    equal("text"),
    APART,
    days("day"),
    near("sum"),
    alike("text", at_least=(0.8,), shares=((0.5, 0.5),) * 3),
    WORDS,
)
ALLOWED = "l.kind IS NOT DISTINCT FROM r.kind OR coalesce(l.sum < r.sum, l.text LIKE '%tank%')"
SUMS = st.none() | st.floats(1, 9) | st.sampled_from([1.0, 1.5])
RECORD = st.tuples(
    st.none() | st.sampled_from(["sea", "t"]),
    st.none() | st.sampled_from(["t", "kg"]),
    SUMS | st.sampled_from([float("nan"), float("inf")]),
    st.none() | st.sampled_from(["tank", "tanks", "main battle tank", "tank battles main", "ship"]),
    st.none() | st.integers(19000, 19040),
)


def codes(records: pl.DataFrame, *, pairs: int) -> list[tuple[int, int, int]]:
    left, right = (side.astype(np.int32) for side in np.triu_indices(records.height, k=1))
    with connect(memory="1GB", threads=1) as connection:
        connection.execute("CREATE TABLE coded (a INTEGER, b INTEGER, density UTINYINT, code BIGINT)")
        coder = Coder(connection, records, COMPARISONS, allowed=ALLOWED, pairs=pairs)
        coder.add(left, right, "coded")
        return frame(connection, "SELECT a, b, code FROM coded ORDER BY a, b").rows()


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(RECORD, min_size=2, max_size=6))
def test_a_program_answers_as_the_engine_does(
    records: list[tuple[str | None, str | None, float | None, str | None, int | None]],
) -> None:
    kinds = {"kind": pl.String, "unit": pl.String, "sum": pl.Float64, "text": pl.String, "day#days": pl.Int64}
    table = pl.DataFrame(records, schema=kinds, orient="row")
    table = table.with_columns(day=pl.col("day#days").cast(pl.Int32).cast(pl.Date))
    assert codes(table, pairs=1_000_000) == codes(table, pairs=0)


def test_many_pairs_are_not_asked_of_the_engine() -> None:
    table = pl.DataFrame({"kind": ["t", "t"], "unit": ["t", None], "sum": [1.0, 2.0], "text": ["a", "b"]})
    table = table.with_columns(pl.lit(19000, pl.Int64).alias("day#days"), day=pl.lit(None, pl.Date))
    one, other = np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int32)
    with (
        mock.patch("konvoi.link.encode_pairs.Coder._shown", autospec=True, side_effect=Coder._shown) as shown,
        connect(memory="1GB", threads=1) as connection,
    ):
        connection.execute("CREATE TABLE coded (a INTEGER, b INTEGER, density UTINYINT, code BIGINT)")
        coder = Coder(connection, table, COMPARISONS, allowed=ALLOWED, pairs=1_000_000)
        coder.add(one, other, "coded")
    assert [call.args[1].columns for call in shown.call_args_list] == [["a", "b", "density", "known"]]


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
