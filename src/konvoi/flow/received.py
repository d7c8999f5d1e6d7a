"""What has arrived where, from the receipts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.gather import Gathered


@dataclass(frozen=True)
class Arrived:
    """What one receipt counted in good order, of which good and where."""

    receipt: str
    good: str
    place: str
    day: date | None
    quantity: Decimal


def received(gathered: Gathered) -> Iterator[Arrived]:
    """What receipts that name their place counted in good order, by their references."""
    receipts = gathered.tables.get("receipts")
    if receipts is None or receipts.is_empty():
        return
    lines = _lines(gathered)
    told = gathered.ledger.entries.filter(pl.col("stage") == "received").select("reference", "good")
    of_receipt = dict(told.drop_nulls().unique("reference", keep="first", maintain_order=True).iter_rows())
    goods = dict(gathered.ledger.entries.select("line", "good").drop_nulls().unique("line").iter_rows())
    for row in receipts.sort("receipt").iter_rows(named=True):
        line = lines.get(row["reference"], row["reference"])
        good, place = goods.get(line) or of_receipt.get(row["receipt"]), row["place"]
        if good and place and row["received"] is not None:
            yield Arrived(row["receipt"], good, place, row["day"], row["received"])


def _lines(gathered: Gathered) -> dict[str, str]:
    """The line behind each movement and contract."""
    found: dict[str, str] = {}
    for table, key in (("movements", "movement"), ("contracts", "contract"), ("call_offs", "call_off")):
        rows = gathered.tables.get(table)
        if rows is not None:
            found |= dict(rows.select(key, "line").filter(pl.col("line").is_not_null()).iter_rows())
    return found
