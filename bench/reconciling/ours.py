"""Our run in a process of its own: prepared table to scored pairs on disk, then clusters.

    PYTHONPATH=src python -m bench.reconciling.ours FOLDER

Prints one JSON object: seconds of the processor for block and score, and for clusters; peak of memory in MB.
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
from bench.reconciling.prepared import settings
from bench.record import peak_mb

from konvoi.link.grouping import grouped
from konvoi.link.match import match, numbered
from konvoi.reconcile.fitted import fitted


def run(folder: Path) -> dict[str, float]:
    """Score and cluster what lies prepared in a folder; write ours.parquet and ours-clusters.parquet."""
    ours, weights = settings(), fitted()
    start = time.process_time()
    table = pl.read_parquet(folder / "prepared.parquet")
    found = match(table, replace(ours, join=2.0), weights=weights)
    found.pairs.drop("evidence").write_parquet(folder / "ours.parquet")
    scored, start = time.process_time() - start, time.process_time()
    place = pl.DataFrame({"id": table["id"].sort()}).with_row_index("n")
    ends = [
        found.pairs.select(id=f"{side}_id").join(place, on="id", how="left", maintain_order="left")["n"]
        for side in ("left", "right")
    ]
    pairs = pl.DataFrame({"a": ends[0], "b": ends[1], "probability": found.pairs["probability"]})
    clusters = grouped(pairs, numbered({"records": table}, ours), ours, None)
    clusters.write_parquet(folder / "ours-clusters.parquet")
    clustered = time.process_time() - start
    looked = float(found.blocks["pairs"].sum())
    return {"score": scored, "cluster": clustered, "pairs in blocks": looked, "peak": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
