"""A later report of the same source takes the place of an earlier one."""

import polars as pl

from konvoi.reconcile.cumulative_totals import to_date
from konvoi.reconcile.relation import Evidence, Found, Relation, likely


def _alike(evidence: Evidence) -> Found:
    """Pairs of one source that are alike and of different days, from the later report to the earlier."""
    left, right = (pl.struct(known=f"known_{side}", first=f"first_{side}") for side in ("left", "right"))
    later = (pl.col("known_left") > pl.col("known_right")) | (
        (pl.col("known_left") == pl.col("known_right")) & (pl.col("first_left") > pl.col("first_right"))
    )
    pairs = evidence.pairs.filter(
        pl.col("source_left") == pl.col("source_right"),
        pl.col("loose_left") == pl.col("loose_right"),
        left != right,
    )
    turned = pairs.with_columns(
        left=pl.when(later).then("left_id").otherwise("right_id"),
        right=pl.when(later).then("right_id").otherwise("left_id"),
    )
    return likely(turned, "restates", evidence.policy)


RESTATES = Relation(name="restates", directed=True, propose=(_alike, to_date))
