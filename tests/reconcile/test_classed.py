"""A kind of good that no lexicon knows is learnt from rows that class it."""

import polars as pl

from konvoi.reconcile.classed import kinds

SCHEMA = {"thing": pl.String, "good": pl.String, "text_words": pl.String}


def read(*rows: tuple[str | None, str | None, str | None]) -> list[str | None]:
    return kinds(pl.DataFrame(rows, schema=SCHEMA, orient="row")).to_list()


def test_words_that_three_rows_of_one_class_bear_mean_it() -> None:
    classed = [(None, "kayak", f"folding kayaks for {place}") for place in ("sumy", "lviv", "rivne")]
    assert read(*classed, (None, None, "40 folding kayaks")) == ["kayak"] * 4


def test_what_a_package_is_for_is_no_kind_of_good() -> None:
    """Tables of records tell in `kind` what money is for: it never stands where words mean a class."""
    rows = [(None, "kayak", f"folding kayaks for {place}") for place in ("sumy", "lviv", "rivne")]
    table = pl.DataFrame([*rows, (None, None, "40 folding kayaks")], schema=SCHEMA, orient="row")
    assert kinds(table.with_columns(kind=pl.lit("humanitarian"))).to_list() == ["kayak"] * 4


def test_words_of_several_classes_mean_nothing() -> None:
    classed = [(None, name, "new things") for name in ("a", "b", "a", "b", "a", "b")]
    assert read(*classed, (None, None, "new things"))[-1] is None


def test_what_the_lexicon_knows_stands_above_the_class() -> None:
    called = [("tent", "shelter-7", "tents")] * 2
    assert read(*called, (None, "shelter-7", "xyz")) == ["tent"] * 3


def test_a_table_without_classes_stays_as_it_is() -> None:
    assert read(("tent", None, "tents"), (None, None, "xyz")) == ["tent", None]
