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
    if plain["used_rate"].null_count() == 0:
        return plain
    day = pl.coalesce("day_from", "day_to", "known_on")
    pairs = entries.select("currency", _day=day)
    foreign = pairs.filter(pl.col("currency").is_not_null() & (pl.col("currency") != currency)).unique()
    table = _per_eur(rates, foreign["currency"].unique().to_list(), currency)
    # The factors stand in the order of the entries, so that the wide table itself is not copied.
    beside = pairs.join(
        _factors(foreign, table, currency), on=["currency", "_day"], how="left", maintain_order="left"
    )
    over = pl.col("amount_minor").cast(pl.Int128) * pl.lit(beside["_over"])
    at_rate = _half_even(over, pl.lit(beside["_under"])).cast(pl.Int64)
    return plain.with_columns(
        value=pl.when(pl.col("used_rate").is_null()).then(at_rate).otherwise(pl.col("value")),
        used_rate=pl.when(pl.col("used_rate").is_null() & pl.col("amount_minor").is_not_null())
        .then(pl.lit(beside["_name"]))
        .otherwise(pl.col("used_rate")),
    )


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


def _factors(pairs: pl.DataFrame, table: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Return for each currency and day the multiplier and divisor of minor units, and the rate's name."""
    into = pairs.with_columns(_to=pl.lit(currency)).sort("_day", "currency")
    both = _nearest(_nearest(into, table, by="currency", suffix="_from"), table, by="_to", suffix="_into")
    up = places(currency)
    scale = {code: 10 ** (up + 4 - places(code)) for code in [*pairs["currency"].unique(), currency]}
    into_only = pl.col("source_from") == ""
    return (
        both.with_columns(scale=pl.col("currency").replace_strict(scale, return_dtype=pl.Int128))
        .select(
            "currency",
            "_day",
            _over=pl.col("micro_into").cast(pl.Int128) * pl.col("scale"),
            _under=pl.col("micro_from").cast(pl.Int128) * 10_000,
            _name=pl.format(
                "{} {}",
                "currency",
                pl.when(into_only).then(pl.col("source_into")).otherwise(pl.col("source_from")),
            ),
        )
        .drop_nulls()
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
