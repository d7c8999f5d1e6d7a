"""Pairs become clusters: the surest first, never against what must stay apart, one order for every tie."""

from dataclasses import dataclass, field

import numpy as np

from konvoi.link.joining import Foes, Graph, Held, joined

_BILLION = 1_000_000_000
Pairs = tuple[np.ndarray, np.ndarray]


def _no_pairs() -> Pairs:
    return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Apart:
    """Constraints on records that must not stand in one cluster.

    pairs: left and right records. record, scheme, value: what a record holds in a scheme, as numbers from 0;
    a cluster holds one value in a scheme.
    """

    pairs: Pairs = field(default_factory=_no_pairs)
    record: np.ndarray = field(default_factory=lambda: _no_pairs()[0])
    scheme: np.ndarray = field(default_factory=lambda: _no_pairs()[0])
    value: np.ndarray = field(default_factory=lambda: _no_pairs()[0])


def clusters(
    pairs: Pairs,
    probability: np.ndarray,
    height: int,
    *,
    apart: Apart | None = None,
    join: float = 0.0,
    mean: float = 0.0,
    rank: np.ndarray | None = None,
) -> np.ndarray:
    """For each record the first record of its cluster; records are numbers below `height`.

    Pairs are taken from the surest on, those of one probability in the order of their records. rank: of pairs
    that may join, another order, the highest first, where probabilities round to the same. join: the
    least probability of a pair that may join two clusters. mean: what the probability of all pairs between
    the two must be at least on average; an unseen pair counts 0. Probabilities are taken to nine places, so
    that sums are exact and do not depend on their order.
    """
    parted = apart or Apart()
    weight = np.rint(np.asarray(probability) * _BILLION).astype(np.int64)
    left = np.minimum(*pairs).astype(np.int64)
    right = np.maximum(*pairs).astype(np.int64)
    least = round(join * _BILLION)
    seen = np.zeros(height, dtype=bool)
    seen[left[weight >= least]] = seen[right[weight >= least]] = True
    kept = np.flatnonzero(seen[left] & seen[right] & (left != right))
    ranked = weight if rank is None else np.asarray(rank)
    firm = weight[kept] >= least
    keys = (left[kept] * height + right[kept], -weight[kept], -ranked[kept], ~firm)
    order = kept[np.lexsort(keys)]
    graph = Graph(left[order].astype(np.int32), right[order].astype(np.int32), weight[order])
    foes = Foes(*_listed(np.concatenate(parted.pairs), np.concatenate(parted.pairs[::-1]), height))
    begin, line = _listed(parted.record, np.arange(len(parted.record)), height)
    held = Held(begin, parted.scheme.astype(np.int32)[line], parted.value.astype(np.int32)[line])
    return joined(graph, foes, held, least, round(mean * _BILLION))


def _listed(owner: np.ndarray, what: np.ndarray, height: int) -> Pairs:
    """Return the values that each record owns, in lists one after the other, and the start of each list."""
    begin = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=height), out=begin[1:])
    return begin, what[np.argsort(owner, kind="stable")].astype(np.int32)
