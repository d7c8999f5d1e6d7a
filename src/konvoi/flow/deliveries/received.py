"""Goods that have arrived, with their places, from the receipts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.model.stages import Stage


@dataclass(frozen=True)
class Arrived:
    """The quantity that one receipt counted in good order, with its good and place.

    handed: the day on which its consignment was handed over, where a paper says so.
    """

    receipt: str
    good: str
    place: str
    day: date | None
    quantity: Decimal
    handed: date | None = None


def received(gathered: Gathered) -> Iterator[Arrived]:
    """Yield the quantities that receipts with a stated place counted in good order, by their references."""
    receipts = gathered.tables.get("receipts")
    if receipts is None or receipts.is_empty():
        return
    lines = _lines(gathered)
    handed = _handed(gathered)
    told = gathered.ledger.entries.filter(pl.col("stage") == "received").select("reference", "good")
    of_receipt = dict(told.drop_nulls().unique("reference", keep="first", maintain_order=True).iter_rows())
    goods = dict(gathered.ledger.entries.select("line", "good").drop_nulls().unique("line").iter_rows())
    for row in receipts.sort("receipt").iter_rows(named=True):
        line = lines.get(row["reference"], row["reference"])
        good = goods.get(line) or of_receipt.get(row["receipt"])
        place = row["place"]
        if good and place and row["received"] is not None:
            over = handed.get(row["reference"])
            yield Arrived(row["receipt"], good, place, row["day"], row["received"], over)


def _handed(gathered: Gathered) -> dict[str, date]:
    """The first day of hand-over of each consignment, by each of its papers."""
    rows = gathered.tables.get("movements")
    if rows is None:
        return {}
    named = rows.with_columns(_of=pl.coalesce("waybill", "movement"))
    over = named.filter(pl.col("stage") == Stage.HANDED_OVER).drop_nulls("day").group_by("_of")
    return dict(
        named.join(over.agg(_day=pl.col("day").min()), on="_of").select("movement", "_day").iter_rows()
    )


def _lines(gathered: Gathered) -> dict[str, str]:
    """The line behind each movement and contract."""
    found: dict[str, str] = {}
    for table, key in (("movements", "movement"), ("contracts", "contract"), ("call_offs", "call_off")):
        rows = gathered.tables.get(table)
        if rows is not None:
            found |= dict(rows.select(key, "line").filter(pl.col("line").is_not_null()).iter_rows())
    return found
