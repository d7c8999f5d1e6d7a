"""What has arrived where, from the receipts."""

from decimal import Decimal

import polars as pl

from konvoi.flow.gather import Gathered


def received(gathered: Gathered) -> dict[tuple[str, str], Decimal]:
    """Quantity in good order by good and site, from receipts that name their place."""
    receipts = gathered.tables.get("receipts")
    if receipts is None or receipts.is_empty():
        return {}
    lines = _lines(gathered)
    told = gathered.ledger.entries.filter(pl.col("stage") == "received").select("reference", "good")
    of_receipt = dict(told.drop_nulls().unique("reference", keep="first", maintain_order=True).iter_rows())
    goods = dict(gathered.ledger.entries.select("line", "good").drop_nulls().unique("line").iter_rows())
    found: dict[tuple[str, str], Decimal] = {}
    for row in receipts.sort("receipt").iter_rows(named=True):
        line = lines.get(row["reference"], row["reference"])
        good, place = goods.get(line) or of_receipt.get(row["receipt"]), row["place"]
        if good and place and row["received"] is not None:
            found[good, place] = found.get((good, place), Decimal(0)) + row["received"]
    return found


def _lines(gathered: Gathered) -> dict[str, str]:
    """The line behind each movement and contract."""
    found: dict[str, str] = {}
    for table, key in (("movements", "movement"), ("contracts", "contract")):
        rows = gathered.tables.get(table)
        if rows is not None:
            found |= dict(rows.select(key, "line").filter(pl.col("line").is_not_null()).iter_rows())
    return found
