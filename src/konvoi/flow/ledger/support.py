"""Support by partner and year, as a register publishes it: never added to statements of partners."""

import polars as pl

from konvoi.flow.ledger.tables import SUPPORT_BY_YEAR
from konvoi.model.stages import KINDS, Stage

_KEY = ("register", "party", "year", "currency")


def support_by_year(*, published_sums: pl.DataFrame) -> pl.DataFrame:
    """Return commitments and allocations of a register by partner and year, allocations also by kind.

    Rows count that name a register and lie within one calendar year. Where allocations are stated for kinds
    and for all kinds together, the kinds count. Unknown stays null.
    """
    rows = published_sums.filter(
        pl.col("register").is_not_null(),
        pl.col("from").dt.year() == pl.col("to").dt.year(),
        pl.col("stage").is_in([Stage.COMMITTED, Stage.ALLOCATED]),
    ).with_columns(year=pl.col("to").dt.year().cast(pl.Int64))
    allocated = pl.col("stage") == Stage.ALLOCATED
    by_kind = [_sum(allocated & (pl.col("kind") == kind)).alias(kind) for kind in KINDS]
    found = rows.group_by(*_KEY).agg(
        _committed(),
        pl.coalesce(
            _sum(allocated & pl.col("kind").is_not_null()), _sum(allocated & pl.col("kind").is_null())
        ).alias("allocated"),
        *by_kind,
        first=pl.col("from").min(),
        last=pl.col("to").max(),
        figures=pl.col("figure").sort(),
    )
    whole = found.with_columns(outstanding=pl.col("committed") - pl.col("allocated"))
    return whole.select(list(SUPPORT_BY_YEAR.schema())).sort(*_KEY)


def _committed() -> pl.Expr:
    committed = pl.col("stage") == Stage.COMMITTED
    kinds = _sum(committed & pl.col("kind").is_not_null())
    return pl.coalesce(kinds, _sum(committed & pl.col("kind").is_null())).alias("committed")


def _sum(of: pl.Expr) -> pl.Expr:
    """The sum of the amounts of some rows; null where there is none."""
    amounts = pl.col("amount").filter(of)
    return pl.when(amounts.count() > 0).then(amounts.sum())
