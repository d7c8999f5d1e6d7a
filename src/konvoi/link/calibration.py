"""Calibration of probabilities on reviewed pairs: isotonic regression, with lower bounds."""

from dataclasses import dataclass
from math import lgamma

import numpy as np
import polars as pl

CALIBRATION = pl.Schema(
    {
        "from": pl.Float64(),
        "to": pl.Float64(),
        "pairs": pl.Int64(),
        "true": pl.Int64(),
        "share": pl.Float64(),
        "lower": pl.Float64(),
    }
)
"""One line for each step, rising: probabilities from, to (of the pairs in it), how many pairs were judged and
how many of them were true, their share, and its lower bound."""

DOUBT = 0.05
"""Probability that the lower bound of one step is above the truth."""


@dataclass(frozen=True)
class Calibration:
    """An ascending step function (CALIBRATION), from computed probabilities to reviewed shares."""

    steps: pl.DataFrame

    def probabilities(self, reckoned: np.ndarray) -> np.ndarray:
        """Calibrated probabilities: the share in the middle of each step, straight lines in between.

        Below the first step no pair was reviewed: there a line falls to 0, or pairs that were never reviewed
        would be as likely as the least likely reviewed one.
        """
        middle = (self.steps["from"] + self.steps["to"]).to_numpy() / 2
        share = self.steps["share"].to_numpy()
        if middle[0] > 0:
            middle = np.append(0.0, middle)
            share = np.append(0.0, share)
        return np.asarray(np.interp(reckoned, middle, share))

    def lower(self, reckoned: np.ndarray) -> np.ndarray:
        """The lower bound of the step that each probability has reached; 0 below the first."""
        begins = self.steps["from"].to_numpy()
        bounds = np.concatenate([[0.0], np.maximum.accumulate(self.steps["lower"].to_numpy())])
        return np.asarray(bounds[np.searchsorted(begins, reckoned, side="right")])


def calibrated(
    reckoned: np.ndarray, true: np.ndarray, pairs: np.ndarray, *, as_pairs: float = 0.0
) -> Calibration:
    """Return the ascending steps that fit reviewed pairs best (pool adjacent violators); needs a pair at
    least.

    reckoned: probabilities by weights that were not fitted to these pairs. pairs: how many pairs have
    each; true: how many of them belong together. as_pairs: as how many judged pairs, spread evenly over
    these, the computed probabilities count; they affect `share`, not `pairs`, `true` and `lower`.
    Method: Ayer et al. 1955, doi:10.1214/aoms/1177728423.
    """
    if not len(reckoned):
        raise ValueError("no judged pairs")
    values, at = np.unique(reckoned.round(9), return_inverse=True)
    counts = np.bincount(at, weights=pairs)
    hits = np.bincount(at, weights=true)
    more = as_pairs / counts.sum()
    leant = hits + more * counts * values
    steps: list[list[float]] = []
    for value, *sums in zip(*(each.tolist() for each in (values, counts, hits, leant)), strict=True):
        steps.append([value, value, *sums])
        while len(steps) > 1 and steps[-1][4] * steps[-2][2] <= steps[-2][4] * steps[-1][2]:
            _, to, *last = steps.pop()
            steps[-1] = [steps[-1][0], to, *(a + b for a, b in zip(steps[-1][2:], last, strict=True))]
    rows = []
    for low, high, n, hit, drawn in steps:
        share = drawn / (n * (1 + more))
        rows.append((low, high, int(n), int(hit), share, min(share, lower_bound(int(hit), int(n)))))
    return Calibration(pl.DataFrame(rows, schema=CALIBRATION, orient="row"))


def lower_bound(hits: int, count: int, doubt: float = DOUBT) -> float:
    """The share that is so low that this many hits or more would be as rare as `doubt`.

    The exact one-sided bound of Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404.

    >>> round(lower_bound(149, 149), 4), lower_bound(0, 9)
    (0.9801, 0.0)
    """
    if hits == 0:
        return 0.0
    ways = np.arange(hits, count + 1)
    chosen = np.array([lgamma(count + 1) - lgamma(n + 1) - lgamma(count - n + 1) for n in ways.tolist()])
    low = 0.0
    high = 1.0
    for _ in range(60):
        middle = (low + high) / 2
        tail = np.exp(chosen + ways * np.log(middle) + (count - ways) * np.log1p(-middle)).sum()
        low, high = (middle, high) if tail < doubt else (low, middle)
    return low
