"""Evidence against a match whatever the names: differing unique identifiers, disjoint dates of birth."""

import polars as pl

from konvoi.align.identifiers import ONCE

ABOUT_DAYS = 366
"""Days by which the true day may lie outside of a birth that a list calls approximate."""


SLIGHT = ("near", "years")
"""Births that differ so slightly that an equal name asks a person."""

SLIP_DAYS, SLIP_YEARS = 2, 2
_MONTH = 31


def conflicts(pairs: pl.DataFrame, identifiers: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, type, value, other: differing valid numbers of a type of which a party has one.

    identifiers: owner, type, value, valid.
    """
    once = identifiers.filter(pl.col("type").is_in(sorted(ONCE)) & pl.col("valid").fill_null(value=False))
    once = once.select("owner", "type", "value").unique()
    both = _both(pairs, once, on=("type",))
    equal = (pl.col("value") == pl.col("value_right")).any()
    found = both.group_by("left", "right", "type").agg(
        equal=equal, value=pl.col("value").min(), other=pl.col("value_right").min()
    )
    return found.filter(~pl.col("equal")).drop("equal").sort("left", "right", "type")


def births(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, births: how the closest two births of both sides meet.

    "day": equal; "year": they overlap within a year; "about": they overlap; "near": days as one slip makes
    them (day and month changed, two days apart at most, one other digit); "years": one or two years apart,
    the day and month equal or unknown; "disjoint". known: owner, first, last, about. Pairs of which a side
    has no birth are left out.
    """
    both = _both(pairs, known.drop_nulls("first").unique(), on=())
    slack = ((pl.col("about") | pl.col("about_right")).cast(pl.Int32) * ABOUT_DAYS).cast(pl.Int64)
    spare = pl.duration(days=slack)
    first = pl.max_horizontal("first", "first_right")
    last = pl.min_horizontal("last", "last_right")
    exact = (pl.col("first") == pl.col("last")) & (pl.col("first_right") == pl.col("last_right"))
    long = pl.max_horizontal(
        (pl.col("last") - pl.col("first")).dt.total_days(),
        (pl.col("last_right") - pl.col("first_right")).dt.total_days(),
    )
    meet = first <= last + spare
    rank = (
        pl.when(exact & (pl.col("first") == pl.col("first_right")))
        .then(0)
        .when(meet & (slack == 0) & (long <= ABOUT_DAYS))
        .then(1)
        .when(meet)
        .then(2)
        .when(exact & _slipped())
        .then(3)
        .when(_years_apart(exact, long))
        .then(4)
        .otherwise(5)
    )
    words = dict(enumerate(("day", "year", "about", *SLIGHT, "disjoint")))
    found = both.with_columns(rank=rank).group_by("left", "right").agg(pl.col("rank").min())
    spoken = pl.col("rank").replace_strict(words, return_dtype=pl.String)
    return found.select("left", "right", births=spoken).sort("left", "right")


def _slipped() -> pl.Expr:
    """Return an expression: True if two days differ by what a slip of the pen changes."""
    one, two = pl.col("first").dt, pl.col("first_right").dt
    changed = (one.year() == two.year()) & (one.month() == two.day()) & (one.day() == two.month())
    close = (pl.col("first") - pl.col("first_right")).dt.total_days().abs() <= SLIP_DAYS
    left, right = (_digits(day) for day in ("first", "first_right"))
    digits = pl.sum_horizontal(
        ((left // 10**place % 10) != (right // 10**place % 10)).cast(pl.Int8) for place in range(8)
    )
    return changed | close | (digits == 1)


def _digits(column: str) -> pl.Expr:
    day = pl.col(column).dt
    return (
        day.year().cast(pl.Int64) + 10_000 * day.month().cast(pl.Int64) + 1_000_000 * day.day().cast(pl.Int64)
    )


def _years_apart(exact: pl.Expr, long: pl.Expr) -> pl.Expr:
    """Return an expression: True if births are one or two years apart, and nothing else of them differs."""
    one, two = pl.col("first").dt, pl.col("first_right").dt
    years = (one.year() - two.year()).abs().is_between(1, SLIP_YEARS)
    anniversary = exact & (one.month() == two.month()) & (one.day() == two.day())
    return years & (anniversary | long.is_between(_MONTH, ABOUT_DAYS))


def never(pairs: pl.DataFrame, identifiers: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs (left, right) of which no one makes one party: numbers conflict, or births differ.

    Also births that differ slightly: a person decides whether these are of one.
    """
    apart = births(pairs, known).filter(pl.col("births").is_in(["disjoint", *SLIGHT]))
    found = [one.select("left", "right") for one in (conflicts(pairs, identifiers), apart)]
    return pl.concat(found).unique().sort("left", "right")


def _both(pairs: pl.DataFrame, held: pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
    """Each pair with what both sides hold."""
    ones = pairs.select("left", "right").unique()
    first = ones.join(held, left_on="left", right_on="owner")
    return first.join(held, left_on=("right", *on), right_on=("owner", *on), suffix="_right")
