"""Weights learnt from the tables alone: Fellegi and Sunter's model, by expectation and maximisation."""

from dataclasses import dataclass, replace

import numpy as np

from konvoi.link.comparison import Codes, Comparison
from konvoi.link.weights import Weights, levels_of

_ROUNDS = 500
_STILL = 1e-7
_LEAST = 1e-5


@dataclass(frozen=True)
class Counts:
    """How often each code was seen: among the pairs of blocks, and in a sample of all pairs."""

    codes: np.ndarray
    pairs: np.ndarray
    sample_codes: np.ndarray
    sample_pairs: np.ndarray
    possible: int


def learnt(start: Weights, counts: Counts) -> Weights:
    """Shares and prior that fit the tables best, from codes alone (Fellegi and Sunter's model, by EM).

    What chance gives comes from a sample of all pairs, less the true ones that it is expected to hold: in a
    small table they are most of those that are alike. What true pairs give, and how many of all possible
    pairs they are, is found over the pairs of blocks; both in rounds. `missing` says nothing either way.
    """
    chance = _shares(counts.sample_codes, counts.sample_pairs.astype(float), start.comparisons)
    now = Weights(start.comparisons, min(start.prior, 0.5), start.true, _quiet(start.true, chance)[1])
    levels = levels_of(counts.codes, start.comparisons)
    for _ in range(_ROUNDS):
        expected = now.probabilities(counts.codes) * counts.pairs
        total = max(float(expected.sum()), _LEAST)
        others = (1 - now.probabilities(counts.sample_codes)) * counts.sample_pairs
        chance = _shares(counts.sample_codes, others, start.comparisons)
        true = tuple(_share(at, expected, len(c)) for at, c in zip(levels, chance, strict=True))
        true, quiet = _quiet(true, chance)
        prior = min(max(total / counts.possible, 1 / (10 * counts.possible)), 0.5)
        moved = max(float(np.abs(a - b).max()) for a, b in zip(true, now.true, strict=True))
        now = Weights(start.comparisons, prior, true, quiet, origin="learnt")
        if moved < _STILL:
            break
    return now


def among(weights: Weights, codes: np.ndarray, pairs: np.ndarray) -> Weights:
    """Weights whose shares and prior are of the pairs in blocks alone, as they divide these.

    Of the pairs in blocks even the false ones are alike in what the blocks ask for.
    """
    share = weights.probabilities(codes)
    levels = levels_of(codes, weights.comparisons)
    true, chance = (
        tuple(_share(at, part, len(c)) for at, c in zip(levels, weights.chance, strict=True))
        for part in (share * pairs, (1 - share) * pairs)
    )
    prior = min(max(float((share * pairs).sum() / pairs.sum()), _LEAST), 0.5)
    even, chance = _quiet(true, chance)
    return replace(weights, prior=prior, true=even, chance=chance)


def _shares(
    codes: np.ndarray, pairs: np.ndarray, comparisons: tuple[Comparison, ...]
) -> tuple[np.ndarray, ...]:
    sizes = Codes(comparisons).sizes
    levels = levels_of(codes, comparisons)
    return tuple(_share(at, pairs, size) for at, size in zip(levels, sizes, strict=True))


def _share(levels: np.ndarray, pairs: np.ndarray, size: int) -> np.ndarray:
    """The share of each level above missing among the known, none of them 0; that of missing among all."""
    counted = np.bincount(levels, weights=pairs, minlength=size)
    known = np.maximum(counted[1:], _LEAST * max(counted.sum(), 1))
    missing = max(counted[0] / max(counted.sum(), _LEAST), _LEAST)
    return np.concatenate([[missing], known / known.sum()])


def _quiet(
    true: tuple[np.ndarray, ...], chance: tuple[np.ndarray, ...]
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Both shares with `missing` weighing nothing."""
    even = tuple(np.concatenate([c[:1], t[1:]]) for t, c in zip(true, chance, strict=True))
    return even, chance
