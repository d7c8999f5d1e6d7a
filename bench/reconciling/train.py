"""Weights fitted to the train seeds by labels, ours and the peer's, written where they are kept."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from bench.reconciling.fitted import FILE
from bench.reconciling.prepared import prepare, settings, training
from bench.record import ROOT

from bench.reconciling import peer
from konvoi.link.keeping import kept
from konvoi.link.match import match
from konvoi.link.weights import Weights, levels_of

LENT = (("good", "goods of nearly the same name", "same kind of goods, by their descriptions"),)
"""Comparison, an answer that made-up records hardly ever give, and the one whose weight it is lent: the
lexicon knows all kinds of goods that the generator names, and of real ones only some."""
SEEDS, RECORDS, FEW = (1, 2, 3, 4, 5), 60_000, 2_000
PEER = ROOT / "bench" / "peers" / "splink_pledges.json"


def train(folder: Path, seeds: tuple[int, ...] = SEEDS, count: int = RECORDS) -> Weights:
    """Fit, write both files, give the weights."""
    table, labels = training([prepare(count, seed, 1, folder) for seed in seeds])
    ours = replace(settings(), least=0.5, join=2.0)
    found = match(table, ours, labels=labels)
    if found.used is None:
        raise ValueError("; ".join(str(one) for one in found.findings))
    weights = lent(replace(found.used, crowds=sparse(found.used, folder, seeds)))
    looked = int(found.blocks["pairs"].sum())
    today = datetime.now(UTC).date().isoformat()
    head = (
        f"# Fitted by `python -m bench.reconcile --train` on {today}: records made up by bench.pledges, "
        f"seeds\n# {seeds[0]}-{seeds[-1]}, {count:,} records each, density 1; {looked:,} pairs in blocks, "
        "labelled by the generator's truth. No record is a fact.\n"
        f"# `crowds`: of {FEW:,} records each; only tables with few pairs lean on them.\n"
        "# An answer about goods that made-up records hardly ever give weighs as the one below it (LENT in\n"
        "# bench/reconciling/train.py).\n"
    )
    FILE.write_text(head + kept(weights), encoding="utf-8")
    PEER.write_text(
        json.dumps(peer.model(ours, weights), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return weights


def sparse(weights: Weights, folder: Path, seeds: tuple[int, ...]) -> tuple[float, ...]:
    """The prior of each class of density in tables of few records: in many, more are alike by chance."""
    table, _ = training([prepare(FEW, seed, 1, folder) for seed in seeds])
    used = match(table, replace(settings(), join=2.0), weights=replace(weights, crowds=())).used
    return used.crowds if used else ()


def lent(weights: Weights) -> Weights:
    """The same with LENT; whole codes that were seen weigh as before."""
    bits = [each.copy() for each in weights.bits]
    codes = np.array(sorted(weights.together), dtype=np.int64)
    levels, extra = levels_of(codes, weights.comparisons), [weights.together[int(code)] for code in codes]
    moved = np.array(extra)
    for name, answer, other in LENT:
        at = [comparison.name for comparison in weights.comparisons].index(name)
        labels = [each.label for each in weights.comparisons[at].answers]
        rare, like = labels.index(answer), labels.index(other)
        moved -= np.where(levels[at] == rare, bits[at][like] - bits[at][rare], 0)
        bits[at][rare] = bits[at][like]
    together = dict(zip(codes.tolist(), moved.round(4).tolist(), strict=True))
    return replace(weights, beside=tuple(bits), together=together)
