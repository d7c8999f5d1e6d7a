"""Undecided relations in the order in which deciding them would change the total most."""

import polars as pl

from konvoi.reconcile.records import firsts, unit_key
from konvoi.reconcile.worth import worth

QUEUE = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "probability": pl.Float64(),
        "change_minor": pl.Int64(),
        "currency": pl.String(),
        "change_quantity": pl.Decimal(38, 6),
        "unit": pl.String(),
        "evidence": pl.String(),
    }
)
"""One line for each undecided relation, the weightiest first. change_minor: what would leave the total if it
held, in minor units of `currency`; null where an amount is not known. change_quantity: the same in `unit`,
where both sides are counted in one unit."""

# Which side leaves the total when the relation holds; both: the smaller one.
_LEAVES = {
    "same_as": "both",
    "restates": "right",
    "part_of": "left",
    "passes_through": "both",
    "reimburses": "left",
    "contracts_for": "left",
}


def queue(
    relations: pl.DataFrame,
    entries: pl.DataFrame,
    *,
    rates: pl.DataFrame | None = None,
    currency: str = "EUR",
) -> pl.DataFrame:
    """Undecided relations (QUEUE) by how much deciding them is expected to change the total.

    By p (1 - p) times the amount; those without an amount follow, by p (1 - p) times the quantity.
    """
    open_ = relations.filter(pl.col("status") == "undecided")
    sides = _sides(entries, rates, currency)
    for side in ("left", "right"):
        named = {c: f"{c}_{side}" for c in ("minor", "quantity", "unit")}
        open_ = open_.join(sides.rename(named | {"entry": side}), on=side, how="left", maintain_order="left")
    one_unit = pl.col("unit_left") == pl.col("unit_right")
    weighed = open_.with_columns(
        change_minor=_change("minor"),
        currency=pl.lit(currency),
        change_quantity=pl.when(one_unit).then(_change("quantity")),
        unit=pl.when(one_unit).then("unit_left"),
        _doubt=pl.col("probability").fill_null(0.5) * (1 - pl.col("probability").fill_null(0.5)),
    ).with_columns(
        _money=pl.col("_doubt") * pl.col("change_minor").abs(),
        _things=pl.col("_doubt") * pl.col("change_quantity").cast(pl.Float64).abs(),
    )
    return (
        weighed.sort(
            ["_money", "_things", "_doubt", "left", "right", "relation"],
            descending=[True, True, True, False, False, False],
            nulls_last=True,
        )
        .select(list(QUEUE))
        .cast(QUEUE)
    )


def _sides(entries: pl.DataFrame, rates: pl.DataFrame | None, currency: str) -> pl.DataFrame:
    """For each first entry of a package or line the most that stands at one stage: minor, quantity, unit."""
    valued = entries.with_columns(key=unit_key(), minor=worth(entries, rates, currency))
    amounts = valued.group_by("key", "stage").agg(
        minor=pl.when(pl.col("minor").is_null().all()).then(None).otherwise(pl.col("minor").sum())
    )
    counts = (
        valued.filter(pl.col("quantity").is_not_null())
        .group_by("key", "stage", "unit")
        .agg(pl.col("quantity").sum())
        .sort("key", "quantity", "stage", "unit", descending=[False, True, False, False])
        .unique("key", keep="first", maintain_order=True)
        .select("key", "quantity", "unit")
    )
    return (
        firsts(entries)
        .select("entry", "key")
        .join(amounts.group_by("key").agg(pl.col("minor").max()), on="key", how="left")
        .join(counts, on="key", how="left")
        .drop("key")
        .sort("entry")
    )


def _change(what: str) -> pl.Expr:
    left, right = pl.col(f"{what}_left"), pl.col(f"{what}_right")
    leaves = pl.col("relation").replace_strict(_LEAVES, default="none", return_dtype=pl.String)
    return (
        pl.when(leaves == "left")
        .then(left)
        .when(leaves == "right")
        .then(right)
        .when(leaves == "both")
        .then(pl.when(left.is_null() | right.is_null()).then(None).otherwise(pl.min_horizontal(left, right)))
        .otherwise(pl.lit(0))
    )
