"""Pairs of equal keys within a window of days, in compiled loops; each pair once over all keys and blocks."""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled, inner

ALL = 0
WITHIN = 1
ACROSS = 2
"""Scopes of pairs: all, those within one table, those across two."""


class Side(NamedTuple):
    """One side of a block by record: where its keys begin in `keys`, which rise; its day."""

    begin: np.ndarray
    keys: np.ndarray
    day: np.ndarray


class SidePair(NamedTuple):
    """Both sides of a block; same: whether they are one: then the lesser record of a pair is left."""

    left: Side
    right: Side
    same: bool


class Tables(NamedTuple):
    """The table of each record, and which pairs of tables count."""

    of: np.ndarray
    between: int


@compiled
def reach(
    left: tuple[np.ndarray, np.ndarray],
    right: tuple[np.ndarray, np.ndarray],
    before: int,
    after: int,
    same: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each line of the left side (key, day) the range of lines of the right side paired with it.

    Both are sorted by key and day. same: both are one; then each line is paired only with those after it.
    """
    key, day = left
    others, other_days = right
    first = np.zeros(len(key), dtype=np.int32)
    last = np.zeros(len(key), dtype=np.int32)
    low = high = 0
    for n in range(len(key)):
        while low < len(others) and (
            others[low] < key[n] or (others[low] == key[n] and other_days[low] < day[n] - before)
        ):
            low += 1
        high = max(high, low)
        while high < len(others) and others[high] == key[n] and other_days[high] <= day[n] + after:
            high += 1
        first[n] = max(low, n + 1) if same else low
        last[n] = max(high, first[n])
    return first, last


@compiled
def dealt(begin: np.ndarray, record: np.ndarray, key: np.ndarray) -> np.ndarray:
    """Keys by record, in the order in which they come; begin: where each record's keys begin."""
    at = begin.copy()
    found = np.empty(len(key), dtype=np.int32)
    for n in range(len(key)):
        found[at[record[n]]] = key[n]
        at[record[n]] += 1
    return found


@inner
def _first_shared(left: Side, a: int, right: Side, b: int) -> int:
    """The least key that two records share; -1 for none."""
    i = left.begin[a]
    j = right.begin[b]
    while i < left.begin[a + 1] and j < right.begin[b + 1]:
        if left.keys[i] == right.keys[j]:
            return int(left.keys[i])
        if left.keys[i] < right.keys[j]:
            i += 1
        else:
            j += 1
    return -1


@compiled
def paired(
    span: tuple[int, int],
    met: tuple[np.ndarray, np.ndarray],
    lines: tuple[np.ndarray, np.ndarray, np.ndarray],
    sides: SidePair,
    tables: Tables,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of a span of lines of the left side, each under the least key that its records share.

    met: the range of lines of the right side for each line. lines: keys and records of the left,
    records of the right side. sides: both by record.
    """
    first, last = met
    key, record, others = lines
    left = sides.left
    right = sides.right
    room = 0
    for n in range(span[0], span[1]):
        room += last[n] - first[n]
    ones = np.empty(room, dtype=np.int32)
    twos = np.empty(room, dtype=np.int32)
    count = 0
    for n in range(span[0], span[1]):
        a = record[n]
        single = left.begin[a + 1] - left.begin[a] == 1
        for m in range(first[n], last[n]):
            b = others[m]
            if a == b or (tables.between != 0 and (tables.of[a] == tables.of[b]) != (tables.between == 1)):
                continue
            if not single and _first_shared(left, a, right, b) != key[n]:
                continue
            ones[count] = min(a, b) if sides.same else a
            twos[count] = max(a, b) if sides.same else b
            count += 1
    return ones[:count], twos[:count]


@compiled
def unseen(
    pairs: tuple[np.ndarray, np.ndarray], sides: tuple[Side, Side], before: int, after: int
) -> np.ndarray:
    """Return True for pairs that a block joined earlier did not give."""
    ones, twos = pairs
    left, right = sides
    fresh = np.ones(len(ones), dtype=np.bool_)
    for n in range(len(ones)):
        a = ones[n]
        b = twos[n]
        apart = right.day[b] - left.day[a]
        fresh[n] = not (-before <= apart <= after) or _first_shared(left, a, right, b) < 0
    return fresh
