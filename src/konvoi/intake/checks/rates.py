"""Rates that amounts were converted with, against other rates of the same currency."""

from decimal import Decimal

import polars as pl

from konvoi.intake.check import Whole, by_place, decimal_of, plain
from konvoi.kit.money import places
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.table import QUANTITY

# Between the lowest and the highest rate of a year, a currency of the coalition seldom moves by more.
_BAND = Decimal("0.25")
# Below ten units of a currency the rounding to cents shows in the rate.
_LEAST = 1000
_ENOUGH = 3
_MICRO = 10**6
_WORDS = (
    "a rate near {usual} {currency} for one {stated}",
    "Correct the amount, its currency, or the converted value.",
)
_TABLE = (
    "a rate near {usual}, as other rates of {currency} have it",
    "Correct the rate: units of the currency per euro, not euro per unit.",
)


def rates_out_of_band(whole: Whole) -> tuple[Finding, ...]:
    """The rate between an amount and its converted value must be near the other rates of that currency.

    Near: within a quarter. The others are the readings' rates of that season, else the converted amounts,
    where there are at least three; the middle one of them counts. Amounts below ten units of the currency
    are left out for their rounding. The rates of the tables are compared among those of their season.
    """
    tables = [reading.tables["rates"] for reading in whole.readings if "rates" in reading.tables]
    columns = ["currency", "day", "per_eur", "_file", "_sheet", "_row"]
    # A table of rates need not say where it stands.
    rates = pl.concat(
        [pl.DataFrame(schema=_RATES), *(table.select(pl.col(columns)) for table in map(_placed, tables))]
    )
    known = rates.drop_nulls(["currency", "per_eur"])
    # Over years a currency may move by more than a quarter: each season is its own measure.
    known = known.with_columns(season=_season(pl.col("day")))
    usual = known.group_by("currency", "season").agg(usual=_middle("per_eur"), count=pl.len())
    return by_place([*_converted(whole.entries, usual), *_tables(known, usual)])


_RATES = pl.Schema(
    {
        "currency": pl.String(),
        "day": pl.Date(),
        "per_eur": QUANTITY,
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)


def _season(day: pl.Expr) -> pl.Expr:
    """The quarter of a year, counted through."""
    return day.dt.year() * 4 + day.dt.quarter()


def _only(published: pl.DataFrame) -> pl.DataFrame:
    """The rate of a currency that has rates of one season alone, as a workbook's own table does."""
    return (
        published.group_by("currency", "stated_currency")
        .agg(only=pl.col("published").first(), seasons=pl.len())
        .filter(pl.col("seasons") == 1)
        .drop("seasons")
    )


def _placed(table: pl.DataFrame) -> pl.DataFrame:
    """A table of rates with the columns of its origin, null where it has none."""
    absent = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in _RATES.items() if name not in table.columns
    ]
    return table.with_columns(absent).cast(_RATES)


def _middle(column: str) -> pl.Expr:
    """The middle one of several values; of two middle ones the larger."""
    return pl.col(column).sort().get(pl.len() // 2)


def _converted(entries: pl.DataFrame, usual: pl.DataFrame) -> list[Finding]:
    """Entries whose amount and stated amount are too far apart."""
    pairs = entries.filter(
        (pl.col("amount_minor") >= _LEAST)
        & (pl.col("stated_minor") >= _LEAST)
        & (pl.col("currency") != pl.col("stated_currency"))
    )
    if pairs.is_empty():
        return []
    rated = pairs.with_columns(rate=_rate(pairs), season=_season(pl.coalesce("day_from", "known_on")))
    among = rated.group_by("currency", "stated_currency").agg(middle=_middle("rate"), count=pl.len())
    among = among.with_columns(middle=pl.when(pl.col("count") >= _ENOUGH).then("middle")).drop("count")
    published = usual.select(
        "currency",
        "season",
        stated_currency=pl.lit("EUR"),
        published=(pl.col("usual") * _MICRO).cast(QUANTITY).cast(pl.Int128),
    )
    far = (
        rated.join(among, on=["currency", "stated_currency"], how="left")
        .join(published, on=["currency", "stated_currency", "season"], how="left", nulls_equal=True)
        .join(_only(published), on=["currency", "stated_currency"], how="left")
        .with_columns(usual=pl.coalesce("published", "only", "middle"))
        .filter(~_near("rate", "usual"))
    )
    return [
        told(
            Severity.WARNING,
            "rate-out-of-band",
            row,
            _WORDS,
            read=f"{row['reference'] or row['entry']}: {plain(Decimal(row['rate']) / _MICRO, 4)}",
            values={
                "usual": plain(Decimal(row["usual"]) / _MICRO, 4),
                "currency": row["currency"],
                "stated": row["stated_currency"],
            },
        )
        for row in far.iter_rows(named=True)
    ]


def _tables(known: pl.DataFrame, usual: pl.DataFrame) -> list[Finding]:
    """Rates of the tables that are far from the middle one of their currency, or not above zero."""
    joined = known.join(usual, on=["currency", "season"], how="left", nulls_equal=True).with_columns(
        usual=pl.when(pl.col("count") >= _ENOUGH).then("usual")
    )
    far = joined.filter((pl.col("per_eur") <= 0) | ~_near("per_eur", "usual"))
    findings = []
    for row in far.iter_rows(named=True):
        place = {"submission": row["_file"], "sheet": row["_sheet"], "row": row["_row"], "column": "per_eur"}
        values = {"usual": plain(decimal_of(row["usual"] or 1), 4), "currency": row["currency"]}
        read = f"{row['currency']} {plain(row['per_eur'], 4)}"
        findings.append(told(Severity.WARNING, "rate-out-of-band", place, _TABLE, read=read, values=values))
    return findings


def _rate(pairs: pl.DataFrame) -> pl.Expr:
    """Millionths of the original currency for one unit of the stated one, cut to a whole number."""
    used = sorted({*pairs["currency"].unique(), *pairs["stated_currency"].unique()})
    scale = {code: 10 ** (6 - places(code)) for code in used}
    up, down = (
        pl.col(name).replace_strict(scale, return_dtype=pl.Int128) for name in ("currency", "stated_currency")
    )
    over = pl.col("amount_minor").cast(pl.Int128) * up * _MICRO
    return over // (pl.col("stated_minor").cast(pl.Int128) * down)


def _near(rate: str, usual: str) -> pl.Expr:
    """Return True if a rate lies in the band around the usual one, or none is usual."""
    hundred = [int(100 * (1 - _BAND)), int(100 * (1 + _BAND))]
    low, high = (pl.col(usual) * part for part in hundred)
    return (pl.col(rate) * 100).is_between(low, high).fill_null(True)
