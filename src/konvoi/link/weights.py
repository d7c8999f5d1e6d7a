"""What each answer weighs: readable shares, given or learnt from the tables themselves."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.link.comparison import Codes, Comparison

WEIGHTS = pl.Schema(
    {
        "comparison": pl.String(),
        "level": pl.Int64(),
        "label": pl.String(),
        "true": pl.Float64(),
        "chance": pl.Float64(),
        "bits": pl.Float64(),
    }
)
"""One line for each answer to each comparison; bits: the base-2 logarithm of true over chance."""

_ROUNDS = 500
_STILL = 1e-7
_LEAST = 1e-5


@dataclass(frozen=True)
class Weights:
    """The prior and, for each comparison, the shares of each answer among true and among other pairs."""

    comparisons: tuple[Comparison, ...]
    prior: float
    true: tuple[np.ndarray, ...]
    chance: tuple[np.ndarray, ...]

    @property
    def bits(self) -> tuple[np.ndarray, ...]:
        """What each answer adds, in bits."""
        return tuple(np.log2(t / c) for t, c in zip(self.true, self.chance, strict=True))

    def probabilities(self, codes: np.ndarray) -> np.ndarray:
        """The probability that a pair with a code belongs together, one for each code."""
        total = np.full(len(codes), np.log2(self.prior / (1 - self.prior)))
        for bits, levels in zip(self.bits, levels_of(codes, self.comparisons), strict=True):
            total += bits[levels]
        return np.asarray(1 / (1 + np.exp2(-np.clip(total, -60, 60))))

    def table(self) -> pl.DataFrame:
        """The weights in a form that people read and a run keeps (WEIGHTS)."""
        rows = [
            (comparison.name, n, answer.label, float(t), float(c), float(np.log2(t / c)))
            for comparison, true, chance in zip(self.comparisons, self.true, self.chance, strict=True)
            for n, (answer, t, c) in enumerate(zip(comparison.answers, true, chance, strict=True))
        ]
        return pl.DataFrame(rows, schema=WEIGHTS, orient="row")


def given(comparisons: tuple[Comparison, ...], prior: float) -> Weights:
    """The weights that the levels themselves declare."""
    true = tuple(np.array([a.true for a in c.answers]) for c in comparisons)
    chance = tuple(np.array([a.chance for a in c.answers]) for c in comparisons)
    return Weights(comparisons, prior, true, chance)


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

    What chance gives comes from a sample of all pairs and stays; what true pairs give, and how many of all
    possible pairs they are, is found in rounds over the pairs of blocks. `missing` says nothing either way.
    """
    chance = _shares(counts.sample_codes, counts.sample_pairs.astype(float), start.comparisons)
    now = Weights(start.comparisons, min(start.prior, 0.5), start.true, _quiet(start.true, chance)[1])
    levels = levels_of(counts.codes, start.comparisons)
    for _ in range(_ROUNDS):
        expected = now.probabilities(counts.codes) * counts.pairs
        total = max(float(expected.sum()), _LEAST)
        true = tuple(_share(at, expected, len(c)) for at, c in zip(levels, chance, strict=True))
        true, quiet = _quiet(true, chance)
        prior = min(max(total / counts.possible, 1 / (10 * counts.possible)), 0.5)
        moved = max(float(np.abs(a - b).max()) for a, b in zip(true, now.true, strict=True))
        now = Weights(start.comparisons, prior, true, quiet)
        if moved < _STILL:
            break
    return now


def levels_of(codes: np.ndarray, comparisons: tuple[Comparison, ...]) -> list[np.ndarray]:
    """The level of each code in each comparison."""
    found, rest = [], codes.astype(np.int64)
    for size in Codes(comparisons).sizes:
        found.append(rest % size)
        rest = rest // size
    return found


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
