"""Density: in a crowd of candidate pairs per record, fewer of the pairs belong together."""

from collections.abc import Iterable, Sequence

import numpy as np

from konvoi.link.blocks import Joined

CLASSES = 24
_FEW = 30.0
_ROUNDS = 200


def company(blocks: Iterable[Joined], height: int) -> np.ndarray:
    """For each record the base-2 logarithm of how many pairs all blocks make with it (0 for one or none)."""
    met = np.zeros(height)
    for joined in blocks:
        left = joined.sides.left
        right = joined.sides.right
        met += np.bincount(left.record, weights=joined.last - joined.first, minlength=height)
        change = np.zeros(right.size + 1)
        np.add.at(change, joined.first, 1)
        np.add.at(change, joined.last, -1)
        met += np.bincount(right.record, weights=np.cumsum(change)[:-1], minlength=height)
    return np.asarray(np.log2(np.maximum(met, 1)))


def density(met: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the density class of each pair: 0 if each is in this pair only, one more with each doubling."""
    return np.asarray(np.minimum((met[left] + met[right]) / 2, CLASSES - 1).astype(np.uint8))


def crowds(
    weighed: np.ndarray, density: np.ndarray, pairs: np.ndarray, known: Sequence[float] = ()
) -> tuple[float, ...]:
    """Return the prior of each class, estimated from the table itself: the one consistent with its answers.

    weighed: bits of the answers of a code; density: its class; pairs: number of pairs with both. Rounds of
    expectation and maximisation with the answers' weights held (Saerens, Latinne, Decaestecker 2002,
    doi:10.1162/089976602753284446). A class with few pairs is shrunk, as if thirty more were there, to the
    value `known` from other tables, else to that of all classes: a handful of pairs confirms nothing.
    """
    classes = int(density.max(initial=0)) + 1
    count = np.bincount(density, weights=pairs, minlength=classes)
    prior = np.full(classes, 0.1)
    held = np.full(classes, np.nan)
    held[: len(known)] = known[:classes]
    odds = np.exp2(np.clip(weighed, -60, 60))
    for _ in range(_ROUNDS):
        before = prior / (1 - prior)
        expected = odds * before[density] / (1 + odds * before[density]) * pairs
        whole = expected.sum() / max(pairs.sum(), 1)
        lean = np.where(np.isnan(held), whole, held)
        found = (np.bincount(density, weights=expected, minlength=classes) + _FEW * lean) / (count + _FEW)
        found = np.clip(found, 1e-9, 1 - 1e-9)
        if np.abs(found - prior).max() < 1e-9:
            break
        prior = found
    return tuple(float(one) for one in prior)
