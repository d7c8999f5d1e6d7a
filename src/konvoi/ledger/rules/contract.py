"""A contract stands on a line item whose channel has contracts."""

import polars as pl

from konvoi.ledger.post import Ledger
from konvoi.ledger.units import owned
from konvoi.model.finding import Finding, Severity, told
from konvoi.model.stages import ROUTES, Stage

_NO_CONTRACT = (
    "a line item of the channel “procured”",
    "enter “procured” as the channel of the line item, or withdraw the contract; until then nothing "
    "counts as contracted",
)


def contract_without_channel(ledger: Ledger) -> tuple[Finding, ...]:
    """No contract is for a line item from stock, or of another channel without contracts."""
    without = [route for route, stages in ROUTES.items() if Stage.CONTRACTED not in stages]
    rows = owned(ledger.entries, ledger.owners).filter(
        pl.col("stage") == str(Stage.CONTRACTED),
        pl.col("line").is_not_null(),
        pl.col("route").is_in(without),
    )
    columns = ["submission", "sheet", "row", "column", "route"]
    found = [
        told(Severity.WARNING, "contract-without-channel", row, _NO_CONTRACT, read=str(row["route"]))
        for row in rows.select(columns).iter_rows(named=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.read)))
