"""Figures of deliveries as tables."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.accord.stalled import stalled
from konvoi.flow.deliveries.consignments import consignments
from konvoi.flow.deliveries.tables import CONSIGNMENTS, PIECES, STALLED
from konvoi.flow.settings import Settings
from konvoi.ledger.units import owned
from konvoi.reconcile.currency_conversion import worth

EURO = "EUR"


def consignments_reconciled(**inputs: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Return the reconciled state of each consignment and of each serial number."""
    found = consignments(inputs)
    return {CONSIGNMENTS.name: found.consignments, PIECES.name: found.serials}


def stalled_lines(
    *,
    entries: pl.DataFrame,
    owners: pl.DataFrame,
    relations: pl.DataFrame,
    submissions: pl.DataFrame,
    rates: pl.DataFrame,
    day: date | None,
    settings: Settings,
) -> pl.DataFrame:
    """Return the line items that stay in their stage beyond the limit on a day, the longest first."""
    names = dict(submissions.select("submission", "name").iter_rows())
    own = owned(entries, owners).with_columns(pl.col("submission").replace(names))
    lines = of_lines(own, relations)
    if day is None or lines.is_empty():
        return STALLED.schema().to_frame()
    valued = lines.with_columns(eur_minor=worth(lines, rates if rates.height else None, EURO))
    return stalled(valued, day, own=settings.stalled, recipient=settings.recipient)
