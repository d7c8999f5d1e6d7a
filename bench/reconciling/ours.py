"""Our run in a process of its own: prepared table to scored pairs on disk, then clusters.

    PYTHONPATH=src python -m bench.reconciling.ours FOLDER

Prints one JSON object: seconds of the processor for block and score, of these for what stands around pairs,
and for clusters; peak of memory in MB.
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
from bench.reconciling.fitted import fitted
from bench.reconciling.prepared import settings
from bench.reconciling.seen import JOIN, MEAN, aspects, seen_again
from bench.record import peak_mb

from konvoi.link.grouping import grouped
from konvoi.link.match import Matches, match, numbered

LOOSE, STRICT = (0.03, 0.03), (0.9, 0.5)
"""Least probability that joins, and least mean, where the total is to be the lowest, and the highest."""


def run(folder: Path) -> dict[str, float]:
    """Score and cluster what lies prepared in a folder; write ours.parquet and ours-clusters.parquet."""
    ours = settings()
    fitted()
    start = time.process_time()
    table = pl.read_parquet(folder / "prepared.parquet")
    found = looked_at(table)
    alone, begun = time.process_time() - start, time.process_time()
    records, ids = numbered({"records": table}, ours), table["id"].sort()
    scored = seen_again(ended(found.pairs, ids), records, ours, aspects())
    named(scored, ids).write_parquet(folder / "ours.parquet")
    around, begun = time.process_time() - begun, time.process_time()
    _clustered(scored, records, (JOIN, MEAN)).write_parquet(folder / "ours-clusters.parquet")
    clustered = time.process_time() - begun
    for name, bounds in (("lowest", LOOSE), ("highest", STRICT)):
        _clustered(scored, records, bounds).write_parquet(folder / f"ours-{name}.parquet")
    looked = float(found.blocks["pairs"].sum())
    return {
        "score": alone + around,
        "around": around,
        "cluster": clustered,
        "pairs in blocks": looked,
        "peak": peak_mb(),
    }


def _clustered(scored: pl.DataFrame, records: pl.DataFrame, bounds: tuple[float, float]) -> pl.DataFrame:
    return grouped(scored, records, replace(settings(), join=bounds[0], mean=bounds[1]), None)


def paired(table: pl.DataFrame) -> pl.DataFrame:
    """Pairs of records (left_id, right_id, probability) once what stands around them was seen."""
    ours, ids = settings(), table["id"].sort()
    pairs = ended(looked_at(table).pairs, ids)
    return named(seen_again(pairs, numbered({"records": table}, ours), ours, aspects()), ids)


def named(scored: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Pairs by the ids of their ends."""
    return scored.select(
        left_id=ids.gather(scored["a"]), right_id=ids.gather(scored["b"]), probability="probability"
    )


def looked_at(table: pl.DataFrame) -> Matches:
    """What each pair says by itself; clusters are not asked for."""
    return match(table, replace(settings(), join=2.0), weights=fitted())


def ended(pairs: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Pairs by the places of their ends among all ids, each once: a, b, probability."""
    place = pl.DataFrame({"id": ids}).with_row_index("n")
    left, right = (
        pairs.select(id=f"{side}_id").join(place, on="id", how="left", maintain_order="left")["n"]
        for side in ("left", "right")
    )
    told = pl.DataFrame({"left": left, "right": right, "probability": pairs["probability"]})
    ends = {"a": pl.min_horizontal("left", "right"), "b": pl.max_horizontal("left", "right")}
    return (
        told.select(**ends, probability="probability")
        .group_by("a", "b")
        .agg(pl.col("probability").max())
        .sort("a", "b")
    )


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
