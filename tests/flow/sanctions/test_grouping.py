"""What is kept about lists is found again by what parties are known by."""

from dataclasses import fields, replace

import polars as pl
from tests.align.lists import read_sample

from konvoi.align.frames import Frames, frames
from konvoi.flow.sanctions.grouping import content

LISTS = frames("uk", read_sample("uk").listings)


def test_the_order_of_rows_changes_nothing() -> None:
    turned = Frames(**{one.name: getattr(LISTS, one.name).reverse() for one in fields(Frames)})
    assert content(turned) == content(LISTS)


def test_another_name_birth_or_number_is_another_content_and_another_measure_is_not() -> None:
    for name, column in (("names", "name"), ("births", "text"), ("identifiers", "value")):
        rows = getattr(LISTS, name)
        changed = rows.with_columns(pl.when(pl.int_range(pl.len()) > 0).then(column).otherwise(pl.lit("9")))
        assert content(replace(LISTS, **{name: changed.select(rows.columns)})) != content(LISTS), name
    assert content(replace(LISTS, measures=LISTS.measures[:0])) == content(LISTS)
