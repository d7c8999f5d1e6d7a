"""Pairs of records in blocks, and the conditions that all classes of duplicate candidates share."""

import json
from collections.abc import Sequence

import polars as pl

PROPOSALS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "subtype": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
    }
)
"""One row for each proposed pair. left, right: ids of records. evidence: list of [comparison, answer]."""

_MOST = 5
_CHUNK = 500
_BAND = 0.25
_EXACT = 1e-9
_DIGITS = 100


def pairs(
    table: pl.DataFrame, on: Sequence[str], order: Sequence[str] = (), most: int = _MOST
) -> pl.DataFrame:
    """Return pairs of records with equal keys: the earlier with its columns, the later with `_later` ones.

    Of up to `most` records with one key every pair; of more only neighbours by `order`, then day: confirming
    these joins them all, and their number grows as records do. Rows with an empty key are left out.
    """
    keyed = table.drop_nulls(list(on)).sort(*on, *order, "known", "first", "id", nulls_last=True)
    placed = keyed.with_columns(_n=pl.len().over(on), _at=pl.int_range(pl.len()).over(on))
    several = placed.filter(pl.col("_n") > 1)
    small = several.filter(pl.col("_n") <= most)
    large = several.filter(pl.col("_n") > most)
    every = small.join(small, on=list(on), suffix="_later", coalesce=False).filter(
        pl.col("_at") < pl.col("_at_later")
    )
    next_ = large.with_columns(_next=pl.col("_at") + 1)
    chain = next_.join(
        large, left_on=[*on, "_next"], right_on=[*on, "_at"], suffix="_later", coalesce=False
    ).drop("_next")
    found = pl.concat([every.select(_wide(table)), chain.select(_wide(table))])
    return in_order(found)


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
    straight, turned = found.filter(~flag), found.filter(flag)
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
    """Return each of `ones` with the nearest in time of the others that meet a condition, at most `most`.

    days: how long before and after the first day of the one. where: a condition on the columns NARROW of both
    sides; those of the other end in `_later`. table: the columns of either side. ordered: the earlier report
    first; otherwise the one first. Joined by equal keys and spans of time: the work grows as records do.
    """
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
        for some in (left.iter_slices(_CHUNK) if left.height else [left])
    ]
    nearest = (
        pl.concat(met)
        .unique(["id", "id_later"])
        .sort("id", "_lag", "id_later")
        .filter(pl.int_range(pl.len()).over("id") < most)
    )
    wide = widened(nearest, table)
    return in_order(wide) if ordered else wide


def banded(table: pl.DataFrame) -> pl.DataFrame:
    """Return records with the magnitudes that their value or quantity may have, a row for each.

    Added columns: _band, and _of, the unit. Figures whose intervals meet have a row in common.
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
    named = pl.concat_list("goods", "words")
    kind = pl.concat_list(pl.concat_str(pl.lit("kind/"), pl.col("kind").fill_null("")))
    every = (
        pl.when(named.list.len() > 0).then(named).otherwise(kind) if whole else pl.concat_list(named, kind)
    )
    return table.with_columns(_content=every).explode("_content")


NARROW = (
    *("id", "first", "last", "party", "kind", "money", "value", "low", "high"),
    *("unit_of", "quantity", "q_low", "q_high"),
)


def widened(met: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return pairs (id, id_later) with all columns of both sides."""
    later = table.rename({name: f"{name}_later" for name in table.columns})
    wide = met.select("id", "id_later").join(table, on="id").join(later, on="id_later")
    return wide.select(_wide(table))


def apart(unique: Sequence[str]) -> pl.Expr:
    """Return True if two records may be one: not of one package, nor declared unique by their source."""
    declared = pl.col("variant").is_in(list(unique)).fill_null(False)
    register = declared & (
        (pl.col("submission") == pl.col("submission_later")) | (pl.col("source") == pl.col("source_later"))
    )
    package = (pl.col("source") == pl.col("source_later")) & (pl.col("package") == pl.col("package_later"))
    receiver = pl.col("counterparty") == pl.col("counterparty_later")
    organisation = pl.col("counterparty").str.contains(":") | pl.col("counterparty_later").str.contains(":")
    return (
        (pl.col("unit") != pl.col("unit_later"))
        & (pl.col("level") == pl.col("level_later"))
        & ~register.fill_null(False)
        & ~package.fill_null(False)
        & (receiver | organisation).fill_null(True)
    )


def same_money() -> pl.Expr:
    """Return True if two amounts are known in one currency."""
    return ((pl.col("money") == pl.col("money_later")) & (pl.col("value") != 0)).fill_null(False)


def same_unit() -> pl.Expr:
    """Return True if two quantities are known in one unit."""
    return ((pl.col("unit_of") == pl.col("unit_of_later")) & (pl.col("quantity") != 0)).fill_null(False)


def near_money() -> pl.Expr:
    """Return True if two amounts may be one: their intervals meet."""
    meet = (pl.col("low") <= pl.col("high_later")) & (pl.col("low_later") <= pl.col("high"))
    return same_money() & meet.fill_null(False)


def near_quantity() -> pl.Expr:
    """Return True if two quantities may be one: their intervals meet."""
    meet = (pl.col("q_low") <= pl.col("q_high_later")) & (pl.col("q_low_later") <= pl.col("q_high"))
    return same_unit() & meet.fill_null(False)


def equal_money() -> pl.Expr:
    """Return True if two amounts are equal as stated, or to the euro at the day's rate."""
    stated = (pl.col("currency") == pl.col("currency_later")) & (pl.col("amount") == pl.col("amount_later"))
    return (stated | (same_money() & (pl.col("value") == pl.col("value_later")))).fill_null(False)


def equal_quantity() -> pl.Expr:
    """Return True if two quantities are equal."""
    return same_unit() & (pl.col("quantity") == pl.col("quantity_later")).fill_null(False)


def distinctive_money() -> pl.Expr:
    """Return True if an amount has three digits or more: round sums meet by chance."""
    return (pl.col("step") * _DIGITS <= pl.col("amount").abs()).fill_null(False)


def distinctive_quantity() -> pl.Expr:
    """Return True if a quantity has three digits or more that are not round."""
    return (pl.col("quantity_step") * _DIGITS <= pl.col("quantity").abs() * (1 + _EXACT)).fill_null(False)


def words_shared() -> pl.Expr:
    """Return the share of content words that two titles have in common; 0 where one has none."""
    both = pl.col("words").list.set_intersection("words_later").list.len()
    every = pl.col("words").list.set_union("words_later").list.len()
    return pl.when(every > 0).then(both / every).otherwise(0.0).fill_null(0.0)


def one_content() -> pl.Expr:
    """Return True if the words of one title are among those of the other."""
    both = pl.col("words").list.set_intersection("words_later").list.len()
    fewer = pl.min_horizontal(pl.col("words").list.len(), pl.col("words_later").list.len())
    return ((fewer > 0) & (both == fewer)).fill_null(False)


def same_title() -> pl.Expr:
    """Return True if two titles name the same content."""
    return (pl.col("key") == pl.col("key_later")).fill_null(False)


def same_good() -> pl.Expr:
    """Return True if two records name one good, or one is above the other in the hierarchy."""
    return (pl.col("goods").list.set_intersection("goods_later").list.len() > 0).fill_null(False)


def other_good() -> pl.Expr:
    """Return True if two records name different goods."""
    named = (pl.col("goods").list.len() > 0) & (pl.col("goods_later").list.len() > 0)
    return named & ~same_good()


def differ(name: str) -> pl.Expr:
    """Return True if both records state a column, and state it differently."""
    return (pl.col(name) != pl.col(f"{name}_later")).fill_null(False)


def compatible(*columns: str) -> pl.Expr:
    """Return True unless two records name different goods, or state one of the columns differently."""
    return ~pl.any_horizontal(other_good(), *(differ(name) for name in columns))


def no_other_figure() -> pl.Expr:
    """Return True unless both state amounts, or quantities in one unit, that cannot be one."""
    return ~(same_unit() & ~near_quantity()) & ~(same_money() & ~near_money())


def within_whole(off: float) -> pl.Expr:
    """Return True for the parts nearest to their whole in time that are together no more than it.

    Columns with `_later` are those of the parts; off: by which share their sum may exceed the whole.
    """
    money = same_money()
    whole = pl.when(money).then("value").otherwise("quantity")
    part = pl.when(money).then("value_later").otherwise("quantity_later").fill_null(0)
    order = [(pl.col("first") - pl.col("first_later")).abs(), pl.col("id_later")]
    return (part.cum_sum().over("id", order_by=order) <= whole * (1 + off)).fill_null(True)


def gap() -> pl.Expr:
    """Return the days between two statements; 0 where their intervals meet."""
    return pl.max_horizontal(
        pl.col("first_later") - pl.col("last"), pl.col("first") - pl.col("last_later"), pl.lit(0)
    )


def told(found: pl.DataFrame, answers: Sequence[tuple[str, pl.Expr]]) -> pl.Series:
    """Return evidence as JSON; each comparison with the expression of its answer, null answers left out."""
    columns = found.select(expression.alias(str(n)) for n, (_, expression) in enumerate(answers))
    names = [name for name, _ in answers]
    rows = [
        json.dumps(
            [[name, answer] for name, answer in zip(names, row, strict=True) if answer is not None],
            separators=(",", ":"),
        )
        for row in columns.iter_rows()
    ]
    return pl.Series("evidence", rows, dtype=pl.String)


def figures() -> list[tuple[str, pl.Expr]]:
    """Return the answers on amount, quantity and approximation."""
    return [
        (
            "amount",
            pl.when(equal_money())
            .then(pl.lit("the same amount"))
            .when(near_money())
            .then(pl.lit("amounts that may be one")),
        ),
        (
            "quantity and unit",
            pl.when(equal_quantity())
            .then(pl.lit("the same quantity"))
            .when(near_quantity())
            .then(pl.lit("quantities that may be one")),
        ),
        (
            "approximation",
            pl.when(pl.col("bound").is_not_null() & pl.col("bound_later").is_not_null())
            .then(pl.lit("both figures are approximations"))
            .when(pl.col("bound").is_not_null() | pl.col("bound_later").is_not_null())
            .then(pl.lit("one figure is an approximation")),
        ),
    ]


def title() -> tuple[str, pl.Expr]:
    """Return the answer on title and good."""
    return (
        "title",
        pl.when(pl.col("text_words") == pl.col("text_words_later"))
        .then(pl.lit("the same title"))
        .when(same_title())
        .then(pl.lit("titles of the same content"))
        .when(same_good())
        .then(pl.lit("the same good"))
        .when(words_shared() >= 0.5)
        .then(pl.lit("many words in common"))
        .when(words_shared() > 0)
        .then(pl.lit("words in common"))
        .otherwise(pl.lit("other words")),
    )


def distance() -> tuple[str, pl.Expr]:
    """Return the answer on the days between two statements."""
    days = gap()
    return (
        "day",
        pl.when(days == 0)
        .then(pl.lit("the same day"))
        .when(days <= 14)
        .then(pl.lit("within two weeks"))
        .when(days <= 92)
        .then(pl.lit("within three months"))
        .when(days <= 366)
        .then(pl.lit("within a year"))
        .otherwise(pl.lit("more than a year apart")),
    )


def proposed(
    found: pl.DataFrame, subtype: str, probability: pl.Expr, answers: Sequence[tuple[str, pl.Expr]]
) -> pl.DataFrame:
    """Return pairs as PROPOSALS: of one source the later restates the earlier, of two they are the same."""
    one_source = pl.col("source") == pl.col("source_later")
    return found.select(
        left=pl.when(one_source).then("id_later").otherwise("id"),
        right=pl.when(one_source).then("id").otherwise("id_later"),
        relation=pl.when(one_source).then(pl.lit("restates")).otherwise(pl.lit("same_as")),
        subtype=pl.lit(subtype),
        probability=probability,
        evidence=told(found, answers),
    ).cast(PROPOSALS)
