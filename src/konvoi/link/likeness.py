"""Likeness of two records' texts: looked up, or worked out where this pair of values was never met."""

import numpy as np
import polars as pl

from konvoi.kit.compiled import compiled
from konvoi.link.similarity import scores
from konvoi.link.words import alike, room, words

_EMPTY = -1
_LEAST = 1 << 12
_MOST = 1 << 25
_PLACES = 10_000


def likeness(column: pl.Series, measure: str, least: float) -> "Likeness":
    """Return the likeness of a column's values; one below `least` may be given as less."""
    return Wordwise(column, least) if measure == "token-set" else Remembered(column, measure)


class Likeness:
    """Likeness of the values of one column, for pairs of records."""

    def __init__(self, column: pl.Series) -> None:
        texts = column.cast(pl.String)
        self._distinct = texts.drop_nulls().unique().sort()
        codes = texts.cast(pl.Enum(self._distinct)).to_physical().cast(pl.Int32).fill_null(_EMPTY)
        self._text = codes.to_numpy(writable=True)

    def scores(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return a value from 0 to 1 for each pair of records; NaN if a text is missing."""
        ones = self._text[left]
        twos = self._text[right]
        found = np.where((ones == _EMPTY) | (twos == _EMPTY), np.nan, 1.0)
        asked = np.flatnonzero((ones != twos) & (found == 1))
        if len(asked):
            ones = ones[asked]
            twos = twos[asked]
            found[asked] = self._of(np.minimum(ones, twos), np.maximum(ones, twos))
        return found

    def _of(self, ones: np.ndarray, twos: np.ndarray) -> np.ndarray:
        """Return the likeness of texts by their places in the order of all, the lesser first."""
        raise NotImplementedError


class Wordwise(Likeness):
    """Likeness of words in any order, computed for each pair; below `least` it may be given as less."""

    def __init__(self, column: pl.Series, least: float) -> None:
        super().__init__(column)
        self._words = words(self._distinct)
        self._least = least - 1 / _PLACES
        self._room = room(self._words)

    def _of(self, ones: np.ndarray, twos: np.ndarray) -> np.ndarray:
        return alike(self._words, (ones, twos), self._room, self._least)


class Remembered(Likeness):
    """Likeness by a measure, worked out once for each pair of values.

    Beyond some millions of pairs of values those worked out are forgotten, so that memory is bounded: a third
    of a gigabyte for each column.
    """

    def __init__(self, column: pl.Series, measure: str) -> None:
        super().__init__(column)
        self._texts: list[str] = self._distinct.to_list()
        self._measure = measure
        self._count = 0
        self._forget(_LEAST)

    def _of(self, ones: np.ndarray, twos: np.ndarray) -> np.ndarray:
        return self._looked_up(ones.astype(np.int64) * len(self._texts) + twos)

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
        kept = self._pairs
        values = self._scores
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
    """Return each number's place in a hash table (its size a power of two), and the places newly filled."""
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
