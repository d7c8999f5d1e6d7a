"""Weights refined by judgements: shares of answers, and what whole codes weigh beside the sum of answers."""

from dataclasses import dataclass, replace

import numpy as np

from konvoi.link.weights import Weights, levels_of

FOLDS = 5
_KNOWN = 20.0
_RARE = 4.0
_SPOKEN = 0.05
_ROUNDS = 40


@dataclass(frozen=True)
class Judged:
    """How many judged pairs have a code, a density and a fold; how many of them are true.

    A fold is a part of the judged pairs that is left out when its own probabilities are reckoned.
    """

    codes: np.ndarray
    density: np.ndarray
    fold: np.ndarray
    pairs: np.ndarray
    true: np.ndarray

    def only(self, lines: np.ndarray) -> "Judged":
        """Some lines."""
        return Judged(
            self.codes[lines], self.density[lines], self.fold[lines], self.pairs[lines], self.true[lines]
        )


def refined(start: Weights, judged: Judged) -> Weights:
    """Shares as judged, as far as there are judged pairs: those of `start` count as twenty pairs.

    How many pairs belong together is not taken from them: people are shown pairs that are in doubt.
    """
    levels = levels_of(judged.codes, start.comparisons)
    sides = []
    for weight, shares in ((judged.true, start.true), (judged.pairs - judged.true, start.chance)):
        found = []
        for at, share in zip(levels, shares, strict=True):
            counted = np.bincount(at, weights=weight, minlength=len(share)) + _KNOWN * _whole(share)
            found.append(counted / counted.sum())
        sides.append(tuple(found))
    return replace(start, true=sides[0], chance=sides[1], together={}, origin="labelled", calibration=None)


def _whole(share: np.ndarray) -> np.ndarray:
    """Shares of all answers, missing among them; as declared, the others are shares of what is known."""
    if abs(share.sum() - 1) < 1e-9:
        return share
    missing = min(share[0], 0.9)
    return np.concatenate([[missing], (1 - missing) * share[1:] / share[1:].sum()])


def interacting(weights: Weights, judged: Judged) -> Weights:
    """Weights with what whole codes say beside the sum of their answers, as judged.

    A code leans on that sum as if four more pairs had been judged as it says: rare codes stay near it.
    """
    codes, at = np.unique(judged.codes, return_inverse=True)
    odds = weights.added(judged.codes) + weights.before(judged.density)
    odds += _shift(odds, judged)
    true = np.bincount(at, weights=judged.true)
    count = np.bincount(at, weights=judged.pairs)
    middle = np.bincount(at, weights=judged.pairs * odds) / count
    leaning = _RARE * _share(middle)
    extra = np.zeros(len(codes))
    for _ in range(_ROUNDS):
        share, lean = _share(odds + extra[at]), _share(middle + extra)
        over = np.bincount(at, weights=judged.pairs * share) + _RARE * lean - true - leaning
        slope = np.bincount(at, weights=judged.pairs * share * (1 - share)) + _RARE * lean * (1 - lean)
        extra -= np.clip(over / np.maximum(slope * np.log(2), 1e-9), -2, 2)
    extra = np.clip(extra, -30, 30)
    told = np.flatnonzero(np.abs(extra) >= _SPOKEN)
    return replace(weights, together={int(codes[n]): round(float(extra[n]), 4) for n in told})


def _shift(odds: np.ndarray, judged: Judged) -> float:
    """Bits by which all odds are moved, so that as many are expected to be true as were judged to be.

    People are shown pairs of their own choice: more or fewer of these are true than of all.
    """
    low, high = -60.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        short = (judged.pairs * _share(odds + middle)).sum() < judged.true.sum()
        low, high = (middle, high) if short else (low, middle)
    return low


def _share(bits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))
