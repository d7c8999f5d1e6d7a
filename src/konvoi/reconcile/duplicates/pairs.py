"""Pairs of records in blocks: by equal keys, or beside one another in time."""

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from konvoi.reconcile.duplicates.answers import PROPOSALS

_MOST = 5
_CHUNK = 500
_BAND = 0.25
_WIDE = 50_000
"""Pairs whose columns, of both sides, are held in memory at a time."""


def pairs(
    table: pl.DataFrame, on: Sequence[str], order: Sequence[str] = (), most: int = _MOST
) -> pl.DataFrame:
    """Return pairs of records with equal keys: the earlier with its columns, the later with `_later` ones.

    Of up to `most` records with one key every pair; of more only neighbours by `order`, then day: confirming
    these joins them all, and their number grows as records do. Rows with an empty key are left out.
    """
    return in_order(widened(equal(table, on, order, most), table))


def equal(
    table: pl.DataFrame, on: Sequence[str], order: Sequence[str] = (), most: int = _MOST
) -> pl.DataFrame:
    """Return the pairs of `pairs` by their records alone: id, id_later."""
    keyed = table.drop_nulls(list(on)).sort(*on, *order, "known", "first", "id", nulls_last=True)
    placed = keyed.select(*on, "id", _n=pl.len().over(on), _at=pl.int_range(pl.len()).over(on))
    several = placed.filter(pl.col("_n") > 1)
    small = several.filter(pl.col("_n") <= most)
    large = several.filter(pl.col("_n") > most)
    every = small.join(small, on=list(on), suffix="_later").filter(pl.col("_at") < pl.col("_at_later"))
    next_ = large.with_columns(_next=pl.col("_at") + 1)
    chain = next_.join(large, left_on=[*on, "_next"], right_on=[*on, "_at"], suffix="_later")
    return pl.concat([one.select("id", "id_later") for one in (every, chain)])


def _wide(table: pl.DataFrame) -> list[str]:
    return [*table.columns, *(f"{name}_later" for name in table.columns)]


def in_order(found: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with the sides exchanged where the first one is the later report."""
    names = [name.removesuffix("_later") for name in found.columns if name.endswith("_later")]
    flag = found.select(
        late=(pl.col("known") > pl.col("known_later"))
        | ((pl.col("known") == pl.col("known_later")) & (pl.col("first") > pl.col("first_later")))
        | (
            (pl.col("known") == pl.col("known_later"))
            & (pl.col("first") == pl.col("first_later"))
            & (pl.col("id") > pl.col("id_later"))
        )
    )["late"].fill_null(False)
    straight = found.filter(~flag)
    turned = found.filter(flag)
    exchange = {name: f"{name}_later" for name in names} | {f"{name}_later": name for name in names}
    return pl.concat([straight, turned.rename(exchange).select(straight.columns)])


def beside_all(
    ones: pl.DataFrame,
    others: pl.DataFrame,
    on: Sequence[str],
    *,
    days: tuple[int, int],
    where: pl.Expr,
    most: int,
    table: pl.DataFrame,
    ordered: bool = True,
) -> pl.DataFrame:
    """Return the pairs of `beside` with the columns of `table` for both sides.

    ordered: the earlier report first; otherwise the one first.
    """
    wide = widened(beside(ones, others, on, days=days, where=where, most=most), table)
    return in_order(wide) if ordered else wide


def beside(
    ones: pl.DataFrame,
    others: pl.DataFrame,
    on: Sequence[str],
    *,
    days: tuple[int, int],
    where: pl.Expr,
    most: int,
) -> pl.DataFrame:
    """Return each of `ones` with the nearest in time of the others that meet a condition: id, id_later.

    days: how long before and after the first day of the one. where: a condition on the columns NARROW of both
    sides; those of the other end in `_later`. most: others of each one. Joined by equal keys and spans of
    time, some of the ones at a time: work and memory grow as records do.
    """
    if ones.is_empty() or others.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(("id", "id_later"), ones.schema["id"]))
    before, after = days
    width = max(before + after, 1)
    narrow = [*dict.fromkeys([*on, *NARROW])]
    right = others.drop_nulls(list(on)).select(narrow).with_columns(_span=pl.col("first") // width)
    span = ((pl.col("first") - before) // width, (pl.col("first") + after) // width + 1)
    left = ones.drop_nulls(list(on)).select(narrow).sort("id")
    lag = pl.col("first_later") - pl.col("first")
    met = [
        some.with_columns(_span=pl.int_ranges(*span))
        .explode("_span")
        .join(right, on=[*on, "_span"], suffix="_later")
        .filter(pl.col("id") != pl.col("id_later"), lag.is_between(-before, after), where.fill_null(False))
        .select("id", "id_later", _lag=lag.abs())
        .pipe(_nearest, most)
        for some in (left.iter_slices(_CHUNK) if left.height else [left])
    ]
    return _nearest(pl.concat(met), most).select("id", "id_later")


def _nearest(met: pl.DataFrame, most: int) -> pl.DataFrame:
    """Return each pair once, of each first one the nearest in time."""
    ordered = met.unique(["id", "id_later"]).sort("id", "_lag", "id_later")
    return ordered.filter(pl.int_range(pl.len()).over("id") < most)


def judged(
    found: Iterable[pl.DataFrame], table: pl.DataFrame, judge: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Return the PROPOSALS that a function makes of pairs (id, id_later) with the columns of both sides.

    Each pair once, the earlier report first, whichever order it was found in; `judge` sees some of the pairs
    at a time, so that memory does not grow with their number.
    """
    sides = (
        pl.min_horizontal("id", "id_later").alias("id"),
        pl.max_horizontal("id", "id_later").alias("id_later"),
    )
    once = pl.concat([one.select(sides) for one in found]).unique(maintain_order=True)
    if once.is_empty():
        return pl.DataFrame(schema=PROPOSALS)
    some = once.iter_slices(_WIDE)
    return pl.concat([judge(in_order(widened(part, table))) for part in some])


def banded(table: pl.DataFrame) -> pl.DataFrame:
    """Return records with the magnitudes that their value or quantity may have, a row for each.

    Added columns: _band, and _of, the unit. Figures whose intervals overlap have a row in common.
    """
    sides = (("low", "high", "money"), ("q_low", "q_high", "unit_of"))
    parts = [
        table.filter((pl.col(low) > 0) & pl.col(unit).is_not_null())
        .with_columns(_band=_bands(pl.col(low), pl.col(high)), _of=pl.concat_str(pl.lit(low), unit))
        .explode("_band")
        for low, high, unit in sides
    ]
    return pl.concat(parts)


def _bands(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    first, last = ((figure.log() / _BAND).floor().cast(pl.Int64) for figure in (low, high))
    return pl.int_ranges(first, last + 1)


def contents(table: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """Return records with a `_content` for each good and word that they name, a row each.

    A whole that names none has its kind of support instead; parts have their kind besides.
    """
    named = pl.concat_list("things", "words")
    silent = pl.concat_list("goods", "words").list.len() == 0
    kind = pl.concat_list(pl.concat_str(pl.lit("kind/"), pl.col("kind").fill_null("")))
    every = (
        pl.when(silent).then(pl.concat_list(named, kind)).otherwise(named)
        if whole
        else pl.concat_list(named, kind)
    )
    return table.with_columns(_content=every).explode("_content")


NARROW = (
    *("id", "first", "last", "source", "party", "kind", "money", "value", "low", "high"),
    *("unit_of", "quantity", "q_low", "q_high"),
)


def widened(met: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return pairs (id, id_later) with all columns of both sides."""
    later = table.rename({name: f"{name}_later" for name in table.columns})
    wide = (
        met.select("id", "id_later")
        .join(table, on="id", maintain_order="left")
        .join(later, on="id_later", maintain_order="left")
    )
    return wide.select(_wide(table))
