"""Weights refined by judgements: shares of answers, and what whole codes weigh beside the sum of answers."""

from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

import numpy as np

from konvoi.link.weights import Weights, levels_of

FOLDS = 5
_KNOWN = 20.0
_RARE = 4.0
_SPOKEN = 0.05
_ROUNDS = 40
_MOST = 10.0
_STILL = 1e-5


@dataclass(frozen=True)
class Judged:
    """Number of reviewed pairs by code, density and fold, and of those that are true.

    A fold is a part of the reviewed pairs that is left out when its own probabilities are computed.
    """

    codes: np.ndarray
    density: np.ndarray
    fold: np.ndarray
    pairs: np.ndarray
    true: np.ndarray

    def whole(self) -> "Judged":
        """Return the same without folds: one line for each code and density."""
        kinds, at = np.unique(np.stack([self.codes, self.density]), axis=1, return_inverse=True)
        pairs, true = (np.bincount(at.ravel(), weight) for weight in (self.pairs, self.true))
        return Judged(kinds[0], kinds[1], np.zeros_like(kinds[0]), pairs, true)

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
    told = replace(start, true=sides[0], chance=sides[1], together={}, beside=())
    return replace(told, origin="labelled", calibration=None)


def _whole(share: np.ndarray) -> np.ndarray:
    """Shares of all answers, missing among them; as declared, the others are shares of what is known."""
    if abs(share.sum() - 1) < 1e-9:
        return share
    missing = min(share[0], 0.9)
    return np.concatenate([[missing], (1 - missing) * share[1:] / share[1:].sum()])


def jointly(weights: Weights, judged: Judged) -> Weights:
    """Return weights of answers beside the others, fitted to reviewed pairs (logistic regression).

    If, say, one source always means one good, either answer would otherwise count for both. Each weight is
    shrunk to its own with a standard deviation of one bit; answers of few pairs stay near it. The first
    answer, which is the best one, never weighs less than a missing value.
    """
    judged = judged.whole()
    sizes = [len(share) for share in weights.true]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    at = np.stack(levels_of(judged.codes, weights.comparisons), axis=1) + first
    alone = np.clip(np.concatenate(weights.bits), -_MOST, _MOST)
    of = np.arange(len(alone))
    while True:
        bits = _regressed(of[at], alone, judged)[of]
        less = first[(bits[first] > bits[first + 1]) & (of[first] == first)]
        if not len(less):
            break
        of[less] = less + 1
    return replace(weights, beside=tuple(np.split(np.clip(bits, -_MOST, _MOST).round(4), first[1:])))


def _regressed(at: np.ndarray, alone: np.ndarray, judged: Judged) -> np.ndarray:
    """The bits of each answer that fit the judged pairs best (Newton's method); at: the answers of each."""
    before = _before(judged)
    bits = alone.copy()
    for _ in range(_ROUNDS):
        share = _share(before + bits[at].sum(axis=1))
        over = judged.pairs * share - judged.true
        slope = np.log(2) * np.bincount(at.ravel(), np.repeat(over, at.shape[1]), len(bits))
        bend = np.log(2) ** 2 * _crossed(at, judged.pairs * share * (1 - share), len(bits))
        step = np.linalg.solve(bend + np.eye(len(bits)), slope + bits - alone)
        bits -= np.clip(step, -2, 2)
        if np.abs(step).max() < _STILL:
            break
    return bits


def _before(judged: Judged) -> np.ndarray:
    """The odds of each pair before any answer, in bits: of those judged in its class of density."""
    true, pairs = (np.bincount(judged.density, weights=w) for w in (judged.true, judged.pairs))
    whole = judged.true.sum() / judged.pairs.sum()
    share = np.clip((true + _KNOWN * whole) / (pairs + _KNOWN), 1e-9, 1 - 1e-9)
    return np.asarray(np.log2(share / (1 - share))[judged.density])


def _crossed(at: np.ndarray, weight: np.ndarray, width: int) -> np.ndarray:
    """The weight of the rows that gave each two answers; at: the answers of each row."""
    found = np.zeros((width, width))
    for one, other in combinations_with_replacement(range(at.shape[1]), 2):
        both = at[:, one] * width + at[:, other]
        counted = np.bincount(both, weight, width * width).reshape(width, width)
        found += counted if one == other else counted + counted.T
    return found


def interacting(weights: Weights, judged: Judged) -> Weights:
    """Return weights with extra terms of whole codes beside the sum of their answers, from reviewed pairs.

    A code is shrunk to that sum as if four more pairs had been reviewed accordingly: rare codes stay near it.
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
        share = _share(odds + extra[at])
        lean = _share(middle + extra)
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
    low = -60.0
    high = 60.0
    for _ in range(60):
        middle = (low + high) / 2
        short = (judged.pairs * _share(odds + middle)).sum() < judged.true.sum()
        low, high = (middle, high) if short else (low, middle)
    return low


def _share(bits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))
