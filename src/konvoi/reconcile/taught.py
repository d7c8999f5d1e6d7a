"""Weights of a workspace: as the comparisons declare them, leaning on what people judged in it."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from konvoi.link.calibration import Calibration, calibrated
from konvoi.link.coded import Seen
from konvoi.link.leaning import Told, declared, leaned
from konvoi.link.match import PAIRS, densities, match
from konvoi.link.settings import Settings
from konvoi.link.weights import Weights
from konvoi.reconcile.lessons import FOLDS

LEAST = 20
"""Fewer judged pairs teach nothing."""
RANDOM_PAIRS = 40
"""With fewer judged pairs of chance nothing is calibrated."""
CAUGHT_UP = 0.7
"""Nor where chance has not caught up with what was handed in since: so much of what it would have drawn by
now must be judged."""
AS_PAIRS = 20.0
"""As so many pairs of chance probabilities count as they were reckoned."""


@dataclass(frozen=True)
class Taught:
    """Weights as judgements left them, and what they say of judged pairs without these pairs' own part.

    pairs: PAIRS with `same`, `random`, `fold`, one line for each judged pair in a block. folds: the weights
    without each part.
    """

    weights: Weights
    pairs: pl.DataFrame
    folds: tuple[Weights, ...]


def coded(records: pl.DataFrame, asked: Settings, told: pl.DataFrame) -> pl.DataFrame:
    """The pairs of LESSONS that stand in a block, as PAIRS with `same`, `random`, `fold`; sorted.

    density: among all records, not among the judged ones alone.
    """
    ends = pl.concat([told["left"], told["right"]]).unique()
    judged = records.filter(pl.col("id").is_in(ends.implode()))
    found = match(judged, replace(asked, least=0.0)).pairs if judged.height > 1 else PAIRS.to_frame()
    if asked.population is not None and found.height:
        found = found.with_columns(density=densities(records, asked, found))
    named = told.rename({"left": "left_id", "right": "right_id"})
    return found.join(named, on=["left_id", "right_id"], how="inner").sort("left_id", "right_id")


def taught(pairs: pl.DataFrame, start: Weights, seen: Seen, least: float) -> Taught:
    """What judged PAIRS (`coded`) make of weights. seen: all pairs in blocks; least: of those shown."""
    beside = declared(start, seen, least)
    same = pairs["same"].to_numpy().astype(float)
    told = Told(pairs["code"].to_numpy(), same, np.ones(len(same)), pairs["density"].to_numpy())
    fold = pairs["fold"].to_numpy()
    folds = tuple(leaned(start, told.only(fold != n), beside) for n in range(FOLDS))
    reckoned = np.zeros(len(same))
    for n, weights in enumerate(folds):
        reckoned[fold == n] = weights.probabilities(told.codes[fold == n], told.density[fold == n])
    own = pairs.with_columns(probability=pl.Series(reckoned).round(9), lower=pl.lit(None, pl.Float64))
    return Taught(leaned(start, told, beside), own, folds)


def worth(learnt: Taught, shown: int, reach: float) -> Taught:
    """The same with what probabilities are worth, where enough pairs of chance were judged.

    shown: how many pairs are shown to people; reach: how far chance has drawn. Each pair of chance is told
    by weights that it did not teach, and tells nothing of itself.
    """
    random, same = learnt.pairs["random"].to_numpy(), learnt.pairs["same"].to_numpy().astype(float)
    if random.sum() < RANDOM_PAIRS or random.sum() < CAUGHT_UP * reach * shown:
        return learnt
    fold, reckoned = learnt.pairs["fold"].to_numpy(), learnt.pairs["probability"].to_numpy()

    def stair(chosen: np.ndarray) -> Calibration:
        return calibrated(reckoned[chosen], same[chosen], np.ones(int(chosen.sum())), as_pairs=AS_PAIRS)

    folds = [replace(one, calibration=stair(random & (fold != n))) for n, one in enumerate(learnt.folds)]
    return Taught(replace(learnt.weights, calibration=stair(random)), learnt.pairs, tuple(folds))
