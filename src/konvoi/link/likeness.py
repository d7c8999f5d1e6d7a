"""Likeness of two records' texts: looked up, or worked out where this pair of values was never met."""

import numpy as np
import polars as pl

from konvoi.kit.compiled import compiled
from konvoi.link.similarity import scores

_EMPTY = -1
_LEAST, _MOST = 1 << 12, 1 << 25
_PLACES = 10_000


class Likeness:
    """How alike the values of one column are, for pairs of records; each pair of values is worked out once.

    texts: for each record the place of its text among all, in their order; -1 where it has none.

    Beyond some millions of pairs of values those worked out are forgotten, so that memory is bounded: a third
    of a gigabyte for each column.
    """

    def __init__(self, column: pl.Series, measure: str) -> None:
        texts = column.cast(pl.String)
        distinct = texts.drop_nulls().unique().sort()
        self._texts: list[str] = distinct.to_list()
        codes = texts.cast(pl.Enum(distinct)).to_physical().cast(pl.Int64).fill_null(_EMPTY)
        self.texts = codes.to_numpy(writable=True)
        self._measure = measure
        self._count = 0
        self._forget(_LEAST)

    def scores(self, left: np.ndarray, right: np.ndarray) -> pl.Series:
        """From 0 to 1 for each pair of records; null where a text is missing."""
        known = (self.texts[left] >= 0) & (self.texts[right] >= 0)
        return pl.Series(self.scored(left, right)).set(pl.Series(~known), None)

    def scored(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The same, where a missing text is told elsewhere."""
        ones, twos = self.texts[left], self.texts[right]
        asked = np.flatnonzero((ones >= 0) & (twos >= 0) & (ones != twos))
        found = np.ones(len(left))
        if len(asked):
            ones, twos = ones[asked], twos[asked]
            pairs = np.minimum(ones, twos) * len(self._texts) + np.maximum(ones, twos)
            found[asked] = self._looked_up(pairs)
        return found

    def _looked_up(self, pairs: np.ndarray) -> np.ndarray:
        if 2 * (self._count + len(pairs)) > len(self._pairs):
            self._grow(len(pairs))
        slots, fresh = _placed(self._pairs, pairs)
        if len(fresh):
            self._count += len(fresh)
            ones, twos = np.divmod(self._pairs[fresh], len(self._texts))
            texts = self._texts
            first, second = ([texts[n] for n in side.tolist()] for side in (ones, twos))
            # Likeness has four places, which a whole number of two bytes holds exactly.
            self._scores[fresh] = np.rint(scores(first, second, self._measure) * _PLACES)
        return np.asarray(self._scores[slots] / _PLACES)

    def _grow(self, more: int) -> None:
        kept, values = self._pairs, self._scores
        size = 1 << int(np.ceil(np.log2(4 * (self._count + more))))
        self._forget(min(size, max(_MOST, 1 << int(np.ceil(np.log2(4 * more))))))
        held = np.flatnonzero(kept != _EMPTY)
        if 4 * (len(held) + more) <= len(self._pairs):
            slots, _ = _placed(self._pairs, kept[held])
            self._scores[slots] = values[held]
            self._count = len(held)

    def _forget(self, size: int) -> None:
        self._pairs = np.full(size, _EMPTY, dtype=np.int64)
        self._scores = np.zeros(size, dtype=np.uint16)
        self._count = 0


@compiled
def _placed(table: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each number stands in a hash table (its size a power of two), and the places newly filled."""
    mask = len(table) - 1
    slots = np.empty(len(wanted), dtype=np.int64)
    fresh = np.empty(len(wanted), dtype=np.int64)
    count = 0
    for n in range(len(wanted)):
        mixed = wanted[n] * 0x2545F4914F6CDD1D
        slot = (mixed ^ (mixed >> 32)) & mask
        while table[slot] != wanted[n] and table[slot] != -1:
            slot = (slot + 1) & mask
        if table[slot] == -1:
            table[slot] = wanted[n]
            fresh[count] = slot
            count += 1
        slots[n] = slot
    return slots, fresh[:count]
