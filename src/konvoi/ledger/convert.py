"""Amounts in one currency: original amounts at a named rate and day, exact to the minor unit."""

import polars as pl

from konvoi.kit.money import places

_MICRO = 1_000_000


def converted(entries: pl.DataFrame, rates: pl.DataFrame | None, currency: str) -> pl.DataFrame:
    """Entries with `value` (Int64, minor units of the currency) and `used_rate` (its name).

    What the source itself states in that currency is taken as stated. Otherwise the rate of the day,
    else the last one before it, else the first one after it. `value` is null where the amount is
    unknown or no rate is known; then `used_rate` is null, too.
    """
    own = (
        pl.when(pl.col("currency") == currency)
        .then(pl.col("amount_minor"))
        .when(pl.col("stated_currency") == currency)
        .then(pl.col("stated_minor"))
    )
    name = (
        pl.when(pl.col("currency") == currency)
        .then(pl.lit(""))
        .when(pl.col("stated_currency") == currency)
        .then(pl.coalesce("rate", pl.lit("as stated by the source")))
    )
    plain = entries.with_columns(value=own, used_rate=name)
    table = _per_eur(rates, entries["currency"].drop_nulls().unique().to_list(), currency)
    if table.is_empty():
        return plain
    needed = plain["used_rate"].is_null() & plain["amount_minor"].is_not_null()
    if not needed.any():
        return plain
    found = _at_rate(plain.filter(needed), table, currency)
    return pl.concat([plain.filter(~needed), found]).sort("entry")


def _per_eur(rates: pl.DataFrame | None, used: list[str], currency: str) -> pl.DataFrame:
    """Rates as whole micro-units of a currency for one euro: currency, day, micro, source."""
    schema = {"currency": pl.String, "day": pl.Date, "micro": pl.Int64, "source": pl.String}
    if rates is None or rates.is_empty():
        known = pl.DataFrame(schema=schema)
    else:
        known = rates.select(
            "currency",
            "day",
            micro=(pl.col("per_eur") * _MICRO).round(0).cast(pl.Int64),
            source=pl.format("{} {}", pl.col("source"), pl.col("day")),
        )
    needed = pl.DataFrame({"currency": sorted({*used, currency})})
    known = known.join(needed, on="currency", how="semi").filter(pl.col("micro") > 0)
    days = known["day"].unique() if known.height else pl.Series([], dtype=pl.Date)
    euro = pl.DataFrame({"day": days}).with_columns(
        currency=pl.lit("EUR"), micro=pl.lit(_MICRO, pl.Int64), source=pl.lit("")
    )
    table = pl.concat([known.filter(pl.col("currency") != "EUR"), euro.select(list(schema))])
    return table.unique(["currency", "day"], keep="first", maintain_order=True).sort("day", "currency")


def _at_rate(entries: pl.DataFrame, table: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Entries whose amount is converted through the euro with the rates of their day."""
    dated = entries.with_columns(
        _day=pl.coalesce("day_from", "day_to", "known_on"), _to=pl.lit(currency)
    ).sort("_day")
    both = _nearest(_nearest(dated, table, by="currency", suffix="_from"), table, by="_to", suffix="_into")
    up = places(currency)
    scale = pl.col("currency").replace_strict(
        {code: 10 ** (up + 4 - places(code)) for code in entries["currency"].unique().to_list()},
        return_dtype=pl.Int128,
    )
    over = pl.col("amount_minor").cast(pl.Int128) * pl.col("micro_into").cast(pl.Int128) * scale
    under = pl.col("micro_from").cast(pl.Int128) * 10_000
    named = pl.when(pl.col("source_from") == "").then(pl.col("source_into")).otherwise(pl.col("source_from"))
    return (
        both.with_columns(value=_half_even(over, under).cast(pl.Int64))
        .with_columns(
            used_rate=pl.when(pl.col("value").is_not_null()).then(pl.format("{} {}", "currency", named))
        )
        .select(entries.columns)
    )


def _nearest(entries: pl.DataFrame, table: pl.DataFrame, *, by: str, suffix: str) -> pl.DataFrame:
    """Entries with the rate in force on their day, else the first one after it."""
    named = table.rename({"currency": by, "micro": f"micro{suffix}", "source": f"source{suffix}"})
    before = entries.join_asof(named, left_on="_day", right_on="day", by=by, check_sortedness=False)
    after = entries.join_asof(
        named, left_on="_day", right_on="day", by=by, strategy="forward", check_sortedness=False
    )
    return before.with_columns(
        pl.coalesce(pl.col(name), after[name]).alias(name) for name in (f"micro{suffix}", f"source{suffix}")
    ).drop("day", strict=False)


def _half_even(over: pl.Expr, under: pl.Expr) -> pl.Expr:
    """A whole quotient, rounded half to even, of two whole numbers (the divisor above zero)."""
    down = over // under
    twice = (over - down * under) * 2
    up = (twice > under) | ((twice == under) & (down % 2 == 1))
    return down + up.cast(pl.Int128)
