"""Weights learnt from the tables alone: Fellegi and Sunter's model, by expectation and maximisation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod

import numpy as np

from konvoi.kit.union import components
from konvoi.link.comparison import Codes, Comparison
from konvoi.link.weights import Weights, levels_of

_ROUNDS = 500
_STILL = 1e-7
_LEAST = 1e-5
_EACH = 1.0
_SPOKEN = 0.01
_MOST = 100_000

Groups = tuple[tuple[int, ...], ...]
"""Places of comparisons that are counted together."""


@dataclass(frozen=True)
class Counts:
    """Counts of each code: among the pairs of blocks, and in a sample of all pairs.

    possible: how many pairs there are without blocking; records: how many records.
    """

    codes: np.ndarray
    pairs: np.ndarray
    sample_codes: np.ndarray
    sample_pairs: np.ndarray
    possible: int
    records: int = 0


def dependent(counts: Counts, comparisons: tuple[Comparison, ...]) -> Groups:
    """Return groups of comparisons that agree together more often than true pairs can explain.

    Counted among pairs of which every other known answer is the worst one. Where two comparisons give their
    best answer there more often than each by itself makes expected, by more pairs than there are records,
    these pairs are no duplicates: the two depend on one another, as first name and surname do where many
    people bear one full name.
    """
    levels = np.stack(levels_of(counts.sample_codes, comparisons))
    if not levels.size or not counts.records:
        return ()
    worst = np.array(Codes(comparisons).sizes)[:, None] - 1
    apart = levels == worst
    unknown = levels == 0
    pairs = counts.sample_pairs * (counts.possible / max(counts.sample_pairs.sum(), 1))
    found = []
    for one, other in combinations(range(len(comparisons)), 2):
        rest = np.ones(len(comparisons), dtype=bool)
        rest[[one, other]] = False
        kept = (apart | unknown)[rest].all(axis=0) & apart[rest].any(axis=0)
        kept &= ~unknown[one] & ~unknown[other]
        first = levels[one][kept] == 1
        second = levels[other][kept] == 1
        weight = pairs[kept]
        both = float(weight[first & second].sum())
        chance = float(weight[first].sum() * weight[second].sum()) / max(float(weight.sum()), _LEAST)
        if both - chance > _EACH * counts.records:
            found.append((one, other))
    return _joined(found, comparisons)


def _joined(pairs: list[tuple[int, int]], comparisons: tuple[Comparison, ...]) -> Groups:
    """Groups that hold these pairs; those with too many answers to be counted are left out."""
    of = components(pairs)
    groups = [tuple(sorted(one for one in of if of[one] == root)) for root in sorted(set(of.values()))]
    sizes = Codes(comparisons).sizes
    return tuple(group for group in groups if prod(sizes[n] for n in group) <= _MOST)


def learnt(start: Weights, counts: Counts, groups: Groups = ()) -> Weights:
    """Return shares and prior that fit the tables best, from codes alone (Fellegi and Sunter's model, by EM).

    Chance agreement is estimated from a sample of all pairs, less the true ones expected in it: in a small
    table they are most of the similar ones. The answers of true pairs, and their share of all possible pairs,
    are estimated over the pairs of blocks; both in rounds. `missing` weighs nothing either way.
    Comparisons of one of the `groups` (`dependent`) are counted together where all are known; what their
    answers weigh beside the sum is in `together`.
    """
    chance = _shares(counts.sample_codes, counts.sample_pairs.astype(float), start.comparisons)
    now = Weights(start.comparisons, min(start.prior, 0.5), start.true, _quiet(start.true, chance)[1])
    levels = levels_of(counts.codes, start.comparisons)
    whole = np.union1d(counts.codes, counts.sample_codes) if groups else counts.codes[:0]
    if groups:
        alone = counts.sample_pairs.astype(float)
        now = replace(now, together=_beside(now, groups, whole, None, (counts.sample_codes, alone)))
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
        if groups:
            sides = (counts.codes, expected), (counts.sample_codes, others)
            now = replace(now, together=_beside(now, groups, whole, *sides))
        if moved < _STILL:
            break
    return now


def _beside(
    weights: Weights,
    groups: Groups,
    codes: np.ndarray,
    true: tuple[np.ndarray, np.ndarray] | None,
    chance: tuple[np.ndarray, np.ndarray],
) -> Mapping[int, float]:
    """Return for each code what its groups of answers weigh beside their sum, in bits.

    true, chance: codes with the weight that each has among pairs that belong together and among others. A
    side that is not given is as if the answers did not depend on one another there.
    """
    comparisons = weights.comparisons
    sizes = Codes(weights.comparisons).sizes
    levels = levels_of(codes, comparisons)
    total = np.zeros(len(codes))
    for group in groups:
        width = prod(sizes[n] for n in group)
        at = _number(levels, group, sizes)
        known = np.all([levels[n] > 0 for n in group], axis=0)
        for side, shares, sign in ((true, weights.true, 1), (chance, weights.chance, -1)):
            if side is None:
                continue
            own = levels_of(side[0], comparisons)
            counted = np.all([own[n] > 0 for n in group], axis=0)
            number = _number(own, group, sizes)[counted]
            apart = np.prod([shares[n][1:][levels[n] - 1] for n in group], axis=0)
            seen = np.bincount(number, weights=side[1][counted], minlength=width)[at]
            joint = (seen + apart) / (side[1][counted].sum() + 1)
            total += np.where(known, sign * np.log2(joint / apart), 0.0)
    told = np.flatnonzero(np.abs(total) >= _SPOKEN)
    return dict(zip(codes[told].tolist(), total[told].round(4).tolist(), strict=True))


def _number(levels: list[np.ndarray], group: tuple[int, ...], sizes: tuple[int, ...]) -> np.ndarray:
    """The answers of a group as one number."""
    number = np.zeros(len(levels[0]), dtype=np.int64)
    for n in group:
        number = number * sizes[n] + levels[n]
    return number


def among(weights: Weights, codes: np.ndarray, pairs: np.ndarray, groups: Groups = ()) -> Weights:
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
    made = replace(weights, prior=prior, true=even, chance=chance, together={})
    if not groups:
        return made
    sides = (codes, share * pairs), (codes, (1 - share) * pairs)
    return replace(made, together=_beside(made, groups, np.unique(codes), *sides))


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
