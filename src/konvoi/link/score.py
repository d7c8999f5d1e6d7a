"""Every code becomes a probability: by weights as given, learnt from the tables, or refined by labels."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from konvoi.link.calibration import calibrated
from konvoi.link.density import crowds
from konvoi.link.faults import contradicted
from konvoi.link.labels import Labelled
from konvoi.link.learning import Counts, among, dependent, learnt
from konvoi.link.pair_backend import Coded, Seen, Work
from konvoi.link.population import estimated, mixed
from konvoi.link.refining import FOLDS, Judged, interacting, jointly, refined
from konvoi.link.settings import Settings
from konvoi.link.weights import Weights
from konvoi.model.finding import Finding

_TIMES = 5.0
_ENOUGH = 1_000
_EXPECTED = 10.0


def scored(
    pairs: Coded, work: Work, *, start: Weights, learn: bool, labels: Labelled | None = None
) -> tuple[pl.DataFrame, Weights]:
    """Pairs (a, b, code, density, probability, lower) of record numbers at or above `least`, and weights.

    lower: the bound below the calibrated probability; null where nothing is calibrated. learn: whether
    weights may be learnt, and refined by labels, at all.
    """
    settings = work.settings
    seen = pairs.seen()
    used = start
    if learn and settings.population:
        used = estimated(start, pairs, work)
    elif learn and settings.learn and len(seen.codes):
        counts = _counts(pairs, work, seen)
        groups = dependent(counts, start.comparisons)
        used = learnt(start, counts, groups)
        used = among(used, seen.codes, seen.pairs, groups) if settings.by_density or labels else used
    if labels and learn:
        used = _refined(used, pairs.judged(labels), seen, settings)
    elif settings.by_density:
        used = _settled(used, seen)
    return pairs.probable(_probable(seen, used, settings.least)), used


def doubts(seen: Seen, weights: Weights, work: Work) -> Iterator[Finding]:
    """Yield a warning if the probabilities of all pairs add up to far more or less than the prior implies.

    Priors by class of density are found in the table itself and cannot contradict it. With fewer than
    _ENOUGH pairs, or where either sum is below _EXPECTED pairs, the difference may be chance.
    """
    if weights.crowds or not len(seen.codes):
        return
    learnt_here = weights.origin == "learnt"
    pairs = _possible(work.tables, work.settings.between) if learnt_here else int(seen.pairs.sum())
    expected = weights.prior * pairs
    found = float((weights.probabilities(seen.codes, seen.density) * seen.pairs).sum())
    ratio = max(found, _EXPECTED) / max(expected, _EXPECTED)
    if pairs >= _ENOUGH and not 1 / _TIMES <= ratio <= _TIMES:
        yield contradicted(weights.prior, found / pairs, pairs)


def _probable(seen: Seen, weights: Weights, least: float) -> pl.DataFrame:
    """The codes and densities that are probable enough: code, density, probability, lower."""
    reckoned = weights.probabilities(seen.codes, seen.density)
    stair = weights.calibration
    probable = pl.DataFrame(
        {
            "code": seen.codes,
            "density": seen.density,
            "probability": (stair.probabilities(reckoned) if stair else reckoned).round(9),
            "lower": pl.Series(stair.lower(reckoned) if stair else [None] * len(reckoned), dtype=pl.Float64),
        }
    )
    return probable.filter(pl.col("probability") >= least)


def _settled(weights: Weights, seen: Seen) -> Weights:
    """Weights with the priors that this table itself confirms, for each class of density."""
    found = crowds(weights.weighed(seen.codes), seen.density, seen.pairs, weights.crowds)
    return (
        replace(weights, crowds=found, prior=found[0]) if len(found) == 1 else replace(weights, crowds=found)
    )


def _refined(start: Weights, judged: Judged, seen: Seen, settings: Settings) -> Weights:
    """Weights as judged; calibrated on probabilities that each pair is given without its own fold."""
    if not len(judged.codes):
        return _settled(start, seen) if settings.by_density else start

    def fitted(part: Judged) -> Weights:
        weights = _settled(jointly(refined(start, part), part), seen)
        return _settled(interacting(weights, part), seen) if settings.interactions else weights

    reckoned = np.zeros(len(judged.codes))
    for fold in range(FOLDS):
        out = judged.fold == fold
        if out.any():
            weights = fitted(judged.only(~out)) if not out.all() else start
            reckoned[out] = weights.probabilities(judged.codes[out], judged.density[out])
    return replace(fitted(judged), calibration=calibrated(reckoned, judged.true, judged.pairs))


def _counts(pairs: Coded, work: Work, seen: Seen) -> Counts:
    """Return the number of pairs by code in blocks, and in an even sample of all possible pairs."""
    table = work.tables
    between = work.settings.between
    left, right = _sample(len(table), work.settings.sample)
    if between != "all":
        fitting = (table[left] == table[right]) == (between == "within")
        left = left[fitting]
        right = right[fitting]
    drawn = pairs.drawn(left, right)
    return Counts(
        codes=seen.codes,
        pairs=seen.pairs,
        sample_codes=drawn.codes,
        sample_pairs=drawn.pairs,
        possible=max(_possible(table, between), 1),
        records=len(table),
    )


def _possible(table: np.ndarray, between: str) -> int:
    """Return the number of pairs without blocking."""
    sizes = np.bincount(table).tolist()
    everything = sum(sizes) * (sum(sizes) - 1) // 2
    within = sum(n * (n - 1) // 2 for n in sizes)
    found = {"all": everything, "within": within, "across": everything - within}
    return int(found[between])


def _sample(height: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of numbers below a height; where they are too many, so many drawn by mixing bits.

    Neighbours are often twins when ids are sorted, so a draw at even distances would not do.
    """
    if height * (height - 1) // 2 <= most:
        left, right = np.triu_indices(max(height, 0), k=1)
    else:
        drawn = np.arange(2 * most, dtype=np.uint64)
        sides = [(mixed(drawn + np.uint64(salt * 2 * most)) % np.uint64(height)) for salt in (0, 1)]
        apart = sides[0] != sides[1]
        left, right = (side[apart][:most] for side in sides)
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)
