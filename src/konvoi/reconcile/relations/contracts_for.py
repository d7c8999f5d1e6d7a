"""Contracts that fulfil a line or a whole promise: stated by documents, or decided in review."""

import polars as pl

from konvoi.reconcile.contracted import contracted
from konvoi.reconcile.relation import Evidence, Found, Relation, proposals


def _alike(evidence: Evidence) -> Found:
    """Pairs of a contract without a line and a line that is like it, from the contract to the line."""
    one = evidence.pairs.filter(pl.col("loose_left") != pl.col("loose_right"))
    turned = one.with_columns(
        left=pl.when("loose_left").then("left_id").otherwise("right_id"),
        right=pl.when("loose_left").then("right_id").otherwise("left_id"),
    )
    return proposals(turned, "contracts_for")


CONTRACTS_FOR = Relation(name="contracts_for", directed=True, propose=(_alike, contracted))
