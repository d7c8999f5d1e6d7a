"""Value of an amount in one currency: as stated, else at the rate of the day."""

import polars as pl

from konvoi.kit.money import places

_MICRO = 1_000_000


def worth(entries: pl.DataFrame, rates: pl.DataFrame | None, currency: str) -> pl.Series:
    """For each entry its amount in minor units of a currency; null where amount or rate is unknown.

    rates: currency, day, per_eur. The rate of the entry's day counts, else the last one before it, else
    the first one after it. Whole numbers all the way.
    """
    own = (
        pl.when(pl.col("currency") == currency)
        .then("amount_minor")
        .when(pl.col("stated_currency") == currency)
        .then("stated_minor")
    )
    table = _micro(rates)
    rows = entries.select(
        "amount_minor",
        "currency",
        own.alias("own"),
        pl.coalesce("day_from", "day_to", "known_on").alias("day"),
        pl.lit(currency).alias("into"),
    ).with_row_index("n")
    rated = _at(_at(rows, table, "currency", "from"), table, "into", "to").sort("n")
    scale = pl.col("currency").replace_strict(
        {c: 10 ** (places(currency) + 6 - places(c)) for c in rows["currency"].unique().drop_nulls()},
        default=None,
        return_dtype=pl.Int128,
    )
    over = pl.col("amount_minor").cast(pl.Int128) * pl.col("to").cast(pl.Int128) * scale
    under = pl.col("from").cast(pl.Int128) * _MICRO
    return rated.select(pl.coalesce("own", ((over + under // 2) // under).cast(pl.Int64)))["own"]


def _micro(rates: pl.DataFrame | None) -> pl.DataFrame:
    """Rates as millionths for one euro, by day; the euro itself is 1 on every day."""
    schema = {"currency": pl.String, "on": pl.Date, "micro": pl.Int64}
    euro = pl.DataFrame({"currency": ["EUR"], "on": [None], "micro": [_MICRO]}, schema=schema).with_columns(
        on=pl.date(1970, 1, 1)
    )
    if rates is None or rates.is_empty():
        return euro
    known = rates.select(
        "currency", on="day", micro=(pl.col("per_eur") * _MICRO).round(0).cast(pl.Int64, strict=False)
    ).filter((pl.col("micro") > 0) & (pl.col("currency") != "EUR"))
    return pl.concat([euro, known.unique(["currency", "on"], keep="first", maintain_order=True)]).sort("on")


def _at(rows: pl.DataFrame, table: pl.DataFrame, by: str, called: str) -> pl.DataFrame:
    """Rows with the rate on their day as a column of a given name."""
    named = table.rename({"currency": by, "micro": called})
    found = rows.sort("day", "n").join_asof(
        named, left_on="day", right_on="on", by=by, check_sortedness=False
    )
    after = found.drop(called, "on", strict=False).join_asof(
        named, left_on="day", right_on="on", by=by, strategy="forward", check_sortedness=False
    )
    return found.with_columns(pl.coalesce(called, after[called])).drop("on", strict=False)
