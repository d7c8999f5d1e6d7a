"""Weights fitted to the train seeds by labels, ours and the peer's, written where they are kept."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from bench.reconciling.prepared import prepare, settings, training
from bench.record import ROOT

from bench.reconciling import peer
from konvoi.link.keeping import kept
from konvoi.link.match import match
from konvoi.link.weights import Weights
from konvoi.reconcile.fitted import FILE

SEEDS, RECORDS = (1, 2, 3, 4, 5), 60_000
SHIPPED = ROOT / "src" / "konvoi" / "reconcile" / FILE
PEER = ROOT / "bench" / "peers" / "splink_pledges.json"
_OFTEN, _SPOKEN = 5, 0.3


def train(folder: Path, seeds: tuple[int, ...] = SEEDS, count: int = RECORDS) -> Weights:
    """Fit, write both files, give the weights."""
    table, labels = training([prepare(count, seed, 1, folder) for seed in seeds])
    ours = replace(settings(), least=0.5, join=2.0)
    found = match(table, ours, labels=labels)
    if found.used is None:
        raise ValueError("; ".join(str(one) for one in found.findings))
    # Which codes are often is counted on one seed: all pairs of all seeds would not fit into memory.
    one = pl.read_parquet(prepare(count, seeds[0], 1, folder) / "prepared.parquet")
    seen = match(one, replace(ours, least=0.0), weights=found.used)
    weights = often(found.used, seen.pairs["code"])
    looked = int(found.blocks["pairs"].sum())
    today = datetime.now(UTC).date().isoformat()
    head = (
        f"# Fitted by `python -m bench.reconcile --train` on {today}: records made up by bench.pledges, "
        f"seeds\n# {seeds[0]}-{seeds[-1]}, {count:,} records each, density 1; {looked:,} pairs in blocks, "
        "labelled by the generator's truth. No record is a fact.\n"
        f"# Whole codes weigh besides where {_OFTEN} pairs or more of the first seed gave them.\n"
    )
    SHIPPED.write_text(head + kept(weights), encoding="utf-8")
    PEER.write_text(
        json.dumps(peer.model(ours, weights), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return weights


def often(weights: Weights, codes: pl.Series) -> Weights:
    """Weights whose whole codes weigh besides only where enough pairs gave them, and by enough."""
    counted = codes.value_counts().filter(pl.col("count") >= _OFTEN)
    known = set(counted["code"].to_list())
    together = {c: bits for c, bits in weights.together.items() if c in known and abs(bits) >= _SPOKEN}
    return replace(weights, together=together)
