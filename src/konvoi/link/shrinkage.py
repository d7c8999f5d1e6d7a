"""Declared weights that lean on few judged pairs; answers of a comparison keep their order."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from konvoi.link.pair_backend import Seen
from konvoi.link.weights import Weights, bits_of, levels_of

SHOWN = 200.0
REST = 100.0
EACH = 5.0
"""Number of reviewed pairs as which the declaration counts: spread evenly over the pairs shown to people,
over all others in blocks, and beside each answer. No unreviewed pair counts for more than a reviewed one."""
_MOST = 2_000
_ROUNDS = 60
_STEP = 2.0
_STILL = 1e-7
_PLACES = 4
_NATS = float(np.log(2))


@dataclass(frozen=True)
class Told:
    """Codes of pairs, which share of them belongs together, how many pairs they count as, their density."""

    codes: np.ndarray
    same: np.ndarray
    pairs: np.ndarray
    density: np.ndarray

    def only(self, lines: np.ndarray) -> "Told":
        """Some of them."""
        return Told(self.codes[lines], self.same[lines], self.pairs[lines], self.density[lines])


def declared(start: Weights, seen: Seen, least: float) -> Told:
    """Return the weights' expectation for pairs in blocks, as SHOWN pairs at or above `least` and REST below.

    Of very many codes those that most pairs have stand for all.
    """
    codes = seen.codes
    classes = seen.density
    pairs = seen.pairs.astype(float)
    likely = start.probabilities(codes, classes)
    found = []
    for side, most in ((likely >= least, SHOWN), (likely < least, REST)):
        chosen = np.flatnonzero(side)
        chosen = np.sort(chosen[np.lexsort((classes[chosen], codes[chosen], -pairs[chosen]))][:_MOST])
        each = min(1.0, most / max(pairs[chosen].sum(), 1.0))
        found.append(Told(codes[chosen], likely[chosen], pairs[chosen] * each, classes[chosen]))
    return _both(*found)


def leaned(start: Weights, told: Told, beside: Told) -> Weights:
    """Return weights fitted to the reviewed pairs, as far as there are any.

    beside: what is `declared`. It is a logistic regression, so that it does not matter that people are shown
    pairs in doubt: it estimates the outcome of such pairs, not their number. Each answer,
    and the prior, is shrunk to its declared value (log-F, doi:10.1002/sim.6537). Of two answers of one
    comparison the one declared to weigh more never weighs less: where it would, both weigh the same (pool
    adjacent violators). Unknown values weigh nothing. Shares stay as declared, as does what whole codes weigh
    beside the sum; the priors of all classes of density move together.
    """
    if not len(told.codes):
        return start
    model = _Model.of(start, _both(told, beside))
    of = np.arange(len(model.declared))
    while True:
        bits = _fitted(model, of)
        worst = _violated(model, bits)
        if worst is None:
            break
        one, other = worst
        of[of == of[one]] = of[other]
    sizes = [len(share) for share in start.true]
    moved = float(bits[0] - bits_of(start.prior))
    return replace(
        start,
        prior=float(_share(bits[:1])[0]),
        crowds=tuple(float(one) for one in _share(bits_of(np.array(start.crowds)) + moved)),
        beside=tuple(part.round(_PLACES) for part in np.split(bits[1:], np.cumsum(sizes)[:-1])),
        judged=_counted(start, told),
        origin="judged",
        calibration=None,
    )


def _both(one: Told, other: Told) -> Told:
    return Told(
        np.concatenate([one.codes, other.codes]),
        np.concatenate([one.same, other.same]),
        np.concatenate([one.pairs, other.pairs]),
        np.concatenate([one.density, other.density]),
    )


def _counted(start: Weights, told: Told) -> tuple[np.ndarray, ...]:
    """Return the number of matching and of other pairs by answer."""
    sides = (told.same * told.pairs, (1 - told.same) * told.pairs)
    return tuple(
        np.stack([np.bincount(at, weights=side, minlength=len(share)) for side in sides], axis=1)
        for at, share in zip(levels_of(told.codes, start.comparisons), start.true, strict=True)
    )


@dataclass(frozen=True)
class _Model:
    """Parameters to fit, in bits: the prior, then every answer of every comparison.

    at: the prior and the answers of each pair, as places among all. fixed: what is not fitted. ordered: pairs
    of adjacent answers, the first with the higher declared weight. beside: terms beside the answers of each
    pair that are not fitted: density, and whole codes.
    """

    declared: np.ndarray
    at: np.ndarray
    told: Told
    fixed: np.ndarray
    ordered: tuple[tuple[int, int], ...]
    beside: np.ndarray

    @classmethod
    def of(cls, start: Weights, told: Told) -> "_Model":
        sizes = [len(share) for share in start.true]
        first = 1 + np.concatenate([[0], np.cumsum(sizes)[:-1]])
        bits = np.concatenate([[float(bits_of(start.prior))], *start.bits])
        fixed = np.zeros(len(bits), dtype=bool)
        fixed[first] = True
        ordered = [
            (begin + a, begin + b)
            for begin, each in zip(first.tolist(), start.bits, strict=True)
            for a, b in _neighbours(each)
        ]
        levels = np.stack(levels_of(told.codes, start.comparisons), axis=1) + first
        at = np.concatenate([np.zeros((len(told.codes), 1), dtype=np.int64), levels], axis=1)
        beside = start.weighed(told.codes) - start.added(told.codes) + start.before(told.density) - bits[0]
        return cls(bits, at, told, fixed, tuple(ordered), np.asarray(beside))


def _neighbours(bits: np.ndarray) -> list[tuple[int, int]]:
    known = bits.tolist()[1:]
    below = dict(pairwise(sorted(set(known), reverse=True)))
    return [
        (a, b)
        for a, more in enumerate(known, start=1)
        for b, less in enumerate(known, start=1)
        if below.get(more) == less
    ]


def _violated(model: _Model, bits: np.ndarray) -> tuple[int, int] | None:
    """The neighbours that stand most against their order; None where all keep it."""
    against = [(float(bits[b] - bits[a]), -a, -b) for a, b in model.ordered]
    short, a, b = max(against, default=(0.0, 0, 0))
    return (-a, -b) if short > _STILL else None


def _fitted(model: _Model, of: np.ndarray) -> np.ndarray:
    """Return the best fitting bits of each answer (Newton's method); of: groups of answers with one value."""
    width = len(model.declared)
    gather = np.zeros((width, width))
    gather[np.arange(width), of] = 1
    bits = (gather.T @ model.declared / np.maximum(gather.sum(axis=0), 1))[of]
    seen = np.zeros((len(model.at), width))
    np.put_along_axis(seen, model.at, 1.0, axis=1)
    seen = seen @ gather
    free = np.unique(of[~model.fixed])
    pairs = model.told.pairs
    moved = np.zeros(width)
    for _ in range(_ROUNDS):
        share = _share(bits[model.at].sum(axis=1) + model.beside)
        lean = _share(bits - model.declared)
        slope = seen.T @ (pairs * (share - model.told.same)) + gather.T @ (EACH * (lean - 0.5))
        bend = (seen.T * (pairs * share * (1 - share))) @ seen
        bend += np.diag(gather.T @ (EACH * lean * (1 - lean)))
        step = np.linalg.solve(bend[np.ix_(free, free)], slope[free]) / _NATS
        moved[free] = np.clip(step, -_STEP, _STEP)
        bits = bits - np.where(model.fixed, 0.0, moved[of])
        if np.abs(step).max() < _STILL:
            break
    return np.asarray(bits)


def _share(bits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))
