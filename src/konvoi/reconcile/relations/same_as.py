"""Two sources report one undertaking, perhaps at different stages."""

import polars as pl

from konvoi.reconcile.references import across_sources
from konvoi.reconcile.relation import Evidence, Found, Relation, likely


def _alike(evidence: Evidence) -> Found:
    """Pairs of two sources that are alike."""
    pairs = evidence.pairs.filter(
        pl.col("source_left") != pl.col("source_right"), pl.col("loose_left") == pl.col("loose_right")
    )
    return likely(pairs.rename({"left_id": "left", "right_id": "right"}), "same_as", evidence.policy)


SAME_AS = Relation(name="same_as", directed=False, propose=(across_sources, _alike))
