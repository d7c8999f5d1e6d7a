"""Join of records: equal in some columns, within some days, with receivers that do not differ."""

from collections.abc import Sequence

import polars as pl

_SPAN = 60


def beside(
    ones: pl.DataFrame, others: pl.DataFrame, on: Sequence[str], within: tuple[pl.Expr, pl.Expr]
) -> pl.DataFrame:
    """Return each of `ones` with those of `others` that may be the same; their columns end in `_part`.

    They are equal in the columns of `on`, where null is equal to null; the `first` day of the other lies
    from the first to the last of `within`, days of the one; a receiver (`counterparty`) that only one
    of them names is no other one. Joined by equal keys alone, so that the work grows as records do.
    """
    begin, end = (day.cast(pl.Int64) for day in within)
    spans = pl.int_ranges(begin // _SPAN, end // _SPAN + 1)
    near = ones.with_columns(_span=spans, _begin=begin, _end=end).explode("_span")
    told = others.with_columns(_span=pl.col("first").cast(pl.Int64) // _SPAN)
    known = pl.col("counterparty").is_not_null()
    keys = [*on, "_span"]
    ways = (
        (near, told, [*keys, "counterparty"]),
        (near.filter(~known), told.filter(known), keys),
        (near.filter(known), told.filter(~known), keys),
    )
    pairs = pl.concat(
        one.join(other, on=of, suffix="_part", nulls_equal=True, coalesce=False) for one, other, of in ways
    )
    kept = pairs.filter(pl.col("first_part").is_between(pl.col("_begin"), pl.col("_end")))
    return kept.drop("_span", "_span_part", "_begin", "_end")
