"""Weights of a workspace: those declared by comparisons, refined by its review decisions."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import polars as pl

from konvoi.link.calibration import Calibration, calibrated
from konvoi.link.match import PAIRS, densities, match
from konvoi.link.pair_backend import Seen
from konvoi.link.settings import Settings
from konvoi.link.shrinkage import Told, declared, leaned
from konvoi.link.weights import Weights
from konvoi.model.calibration import CalibrationState
from konvoi.reconcile.training_pairs import FOLDS, Lessons

LEAST = 20
"""Fewer judged pairs teach nothing."""
RANDOM_PAIRS = 40
"""With fewer randomly drawn pairs reviewed nothing is calibrated."""
CAUGHT_UP = 0.7
"""Nor where the random sample has not caught up with records added since: it must hold this share of the
pairs that stand so early in its order."""
ENOUGH = 120
"""So many randomly drawn pairs suffice whatever was added since."""
AS_PAIRS = 20.0
"""Number of random pairs as which the computed probabilities count."""


@dataclass(frozen=True)
class Taught:
    """Weights after judgements, and their scores of judged pairs without these pairs' own part.

    pairs: PAIRS with `same`, `random`, `fold`, `place`, one row for each judged pair in a block. folds: the
    weights without each part. shown: number of pairs shown without any judgement.
    """

    weights: Weights
    pairs: pl.DataFrame
    folds: tuple[Weights, ...]
    shown: int


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
    """Return the weights refined by judged PAIRS (`coded`). seen: pairs in blocks; least: of those shown."""
    beside = declared(start, seen, least)
    same = pairs["same"].to_numpy().astype(float)
    told = Told(pairs["code"].to_numpy(), same, np.ones(len(same)), pairs["density"].to_numpy())
    fold = pairs["fold"].to_numpy()
    folds = tuple(leaned(start, told.only(fold != n), beside) for n in range(FOLDS))
    reckoned = np.zeros(len(same))
    for n, weights in enumerate(folds):
        reckoned[fold == n] = weights.probabilities(told.codes[fold == n], told.density[fold == n])
    own = pairs.with_columns(probability=pl.Series(reckoned).round(9), lower=pl.lit(None, pl.Float64))
    first = start.probabilities(seen.codes, seen.density) >= least
    return Taught(leaned(start, told, beside), own, folds, int(seen.pairs[first].sum()))


def lacking(places: np.ndarray, shown: int) -> int:
    """Return the number of further randomly drawn pairs to review before probabilities are calibrated.

    places: those of the reviewed pairs of the random sample, from 0 to 1. shown: pairs shown before any
    judgement. The result uses the beginning of the sample's order, where it is best covered, and nothing that
    judgements change: so further reviews never remove a calibration; only further records do.

    >>> lacking(np.arange(1, 31) / 100, 100), lacking(np.arange(1, 41) / 100, 100)
    (10, 0)
    >>> lacking(np.arange(1, 41) / 100, 300), lacking(np.arange(1, 121) / 120, 9_000)
    (44, 0)
    """
    ordered = np.sort(places)
    reviewed = len(ordered)
    count = np.arange(1, reviewed + 1)
    covered = (count >= RANDOM_PAIRS) & (count >= CAUGHT_UP * ordered * shown)
    if reviewed >= ENOUGH or covered.any():
        return 0
    behind = ceil(CAUGHT_UP * ordered[-1] * shown) - reviewed if reviewed else 0
    return max(RANDOM_PAIRS - reviewed, min(behind, ENOUGH - reviewed))


def state(lessons: Lessons, learnt: Taught | None) -> CalibrationState:
    """Return the extent to which probabilities rest on reviewed pairs."""
    sample = (lessons.told if learnt is None else learnt.pairs).filter("random")
    needed = lacking(sample["place"].to_numpy(), 0 if learnt is None else learnt.shown)
    calibrated = learnt is not None and learnt.weights.calibration is not None
    # Pairs outside of all blocks teach nothing, however many are reviewed.
    return CalibrationState(calibrated, sample.height, 0 if calibrated else max(needed, 1))


def worth(learnt: Taught) -> Taught:
    """Return weights with calibrated probabilities, where enough randomly drawn pairs were reviewed.

    Each pair of the random sample is scored by weights that were fitted without it.
    """
    random = learnt.pairs["random"].to_numpy()
    same = learnt.pairs["same"].to_numpy().astype(float)
    if lacking(learnt.pairs.filter("random")["place"].to_numpy(), learnt.shown):
        return learnt
    fold = learnt.pairs["fold"].to_numpy()
    reckoned = learnt.pairs["probability"].to_numpy()

    def stair(chosen: np.ndarray) -> Calibration:
        return calibrated(reckoned[chosen], same[chosen], np.ones(int(chosen.sum())), as_pairs=AS_PAIRS)

    folds = [replace(one, calibration=stair(random & (fold != n))) for n, one in enumerate(learnt.folds)]
    return replace(learnt, weights=replace(learnt.weights, calibration=stair(random)), folds=tuple(folds))
