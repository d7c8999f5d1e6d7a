"""Blocks give each pair once: the same that asking every pair gives."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from konvoi.link.blocks import blocked, pairs
from konvoi.link.match import numbered
from konvoi.link.settings import Block, Settings, Window

LETTER = st.none() | st.sampled_from("ab")
RECORD = st.tuples(
    LETTER, LETTER, st.lists(st.sampled_from("pqr"), max_size=3), st.none() | st.integers(0, 6)
)
Record = tuple[str | None, str | None, list[str], int | None]


def table(records: list[Record]) -> pl.DataFrame:
    """Records with two letters, a list of words, and a day."""
    begin = date(2022, 1, 1)
    rows = [
        (str(n), one, other, words, None if day is None else begin + timedelta(day))
        for n, (one, other, words, day) in enumerate(records)
    ]
    kinds = {"id": pl.String(), "x": pl.String(), "y": pl.String(), "words": pl.List(pl.String())}
    return pl.DataFrame(rows, schema=pl.Schema(kinds | {"day": pl.Date()}), orient="row")


def found(records: list[Record], settings: Settings) -> list[tuple[int, int]]:
    """The pairs that blocks give."""
    ready = numbered({"records": table(records)}, settings)
    given_ = pairs(blocked(ready, settings), settings, np.zeros(len(records), dtype=np.int32))
    return sorted((int(a), int(b)) for left, right in given_ for a, b in zip(left, right, strict=True))


def asked(records: list[Record], before: int, after: int, *, directed: bool) -> Iterator[tuple[int, int]]:
    """The pairs that share x, or x on the left and y on the right, or a word within some days."""
    for (a, one), (b, other) in product(enumerate(records), repeat=2):
        if a == b or (a > b and not directed):
            continue
        right = other[1] if directed else other[0]
        near = one[3] is not None and other[3] is not None and -before <= other[3] - one[3] <= after
        if (one[0] is not None and one[0] == right) or (near and set(one[2]) & set(other[2])):
            yield a, b


@given(st.lists(RECORD, max_size=9), st.integers(0, 3))
def test_two_blocks_give_what_asking_every_pair_gives(records: list[Record], near: int) -> None:
    blocks = (Block("x", ("x",)), Block("words", ("words",), window=Window("day", near, near)))
    expected = sorted(asked(records, near, near, directed=False))
    assert found(records, Settings((), blocks)) == expected


@given(st.lists(RECORD, max_size=9), st.integers(0, 3), st.integers(0, 3))
def test_directed_blocks_see_each_pair_from_both_sides(
    records: list[Record], before: int, after: int
) -> None:
    blocks = (
        Block("x", ("x",), right=("y",)),
        Block("words", ("words",), window=Window("day", before, after)),
    )
    expected = sorted(asked(records, before, after, directed=True))
    assert found(records, Settings((), blocks, directed=True)) == expected


@given(st.lists(RECORD, max_size=9), st.integers(1, 6))
def test_the_pairs_of_a_group_are_counted_before_they_are_made(records: list[Record], most: int) -> None:
    """Equal x make n (n - 1) / 2 pairs; groups above the limit give none, and are told with their size."""
    sizes = {x: sum(record[0] == x for record in records) for x in "ab"}
    made = {x: n * (n - 1) // 2 for x, n in sizes.items()}
    settings = Settings((), (Block("x", ("x",), most=most),))
    ready = blocked(numbered({"records": table(records)}, settings), settings)
    assert dict(ready.overflow.select("key", "pairs").iter_rows()) == {
        x: n for x, n in made.items() if n > most
    }
    assert len(found(records, settings)) == sum(n for n in made.values() if n <= most)


def test_a_group_of_a_billion_pairs_is_counted_in_a_moment() -> None:
    """50,000 records with one name make 1,249,975,000 pairs, of which none is made."""
    many = pl.DataFrame({"id": range(50_000), "name": ["x"] * 50_000})
    settings = Settings((), (Block("name", ("name",), most=2_000_000_000),))
    assert blocked(numbered({"records": many}, settings), settings).pairs == 1_249_975_000
