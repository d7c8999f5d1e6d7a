"""A program says of every pair what the engine says, or does not take the predicate at all."""

from datetime import datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konvoi.link.engine import connect, frame
from konvoi.link.expression_vm import coded
from konvoi.link.sql_compiler import Asker

ENGINE = connect(memory="1GB", threads=1)
KINDS: dict[str, pl.DataType] = {
    "x": pl.Float64(),
    "y": pl.Float64(),
    "n": pl.Int64(),
    "small": pl.Int32(),
    "text": pl.String(),
    "other": pl.String(),
    "sort": pl.Enum(["a", "b"]),
    "yes": pl.Boolean(),
    "day": pl.Date(),
    "when": pl.Datetime("us"),
}
TAKEN = (
    "l.x = r.x OR l.y <> r.x",
    "l.x < r.y AND NOT (l.n > r.n)",
    "l.text = r.other OR l.sort = r.text",
    "l.text IS DISTINCT FROM r.text",
    "l.yes <> r.yes",
    "l.day = r.day AND l.day >= r.day",
    "l.small = r.small",
    "l.when <= r.when",
    "abs(l.x - r.x) <= 0.03 * greatest(abs(l.x), abs(r.x))",
    "least(l.x, r.x, 0.5) + l.n * r.n >= 2 * r.y",
    "(l.x + 0.1) / 3 > r.x",
    "l.n - r.n BETWEEN -1 AND 2",
    "NOT (l.n - r.n BETWEEN -1 AND 1)",
    "abs(l.n - r.n) <= 1.5",
    "coalesce(l.text = r.text, l.x = r.x, TRUE)",
    "coalesce(l.x, r.x) = coalesce(r.y, l.y)",
    "CASE WHEN l.text = r.text THEN l.x WHEN l.yes THEN r.y ELSE 1 END < l.y - r.y",
    "l.x IS NULL AND r.y IS NOT NULL",
    "(l.x + r.x) IS NULL",
    "l.text IN ('a', 'é') AND r.text LIKE '%b' AND upper(l.text) = r.other",
    "(l.text = 'a') <> (r.text = 'a')",
    "L.X = r.x",
)
LEFT_OUT = (
    "l.x / r.x > 1",
    "l.n * 0.1 = r.n",
    "l.text < r.text",
    "l.text || r.text = 'ab'",
    "l.n % r.n = 1",
    "l.small = r.n",
    "l.small - r.small = 1",
    "l.text = l.other || r.text",
    "l.day = r.when",
    "l.n * r.n * l.n * r.n * l.n * r.n * 1000000000 > 0",
)
RECORD = st.tuples(
    *[st.none() | st.sampled_from([-1.5, 0.0, 0.1, 0.3, 1.0, 3.0])] * 2,
    *[st.none() | st.integers(-200, 200) | st.integers(-2, 2)] * 2,
    *[st.none() | st.sampled_from(["", "a", "b", "A", "é"])] * 2,
    st.none() | st.sampled_from(["a", "b"]),
    st.none() | st.booleans(),
    st.none() | st.dates(),
    st.none() | st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
)
FEW = pl.DataFrame([(1.0, 2.0, 200, 4)], schema=list(KINDS.items())[:4], orient="row").with_columns(
    pl.lit(None, kind).alias(name) for name, kind in list(KINDS.items())[4:]
)


def answered(records: pl.DataFrame, predicate: str) -> tuple[list[int], list[int]]:
    """What the engine and what the program says of all pairs: 0 where the predicate holds, else 1."""
    left, right = (side.ravel().astype(np.int32) for side in np.indices((records.height,) * 2))
    asker = Asker(ENGINE, records)
    assert asker.took([predicate], 1), predicate
    found = np.zeros(len(left), dtype=np.int64)
    coded(asker.program(), left, right, np.empty((0, len(left))), found)
    both = pl.DataFrame({"pair": range(len(left))}).with_columns(
        records[side].to_struct(name) for name, side in (("l", left), ("r", right))
    )
    ENGINE.register("chunk", both.to_arrow())
    query = f"SELECT CASE WHEN {predicate} THEN 0 ELSE 1 END AS said FROM chunk ORDER BY pair"
    return frame(ENGINE, query)["said"].to_list(), found.tolist()


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("predicate", TAKEN)
@settings(max_examples=15)
@given(records=st.lists(RECORD, min_size=2, max_size=7))
def test_what_is_taken_is_answered_as_the_engine_does(
    predicate: str, records: list[tuple[object, ...]]
) -> None:
    said, found = answered(pl.DataFrame(records, schema=KINDS, orient="row"), predicate)
    assert found == said


@pytest.mark.parametrize("predicate", LEFT_OUT)
def test_what_may_come_out_otherwise_is_left_out(predicate: str) -> None:
    asker = Asker(ENGINE, FEW)
    assert not asker.took(["l.x = r.x", predicate], 1)
    assert asker.took(["l.x = r.x"], 1)
    assert asker.program().rows.shape == (1, 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_column_that_holds_no_plain_number_is_left_out(value: float) -> None:
    assert not Asker(ENGINE, pl.DataFrame({"x": [1.0, value]})).took(["l.x = r.x"], 1)
    assert not Asker(ENGINE, pl.DataFrame({"x": [1, 2**53]})).took(["l.x = r.x"], 1)


def test_what_fails_for_a_record_alone_is_left_to_pairs_of_it() -> None:
    """A record that is never asked must not spoil the match."""
    table = pl.DataFrame({"text": ["1", "no number"]})
    assert not Asker(ENGINE, table).took(["CAST(l.text AS INTEGER) > 0"], 1)


def test_likeness_need_not_be_told_below_what_is_asked() -> None:
    asker = Asker(ENGINE, FEW, ["words", "spelling"])
    assert asker.took(["s.words >= 0.9", 's."words" >= 0.7 AND s.spelling >= 0.8'], 1)
    assert (asker.least("words"), asker.least("spelling")) == (0.7, 0.8)
    assert asker.took(["s.spelling + l.x > 1"], 1)
    assert (asker.least("words"), asker.least("spelling")) == (0.7, 0.0)


def test_the_first_predicate_that_holds_is_the_answer_times_its_factor() -> None:
    table = pl.DataFrame({"x": [1.0, 1.2, 5.0, None]})
    asker = Asker(ENGINE, table)
    assert asker.took(["l.x IS NULL OR r.x IS NULL", "l.x = r.x", "abs(l.x - r.x) < 1"], 10)
    assert asker.took(["l.x < r.x"], 100)
    left, right = np.array([0, 0, 0, 0], dtype=np.int32), np.array([0, 1, 2, 3], dtype=np.int32)
    found = np.zeros(4, dtype=np.int64)
    coded(asker.program(), left, right, np.empty((0, 4)), found)
    assert found.tolist() == [110, 20, 30, 100]
