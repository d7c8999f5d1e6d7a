"""Deliveries that meet needs: a schema shared by the modules that compute and show them."""

import polars as pl

from konvoi.model.table import QUANTITY

RECEIVED = "received"
UNDER_WAY = "under way"

MET = pl.Schema(
    {
        "need": pl.String(),
        "kind": pl.String(),
        "record": pl.String(),
        "day": pl.Date(),
        "quantity": QUANTITY,
        "stage": pl.String(),
        "handed": pl.Date(),
    }
)
"""One line for each need and paper that meets a part of it, in units of the need; no more than it asks for.

kind: received, or under way (it has left, and no receipt accounts for it). record: the receipt, or the
despatches, with `; ` between them. day: of the receipt; none for what is under way. stage: how far it got by
the last paper; none for what was received. handed: the day on which a paper says that it was handed over."""
