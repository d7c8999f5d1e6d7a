"""What a probability was worth on judged pairs: isotonic regression, and how far it may be below that."""

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
"""How often the lower bound of one step may be above the truth."""


@dataclass(frozen=True)
class Calibration:
    """A rising stair of CALIBRATION, from probabilities as reckoned to shares as judged."""

    steps: pl.DataFrame

    def probabilities(self, reckoned: np.ndarray) -> np.ndarray:
        """Calibrated probabilities: the share in the middle of each step, straight lines in between."""
        middle = (self.steps["from"] + self.steps["to"]).to_numpy() / 2
        return np.asarray(np.interp(reckoned, middle, self.steps["share"].to_numpy()))

    def lower(self, reckoned: np.ndarray) -> np.ndarray:
        """The lower bound of the step that each probability has reached; 0 below the first."""
        begins = self.steps["from"].to_numpy()
        bounds = np.concatenate([[0.0], np.maximum.accumulate(self.steps["lower"].to_numpy())])
        return np.asarray(bounds[np.searchsorted(begins, reckoned, side="right")])


def calibrated(reckoned: np.ndarray, true: np.ndarray, pairs: np.ndarray) -> Calibration:
    """The rising stair that fits judged pairs best (pool adjacent violators); at least one pair is needed.

    reckoned: probabilities, by weights that were not learnt from these pairs. pairs: how many pairs have
    each; true: how many of them belong together. Method: Ayer et al. 1955, doi:10.1214/aoms/1177728423.
    """
    if not len(reckoned):
        raise ValueError("no judged pairs")
    values, at = np.unique(reckoned.round(9), return_inverse=True)
    counts, hits = np.bincount(at, weights=pairs), np.bincount(at, weights=true)
    steps: list[list[float]] = []
    for value, count, hit in zip(values.tolist(), counts.tolist(), hits.tolist(), strict=True):
        steps.append([value, value, count, hit])
        while len(steps) > 1 and steps[-1][3] * steps[-2][2] <= steps[-2][3] * steps[-1][2]:
            _, to, more, found = steps.pop()
            steps[-1] = [steps[-1][0], to, steps[-1][2] + more, steps[-1][3] + found]
    rows = [
        (low, high, int(n), int(hit), hit / n, lower_bound(int(hit), int(n))) for low, high, n, hit in steps
    ]
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
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        tail = np.exp(chosen + ways * np.log(middle) + (count - ways) * np.log1p(-middle)).sum()
        low, high = (middle, high) if tail < doubt else (low, middle)
    return low
