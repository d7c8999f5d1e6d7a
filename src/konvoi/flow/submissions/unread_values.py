"""Entries whose value or stage is stated and could not be read: a total lists them apart from others."""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.kit.text import of_ranges
from konvoi.ledger.basis import UNREAD_VALUES
from konvoi.model.finding import OTHER_ROWS, Finding, Severity

_OF = {
    "amount": "amount",
    "currency": "amount",
    "quantity": "quantity",
    "unit": "quantity",
    "stage": "stage",
}
"""Measure, or stage, that is lost when a cell of a column cannot be read, by column."""


def with_unread_values(gathered: Gathered, findings: Iterable[Finding]) -> Gathered:
    """Return the gathered documents with the ledger's table `unread_values` (UNREAD_VALUES), where it has
    rows.
    """
    rows = sorted(
        {
            (one.place.file, one.place.sheet, row, _OF[one.place.column])
            for one in findings
            if one.severity == Severity.ERROR and one.place.column in _OF
            for row in (one.place.row, *of_ranges(one.values.get(OTHER_ROWS, "")))
        }
    )
    if not rows:
        return gathered
    names = ("submission", "sheet", "row", "what")
    at = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()) | {"row": pl.Int64()}, orient="row")
    entries = gathered.ledger.entries.select("entry", "submission", "sheet", pl.col("row").cast(pl.Int64))
    found = entries.join(at, on=list(names[:3])).select(list(UNREAD_VALUES)).sort("entry", "what")
    tables = {**gathered.ledger.tables, "unread_values": found}
    return replace(gathered, ledger=replace(gathered.ledger, tables=tables)) if found.height else gathered
