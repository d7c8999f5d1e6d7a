"""Likeness of words in any order (token-set) over numbered words and letters: what rapidfuzz gives."""

from typing import NamedTuple

import numpy as np
import polars as pl

from konvoi.kit.compiled import compiled, inlined, inner

# Characters at which rapidfuzz splits words; in texts of one-byte letters there are fewer.
_NARROW = r"\x09-\x0d\x1c-\x20"
_WIDE = _NARROW + r"\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_BITS = 64
_COUNTED = 32
_MANY = 1 << 16


class Words(NamedTuple):
    """The distinct words of texts. begin: where each text's words begin in `word`; there they rise.

    spelt: where each word's letters begin in `letter`. space: the number of the letter between words.
    size: how many letters the words of a text have. counts: how often each, some of them counted together.
    """

    begin: np.ndarray
    word: np.ndarray
    spelt: np.ndarray
    letter: np.ndarray
    space: int
    size: np.ndarray
    counts: np.ndarray


class _Room(NamedTuple):
    """Room for one pair of texts: letters of words that only one of them has; where letters stand; a row."""

    first: np.ndarray
    second: np.ndarray
    places: np.ndarray
    row: np.ndarray


def words(texts: pl.Series) -> Words:
    """The words of distinct texts, numbered in the order of their letters."""
    text = pl.col("text")
    parted = pl.DataFrame({"text": texts}).select(
        pl.int_range(pl.len()).alias("n"),
        pl.when(text.str.contains(r"[^\x00-\x{ff}]"))
        .then(text.str.extract_all(f"[^{_WIDE}]+"))
        .otherwise(text.str.extract_all(f"[^{_NARROW}]+"))
        .alias("word"),
    )
    lines = parted.explode("word").drop_nulls()
    distinct = lines["word"].unique().sort()
    many = max(len(distinct), 1)
    number = lines["word"].cast(pl.Enum(distinct)).to_physical().cast(pl.Int64).to_numpy()
    of, word = np.divmod(_once(lines["n"].to_numpy() * many + number), many)
    points = np.frombuffer((" " + "".join(distinct)).encode("utf-32-le"), dtype=np.uint32)
    letter = np.unique(points, return_inverse=True)[1].astype(np.int32)
    begin = np.searchsorted(of, np.arange(len(texts) + 1))
    spelt = np.concatenate([[0], np.cumsum(distinct.str.len_chars().to_numpy(), dtype=np.int64)])
    counts = np.zeros((len(texts), _COUNTED), dtype=np.uint16 if len(points) < _MANY else np.uint32)
    size = np.zeros(len(texts), dtype=np.int64)
    found = Words(begin, word.astype(np.int32), spelt, letter[1:], int(letter[0]), size, counts)
    _count(found)
    return found


def _once(numbers: np.ndarray) -> np.ndarray:
    """Each number once, rising; sorted, because these nearly are (np.unique hashes them)."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def room(of: Words) -> _Room:
    """Room for any pair of these texts."""
    sizes = np.concatenate([[0], np.cumsum((of.spelt[1:] - of.spelt[:-1])[of.word] + 1)])
    longest = int((sizes[of.begin[1:]] - sizes[of.begin[:-1]]).max(initial=1))
    letters = int(of.letter.max(initial=of.space)) + 1
    blocks = -(-longest // _BITS)
    return _Room(
        np.empty(longest, dtype=np.int32),
        np.empty(longest, dtype=np.int32),
        np.zeros((letters, blocks), dtype=np.uint64),
        np.empty(blocks, dtype=np.uint64),
    )


@inlined
def _length(of: Words, word: int) -> int:
    return int(of.spelt[word + 1] - of.spelt[word])


@compiled
def _count(of: Words) -> None:
    for text in range(len(of.counts)):
        for n in range(of.begin[text], of.begin[text + 1]):
            of.size[text] += _length(of, of.word[n])
            for k in range(of.spelt[of.word[n]], of.spelt[of.word[n] + 1]):
                of.counts[text, of.letter[k] % _COUNTED] += 1


@inlined
def _shared(of: Words, a: int, b: int) -> tuple[int, int]:
    """Return the number of words that two texts share, and of the letters in them."""
    i = of.begin[a]
    j = of.begin[b]
    count = 0
    letters = 0
    while i < of.begin[a + 1] and j < of.begin[b + 1]:
        one = of.word[i]
        two = of.word[j]
        if one == two:
            count += 1
            letters += _length(of, one)
        i += one <= two
        j += two <= one
    return count, letters


@inlined
def _own(of: Words, a: int, b: int, into: np.ndarray) -> int:
    """Into room the letters of the words that the first of two texts has alone; how many there are."""
    j = of.begin[b]
    count = 0
    for i in range(of.begin[a], of.begin[a + 1]):
        word = of.word[i]
        while j < of.begin[b + 1] and of.word[j] < word:
            j += 1
        if j < of.begin[b + 1] and of.word[j] == word:
            continue
        if count:
            into[count] = of.space
            count += 1
        for n in range(of.spelt[word], of.spelt[word + 1]):
            into[count] = of.letter[n]
            count += 1
    return count


@inlined
def _at_most(of: Words, a: int, b: int) -> int:
    """More letters than so many no order of letters has in common."""
    found = 0
    for n in range(_COUNTED):
        found += min(of.counts[a, n], of.counts[b, n])
    return found


@inner
def _bits(number: np.uint64) -> int:
    """Return the number of bits of a number that are set (Warren 2013, 5-1)."""
    twos = np.uint64(0x5555555555555555)
    fours = np.uint64(0x3333333333333333)
    number -= (number >> np.uint64(1)) & twos
    number = (number & fours) + ((number >> np.uint64(2)) & fours)
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inner
def _matched(space: _Room, blocks: int, twos: int) -> None:
    """Into the row which letters are met in order, where it needs more numbers than one."""
    none = np.uint64(0)
    one = np.uint64(1)
    for k in range(blocks):
        space.row[k] = ~none
    for m in range(twos):
        carry = none
        for k in range(blocks):
            row = space.row[k]
            met = row & space.places[space.second[m], k]
            sum_ = row + carry
            over = sum_ < carry
            sum_ += met
            carry = one if over or sum_ < met else none
            space.row[k] = sum_ | (row - met)


@inlined
def _in_order(space: _Room, ones: int, twos: int) -> int:
    """The most letters that both have in one order (Hyyrö 2004)."""
    one = np.uint64(1)
    for n in range(ones):
        space.places[space.first[n], n // _BITS] |= one << np.uint64(n % _BITS)
    if ones <= _BITS:
        row = ~np.uint64(0)
        for m in range(twos):
            met = row & space.places[space.second[m], 0]
            row = (row + met) | (row - met)
        space.row[0] = row
    else:
        _matched(space, (ones + _BITS - 1) // _BITS, twos)
    found = 0
    for k in range((ones + _BITS - 1) // _BITS):
        left = ones - k * _BITS
        kept = ~np.uint64(0) if left >= _BITS else (one << np.uint64(left)) - one
        found += _bits(~space.row[k] & kept)
    for n in range(ones):
        space.places[space.first[n], n // _BITS] = np.uint64(0)
    return found


@inner
def _share(apart: int, letters: int) -> float:
    return 100.0 - 100.0 * apart / letters if letters else 100.0


@inlined
def _by_words(of: Words, a: int, b: int, least: float) -> tuple[float, int]:
    """Return the likeness of two texts by the words that they share, out of 100.

    Also return the number of letters in all, if the order of letters may add to it, and `least` at least.
    """
    one = of.begin[a + 1] - of.begin[a]
    two = of.begin[b + 1] - of.begin[b]
    if one == 0 or two == 0:
        return 0.0, 0
    count, letters = _shared(of, a, b)
    if count and count in (one, two):
        return 100.0, 0
    # Letters with the spaces between their words: of the shared words, of those of each text alone.
    shared = letters + max(count - 1, 0)
    ones = of.size[a] - letters + one - count - 1
    twos = of.size[b] - letters + two - count - 1
    gap = 1 if count else 0
    every = 2 * (shared + gap) + ones + twos
    found = 0.0
    if count:
        found = max(_share(gap + ones, 2 * shared + gap + ones), _share(gap + twos, 2 * shared + gap + twos))
    most = min(_at_most(of, a, b) - letters + min(one, two) - count - 1, ones, twos)
    return found, every if _share(ones + twos - 2 * most, every) > max(found, least) else 0


@compiled
def alike(of: Words, pairs: tuple[np.ndarray, np.ndarray], space: _Room, least: float) -> np.ndarray:
    """Return the likeness of texts (two numbers each), 0 to 1 in four places; below `least` perhaps less."""
    one, two = pairs
    found = np.empty(len(one))
    every = np.empty(len(one), dtype=np.int64)
    # Two loops: where a loop may hand the words on, each round of it counts who holds them.
    for n in range(len(one)):
        found[n], every[n] = _by_words(of, one[n], two[n], 100 * least)
    for n in range(len(one)):
        if every[n]:
            ones = _own(of, one[n], two[n], space.first)
            twos = _own(of, two[n], one[n], space.second)
            apart = ones + twos - 2 * _in_order(space, ones, twos)
            found[n] = max(found[n], _share(apart, every[n]))
        found[n] = np.rint(found[n] / 100 * 10000.0) / 10000.0
    return found
