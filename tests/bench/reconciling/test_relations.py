"""With the true clusters, rules find lines, payments and totals to date in a small set, and seldom err."""

from pathlib import Path

import polars as pl
from bench.reconciling.relations import all_relations

from bench.reconciling import measures


def test_rules_over_true_clusters(small: Path) -> None:
    truth = pl.read_parquet(small / "clusters.parquet").select("id", pl.col("cluster").cast(pl.String))
    records = pl.read_parquet(small / "prepared.parquet").join(truth, on="id")
    records = records.join(pl.read_parquet(small / "besides.parquet"), on="id")
    told = measures.of_relations(all_relations(records), pl.read_parquet(small / "pairs.parquet"))
    assert told["line"]["F1"] > 0.95
    assert told["version"]["F1"] > 0.95
    assert told["payment"]["F1"] > 0.7
