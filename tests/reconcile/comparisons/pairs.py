"""The answer that one comparison gives to one pair of entries."""

import json

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.link.match import match
from konvoi.link.settings import Block, Settings
from konvoi.reconcile.comparison import Comparison
from konvoi.reconcile.records import records


def answer(
    comparison: Comparison,
    left: dict[str, object],
    right: dict[str, object],
    *,
    rates: pl.DataFrame | None = None,
) -> str:
    """What a comparison says of two entries; the same from both sides."""
    table = records(entries({"entry": "1", **left}, {"entry": "2", **right}), rates)
    table = table.with_columns(every=pl.lit(1))
    settings = Settings(comparisons=(comparison,), blocks=(Block("all", ("every",)),), least=0)
    turned = table.with_columns(id=pl.when(pl.col("id") == "1").then(pl.lit("3")).otherwise("id"))
    said = {json.loads(match(t, settings).pairs["evidence"][0])[0][1] for t in (table, turned)}
    assert len(said) == 1
    return str(said.pop())
