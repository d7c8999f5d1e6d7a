"""Undecided relations in the order in which deciding them would change the total most."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.reconcile.currency_conversion import worth

AMOUNT, QUANTITY, NOTHING = QUEUES = ("amount", "quantity", "nothing")
"""The queues, in the order in which they are put: what moves the total of amounts, what moves that of a good,
what moves neither."""

QUEUE = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "probability": pl.Float64(),
        "evidence": pl.String(),
        "queue": pl.String(),
        "change_minor": pl.Int64(),
        "proxy_minor": pl.Int64(),
        "prices": pl.Int64(),
        "good": pl.String(),
        "unit": pl.String(),
        "change_quantity": pl.Decimal(38, 6),
        "share": pl.Float64(),
    }
)
"""One line for each undecided relation, the weightiest first. change_minor: by how much the total of amounts
falls if it holds, in minor units; none where that is not known. change_quantity: the same of the total of
`good` in `unit`; share: as a part of that total. proxy_minor: of lines without an amount, the quantity at the
median of `prices` known prices of the good."""

_PAIR = ["left", "right", "relation"]

CHANGES = pl.Schema(
    dict.fromkeys(_PAIR, pl.String())
    | {"good": pl.String(), "unit": pl.String(), "quantity": pl.Decimal(38, 6), "share": pl.Float64()}
)
"""Amount by which the total of a good falls if a pair holds."""


@dataclass(frozen=True)
class Price:
    """Price of one unit of a good: the median in minor units over lines that state both, and their number."""

    minor: Decimal
    lines: int


def queue(
    relations: pl.DataFrame,
    amounts: pl.DataFrame,
    quantities: pl.DataFrame,
    prices: Mapping[tuple[str, str], Price],
) -> pl.DataFrame:
    """Undecided relations (QUEUE): by amount or its proxy, then by share of a good's total, then by doubt.

    amounts: left, right, relation, effect in minor units; none where it is not known. quantities: CHANGES.
    prices: by good and unit. Equal ones stand by how doubtful they are, then by name.
    """
    open_ = relations.filter(pl.col("status") == "undecided").select(*_PAIR, "probability", "evidence")
    joined = open_.join(amounts.rename({"effect": "change_minor"}).unique(_PAIR), on=_PAIR, how="left").join(
        _largest(quantities), on=_PAIR, how="left"
    )
    chance = pl.col("probability").fill_null(0.5)
    proxies = [_proxy(row, prices) for row in joined.iter_rows(named=True)]
    weighed = joined.with_columns(
        change_quantity="quantity",
        proxy_minor=pl.Series([one[0] for one in proxies], dtype=pl.Int64),
        prices=pl.Series([one[1] for one in proxies], dtype=pl.Int64),
        _doubt=chance * (1 - chance),
    ).with_columns(_minor=pl.coalesce("change_minor", "proxy_minor").fill_null(0).abs())
    queues = (
        pl.when(pl.col("_minor") > 0)
        .then(pl.lit(AMOUNT))
        .when(pl.col("share").fill_null(0) > 0)
        .then(pl.lit(QUANTITY))
        .otherwise(pl.lit(NOTHING))
    )
    rank = pl.col("queue").replace_strict({name: at for at, name in enumerate(QUEUES)}, return_dtype=pl.Int8)
    return (
        weighed.with_columns(queue=queues)
        .sort(
            [rank, "_minor", pl.col("share").fill_null(0), "_doubt", *_PAIR],
            descending=[False, True, True, True, False, False, False],
        )
        .select(list(QUEUE))
        .cast(QUEUE)
    )


def _largest(quantities: pl.DataFrame) -> pl.DataFrame:
    """Return for each pair the good whose total it changes by the largest share."""
    return (
        quantities.filter(pl.col("quantity") != 0)
        .sort("share", "good", descending=[True, False], nulls_last=True)
        .unique(_PAIR, keep="first", maintain_order=True)
    )


def _proxy(
    row: Mapping[str, object], prices: Mapping[tuple[str, str], Price]
) -> tuple[int | None, int | None]:
    """Return the estimated value of a pair of lines without an amount, and the number of its prices."""
    price = prices.get((str(row["good"]), str(row["unit"])))
    if row["change_minor"] is not None or not isinstance(row["quantity"], Decimal) or price is None:
        return None, None
    return int((row["quantity"] * price.minor).to_integral_value()), price.lines


def prices(entries: pl.DataFrame, rates: pl.DataFrame | None, currency: str) -> dict[tuple[str, str], Price]:
    """Return the prices of goods from lines that state amount and quantity, by good and unit."""
    valued = entries.with_columns(_minor=worth(entries, rates, currency)).filter(
        pl.col("line").is_not_null()
        & pl.col("good").is_not_null()
        & (pl.col("quantity") > 0)
        & (pl.col("_minor") > 0)
    )
    found: dict[tuple[str, str], dict[tuple[object, ...], Decimal]] = {}
    named = valued.select("source", "package", "line", "good", "unit", "_minor", "quantity").sort(
        "source", "package", "line", "_minor", nulls_last=True
    )
    for source, package, line, good, unit, minor, quantity in named.iter_rows():
        # A line whose stages state one price after the other is one price: the highest.
        found.setdefault((good, unit or ""), {})[source, package, line] = Decimal(minor) / quantity
    return {key: Price(_median(sorted(lines.values())), len(lines)) for key, lines in sorted(found.items())}


def _median(values: list[Decimal]) -> Decimal:
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
