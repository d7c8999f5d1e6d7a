"""Weights fitted to the train seeds by labels, ours and the peer's, written where they are kept."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.reconciling.prepared import prepare, settings, training
from bench.record import ROOT

from bench.reconciling import peer
from konvoi.link.keeping import kept
from konvoi.link.match import match
from konvoi.link.weights import Weights
from konvoi.reconcile.fitted import FILE

SEEDS, RECORDS, FEW = (1, 2, 3, 4, 5), 60_000, 2_000
SHIPPED = ROOT / "src" / "konvoi" / "reconcile" / FILE
PEER = ROOT / "bench" / "peers" / "splink_pledges.json"


def train(folder: Path, seeds: tuple[int, ...] = SEEDS, count: int = RECORDS) -> Weights:
    """Fit, write both files, give the weights."""
    table, labels = training([prepare(count, seed, 1, folder) for seed in seeds])
    ours = replace(settings(), least=0.5, join=2.0)
    found = match(table, ours, labels=labels)
    if found.used is None:
        raise ValueError("; ".join(str(one) for one in found.findings))
    weights = replace(found.used, crowds=sparse(found.used, folder, seeds))
    looked = int(found.blocks["pairs"].sum())
    today = datetime.now(UTC).date().isoformat()
    head = (
        f"# Fitted by `python -m bench.reconcile --train` on {today}: records made up by bench.pledges, "
        f"seeds\n# {seeds[0]}-{seeds[-1]}, {count:,} records each, density 1; {looked:,} pairs in blocks, "
        "labelled by the generator's truth. No record is a fact.\n"
        f"# `crowds`: of {FEW:,} records each; only tables with few pairs lean on them.\n"
    )
    SHIPPED.write_text(head + kept(weights), encoding="utf-8")
    PEER.write_text(
        json.dumps(peer.model(ours, weights), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return weights


def sparse(weights: Weights, folder: Path, seeds: tuple[int, ...]) -> tuple[float, ...]:
    """The prior of each class of density in tables of few records: in many, more are alike by chance."""
    table, _ = training([prepare(FEW, seed, 1, folder) for seed in seeds])
    used = match(table, replace(settings(), join=2.0), weights=replace(weights, crowds=())).used
    return used.crowds if used else ()
