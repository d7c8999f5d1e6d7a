"""Records that are surely one tell of one another what only one says; where they differ, nothing."""

import polars as pl

from konvoi.reconcile.pooled import pooled

_COLUMNS = ("thing", "place", "numbered", "implementer_id")


def tell(*rows: tuple[str, str | None, str | None], sure: float = 0.9) -> list[tuple[str | None, ...]]:
    """Good and place of records (id, thing, place), each paired with the one before."""
    table = pl.DataFrame(rows, schema=dict.fromkeys(("id", "thing", "place"), pl.String), orient="row")
    blank = [pl.lit(None, pl.String).alias(c) for c in _COLUMNS[2:]]
    ids = [row[0] for row in rows]
    schema = {"left_id": pl.String, "right_id": pl.String, "probability": pl.Float64}
    pairs = pl.DataFrame(
        [(a, b, sure) for a, b in zip(ids[1:], ids, strict=False)], schema=schema, orient="row"
    )
    return list(pooled(table.with_columns(blank), pairs).select("thing", "place").iter_rows())


def test_what_one_of_them_says_holds_for_all() -> None:
    """The second names no good, the third no place: all three are tents for Sumy."""
    told = tell(("a", "tent", "sumy"), ("b", None, "sumy"), ("c", "tent", None))
    assert told == [("tent", "sumy")] * 3


def test_where_they_differ_each_keeps_what_it_says() -> None:
    told = tell(("a", "tent", "sumy"), ("b", "blanket", None), ("c", None, None))
    assert told == [("tent", "sumy"), ("blanket", "sumy"), (None, "sumy")]


def test_what_is_merely_likely_tells_nothing() -> None:
    assert tell(("a", "tent", "sumy"), ("b", None, None), sure=0.79)[1] == (None, None)
