"""Conditions on pairs of records that all classes of duplicate candidates share."""

from collections.abc import Sequence

import polars as pl

_EXACT = 1e-9
_DIGITS = 100


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
    """Return True if two amounts may be one: their intervals overlap."""
    meet = (pl.col("low") <= pl.col("high_later")) & (pl.col("low_later") <= pl.col("high"))
    return same_money() & meet.fill_null(False)


def near_quantity() -> pl.Expr:
    """Return True if two quantities may be one: their intervals overlap."""
    meet = (pl.col("q_low") <= pl.col("q_high_later")) & (pl.col("q_low_later") <= pl.col("q_high"))
    return same_unit() & meet.fill_null(False)


def rounded_money() -> pl.Expr:
    """Return True if one amount has one or two digits and may be the other one rounded to them."""
    later = (pl.col("round_low_later") <= pl.col("high")) & (pl.col("low") <= pl.col("round_high_later"))
    first = (pl.col("round_low") <= pl.col("high_later")) & (pl.col("low_later") <= pl.col("round_high"))
    return same_money() & (later.fill_null(False) | first.fill_null(False))


def equal_money() -> pl.Expr:
    """Return True if two amounts are equal as stated, or to the euro at the day's rate."""
    stated = (pl.col("currency") == pl.col("currency_later")) & (pl.col("amount") == pl.col("amount_later"))
    return (stated | (same_money() & (pl.col("value") == pl.col("value_later")))).fill_null(False)


def equal_quantity() -> pl.Expr:
    """Return True if two quantities are equal."""
    return same_unit() & (pl.col("quantity") == pl.col("quantity_later")).fill_null(False)


def distinctive_money(side: str = "") -> pl.Expr:
    """Return True if an amount has three digits or more: round sums are equal by chance."""
    return (pl.col(f"step{side}") * _DIGITS <= pl.col(f"amount{side}").abs()).fill_null(False)


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
    """Return True if two records name one good, or one is above the other in the hierarchy.

    The goods of a package's own lines, and names of the table goods in titles, are evidence that it is one
    good, never that it is another (`other_good`).
    """
    return (pl.col("things").list.set_intersection("things_later").list.len() > 0).fill_null(False)


def other_language() -> pl.Expr:
    """Return True if two titles are, or may be, in different languages: their words cannot be compared."""
    return pl.col("language").ne_missing(pl.col("language_later"))


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


def no_other_figure(money: pl.Expr | None = None) -> pl.Expr:
    """Return True unless both state amounts, or quantities in one unit, that cannot be one.

    money: when two amounts may be one; by default where they are near.
    """
    near = near_money() if money is None else money
    return ~(same_unit() & ~near_quantity()) & ~(same_money() & ~near)


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
    """Return the days between two statements; 0 if their intervals overlap."""
    return pl.max_horizontal(
        pl.col("first_later") - pl.col("last"), pl.col("first") - pl.col("last_later"), pl.lit(0)
    )
