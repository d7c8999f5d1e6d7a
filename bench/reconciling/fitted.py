"""Weights fitted by labels to made-up records of known truth, as a file that people read."""

from functools import cache
from pathlib import Path

from konvoi.link.keeping import taken
from konvoi.link.weights import Weights
from konvoi.reconcile.comparisons import COMPARISONS

FILE = Path(__file__).parent / "weights.toml"
"""Its head says on what it was fitted, and when."""

SURE_ENOUGH = 0.38
"""From this probability on a pair counts as found: chosen on seeds that the weights were not fitted to."""

JOIN, MEAN = 0.25, 0.25
"""Least probability of a pair that joins clusters, and of all pairs between them on average; so chosen."""


@cache
def fitted() -> Weights:
    """The weights of FILE. ValueError where it does not fit the comparisons."""
    weights, wrong = taken(FILE.read_text(encoding="utf-8"), COMPARISONS, FILE.name)
    if weights is None:
        raise ValueError("; ".join(f"{one.read}: {one.expected}" for one in wrong))
    return weights
