"""Facts shared among records that are surely one."""

import polars as pl

from konvoi.kit.union import components

_SAME = 0.8
"""Probability from which two records are about one undertaking, so that values of one complete the other."""
_TOLD = ("thing", "place", "numbered", "implementer_id")


def pooled(records: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return RECORDS with good, place, number and implementer of others that are surely the same and agree.

    pairs: left_id, right_id, probability. A record's own values stay.
    """
    sure = pairs.filter(pl.col("probability") >= _SAME).select("left_id", "right_id")
    one: dict[str, str] = components(sorted(sure.iter_rows()))
    schema = dict.fromkeys(("id", "_one"), pl.String)
    of = pl.DataFrame({"id": list(one), "_one": list(one.values())}, schema=schema)
    told = records.join(of, on="id", how="left", maintain_order="left")
    agreed = [
        pl.when(pl.col("_one").is_not_null() & (pl.col(c).drop_nulls().n_unique().over("_one") == 1))
        .then(pl.col(c).drop_nulls().first().over("_one"))
        .alias(f"_{c}")
        for c in _TOLD
    ]
    filled = told.with_columns(agreed).with_columns(pl.coalesce(c, f"_{c}").alias(c) for c in _TOLD)
    return filled.drop("_one", *(f"_{c}" for c in _TOLD))
