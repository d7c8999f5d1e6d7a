"""Supply that meets needs before anything is planned: goods received, and goods under way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import polars as pl

from konvoi.flow.deliveries.received import Arrived
from konvoi.model.met import MET, RECEIVED, UNDER_WAY
from konvoi.model.stages import Stage
from konvoi.plan.oversupply import Supply, uses

Line = dict[str, object]


def by_receipts(needs: pl.DataFrame, arrived: Iterable[Arrived]) -> pl.DataFrame:
    """Return the quantities received at each need's site of its good (MET), the earliest due first.

    What was withdrawn asks for nothing.
    """
    asking = needs.filter(pl.col("state").fill_null("validated") != "withdrawn").drop_nulls("quantity")
    open_: dict[str, Decimal] = dict(asking.select("need", "quantity").iter_rows())
    of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for need, good, site in asking.sort("due", "need").select("need", "good", "site").iter_rows():
        of[good, site].append(need)
    lines = [line for one in arrived for line in _shared(one, of[one.good, one.place], open_)]
    return pl.DataFrame(lines, schema=MET)


def _shared(one: Arrived, needs: list[str], open_: dict[str, Decimal]) -> Iterator[Line]:
    """Yield the part of one receipt that each need takes."""
    rest = one.quantity
    for need in needs:
        used = min(rest, max(open_[need], Decimal(0)))
        if used > 0:
            open_[need] -= used
            rest -= used
            yield _line(need, RECEIVED, one.receipt, used) | {"day": one.day, "handed": one.handed}


def by_what_left(tables: Mapping[str, pl.DataFrame], supplies: Iterable[Supply]) -> pl.DataFrame:
    """Return the quantities under way to each need (MET), by the rule of over-supply."""
    lines = [
        _line(need, UNDER_WAY, one.record, units) | _so_far(one)
        for one, need, units in uses(tables, supplies)
    ]
    return pl.DataFrame(lines, schema=MET)


def _so_far(one: Supply) -> Line:
    """The stage that its last paper tells, and the day of its hand-over."""
    stage = one.row.get("stage")
    return {"stage": stage, "handed": one.row.get("day") if stage == Stage.HANDED_OVER else None}


def less(needs: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """The needs less what they are met with; those that are met in full are left out."""
    of_need = met.group_by("need").agg(_met=pl.col("quantity").sum())
    rest = pl.col("quantity") - pl.col("_met").fill_null(Decimal(0))
    return (
        needs.join(of_need, on="need", how="left", maintain_order="left")
        .with_columns(quantity=rest.cast(needs.schema["quantity"]))
        .filter(pl.col("quantity").is_null() | (pl.col("quantity") > 0))
        .drop("_met")
    )


def _line(need: str, kind: str, record: str, quantity: Decimal) -> Line:
    known: Line = {"need": need, "kind": kind, "record": record, "quantity": quantity}
    return known | dict.fromkeys(("day", "stage", "handed"))
