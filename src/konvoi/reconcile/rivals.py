"""Rivals: records of one source in one document that are like the same record; mostly one of them is."""

import polars as pl

from konvoi.link.match import PAIRS

RIVAL = 0.4
"""Weight of the odds of another record of one document against a pair.

1 would mean that no document states a commitment twice; some do. Of 0.1 to 1, 0.4 leaves the least
calibration error over both generators of bench.reconcile (development seed 11).
"""
RIVALS = "rivals"
"""In evidence: by how much rivals move a probability, in bits."""
_SURE = 1e6


def against_rivals(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Return pairs (PAIRS) as likely as their rivals leave them.

    A document mostly states a commitment once, so that the nearest of a series of like ones stands out.
    Judged pairs that calibrate probabilities take the place of this.
    """
    of = records.select("id", document=pl.concat_str("source", "submission", separator="\0").fill_null("id"))
    found = pairs
    for side in ("left", "right"):
        found = found.join(
            of.rename({"id": f"{side}_id", "document": f"_{side}"}), on=f"{side}_id", how="left",
            maintain_order="left",
        )  # fmt: skip
    odds = pl.col("probability") / (1 - pl.col("probability"))
    found = found.with_columns(_odds=pl.min_horizontal(odds, pl.lit(_SURE))).with_row_index("_n")
    ways = (("left_id", "_right"), ("right_id", "_left"))
    ends = pl.concat([found.select("_n", "_odds", one=one, other=other) for one, other in ways])
    others = (pl.col("_odds").sum().over("one", "other") - pl.col("_odds")).clip(lower_bound=0.0)
    rivals = ends.with_columns(_others=others).group_by("_n").agg(pl.col("_others").sum())
    moved = pl.col("_odds") / (1 + pl.col("_odds") + RIVAL * pl.col("_others"))
    kept = pl.when(pl.col("_others") > 0).then(moved.round(9)).otherwise("probability")
    return (
        found.join(rivals, on="_n", how="left", maintain_order="left")
        .with_columns(probability=kept)
        .select(list(PAIRS))
        .sort("probability", "left_id", "right_id", descending=[True, False, False])
    )
