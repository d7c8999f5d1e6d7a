"""What stands around pairs, fitted by labels, written where it is kept."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
from bench.reconciling.around import Aspect, fitted, kept
from bench.reconciling.ours import ended, looked_at
from bench.reconciling.prepared import prepare, settings
from bench.reconciling.seen import FILE, around

from konvoi.link.match import numbered

# Drawn as the train seeds are, but none that the weights of pairs were fitted to: there they are too sure.
SETS = ((6, 60_000, 1.0), (7, 60_000, 1.0), (6, 20_000, 10.0), (7, 20_000, 10.0))
_TIES = (0.001, 0.1, 0.2, 0.3, 0.42, 0.55, 0.7, 0.8, 0.88, 0.94)
_RIVALS = (0.001, 0.05, 0.1, 0.2, 0.3, 0.42, 0.55, 0.7, 0.85)
_SUMS = (0.001, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5, 4.0, 8.0)
_MEANS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
EDGES = {
    "probability": (0.0001, 0.03, 0.05, 0.08, 0.12, 0.2, *_TIES[3:], 0.97),
    "surest go-between": _TIES,
    "go-betweens": (*_SUMS[:-1], 6.0, 9.0, 14.0),
    "strongest rival of either": _RIVALS,
    "strongest rival of both": _RIVALS,
    "rivals of either": _SUMS,
    "rivals of both": _SUMS,
    "mean tie of the looser": _MEANS,
    "mean tie of the firmer": _MEANS,
    "strongest tie of the looser": _RIVALS,
    "strongest tie of the firmer": _RIVALS,
    "records": (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0),
}
"""Where steps begin: as narrow as a set of 20,000 records fills them."""


def train(folder: Path, sets: tuple[tuple[int, int, float], ...] = SETS) -> tuple[Aspect, ...]:
    """Fit, write the file, give what stands around pairs."""
    pairs, true = zip(
        *(labelled(prepare(count, seed, dense, folder)) for seed, count, dense in sets), strict=True
    )
    aspects = fitted(pl.concat(pairs), np.concatenate(true), EDGES)
    told = ", ".join(f"seed {seed} of {count:,} records at density {dense:g}" for seed, count, dense in sets)
    today = datetime.now(UTC).date().isoformat()
    head = (
        f"# Fitted by `python -m bench.reconcile --around` on {today}: records made up by bench.pledges,\n"
        f"# {told};\n# {sum(one.height for one in pairs):,} pairs, labelled by the generator's truth. "
        "No record is a fact.\n"
    )
    FILE.write_text(head + kept(aspects), encoding="utf-8")
    return aspects


def labelled(folder: Path) -> tuple[pl.DataFrame, np.ndarray]:
    """Pairs of a prepared set with what stands around them, and whether they belong together."""
    ours = settings()
    table = pl.read_parquet(folder / "prepared.parquet")
    ids = table["id"].sort()
    pairs = around(ended(looked_at(table).pairs, ids), numbered({"records": table}, ours), ours)
    truth = pl.DataFrame({"id": ids}).join(
        pl.read_parquet(folder / "clusters.parquet"), on="id", how="left", maintain_order="left"
    )
    of = truth["cluster"].to_numpy()
    return pairs, of[pairs["a"].to_numpy()] == of[pairs["b"].to_numpy()]
