"""Word alignment of two names, in compiled loops: each word of a name with the likest of the other's.

Letters are numbers; costs are those of an edit that keeps the order of letters (Damerau 1964; Wagner and
Fischer 1974, restricted to neighbours that change places), a vowel less dear than a consonant, since
romanisations differ in vowels.
"""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled, inlined, inner

_CONSONANT = 1.0
_VOWEL = 0.9
_TURNED = 1.2
"""Cost of leaving out a consonant or a vowel, and of swapping two neighbours."""

_OTHER = 2.0
_OTHER_VOWEL = 1.1
"""Cost of another letter, and of another vowel for a vowel."""

_INITIAL = 1.0
"""Weight of an initial that fits: a quarter of all names or so begin with it."""

_RUN = 4
"""Most words in a row that one word may stand for."""

ALIKE, INITIAL, MISSING = 1, 2, 4
"""Flags of words that met without sounding the same: some are only alike, some an initial, some in one name
alone. 0: all words of both sound the same."""


class Names(NamedTuple):
    """For each name where its words begin in `word` and `weight`; whether it is a person's."""

    begin: np.ndarray
    word: np.ndarray
    weight: np.ndarray
    person: np.ndarray


class Words(NamedTuple):
    """For each word where its letters begin; a bit for each letter in it; its digits, 0 without.

    vowel: for each letter whether it is one; vowels: their bits.
    """

    begin: np.ndarray
    letters: np.ndarray
    mask: np.ndarray
    digit: np.ndarray
    vowel: np.ndarray
    vowels: np.uint64


class Scale(NamedTuple):
    """Weights of the evidence for and against a pair; see konvoi.align.likeness."""

    alike: float
    floor: float
    strange: float
    left_over: float
    person_strange: float
    person_left_over: float
    whole: float
    short: int
    long: int


class Side(NamedTuple):
    """Comparison result for one name: the weight of words that match, and of those that do not; the number of
    the latter, a partly similar one counted in part; the least likeness; letters; the weight of all words.

    how: how they met: ALIKE, INITIAL and MISSING, added; rarest: the weight of the rarest word that does not
    match; top: of the rarest at all.
    """

    met: float
    weight: float
    over: float
    least: float
    size: int
    all: float
    how: int
    rarest: float
    top: float


@inlined
def _bits(number: np.uint64) -> int:
    """Return the number of bits that are set."""
    number -= (number >> np.uint64(1)) & np.uint64(0x5555555555555555)
    pairs = np.uint64(0x3333333333333333)
    number = (number & pairs) + ((number >> np.uint64(2)) & pairs)
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inner
def _edits(words: Words, one: int, two: int, rows: np.ndarray, spare: float) -> float:
    """Return the cost of turning one word into the other; above `spare` any such cost. rows: scratch."""
    first = words.begin[one]
    second = words.begin[two]
    long = words.begin[one + 1] - first
    wide = words.begin[two + 1] - second
    a = words.letters[first : first + long]
    b = words.letters[second : second + wide]
    vowel = words.vowel
    before = rows[0]
    past = rows[1]
    now = rows[2]
    dear = rows[3]
    past[0] = 0.0
    for j in range(wide):
        dear[j] = _VOWEL if vowel[b[j]] else _CONSONANT
        past[j + 1] = past[j] + dear[j]
    for i in range(long):
        letter = a[i]
        soft = vowel[letter]
        own = _VOWEL if soft else _CONSONANT
        left = past[0] + own
        now[0] = lowest = left
        turned = a[i - 1] if i else np.int32(-1)
        corner = past[0]
        for j in range(wide):
            above = past[j + 1]
            other = b[j]
            changed = _OTHER_VOWEL if soft and dear[j] == _VOWEL else _OTHER
            least = corner if letter == other else corner + changed
            least = min(least, above + own, left + dear[j])
            if other == turned and j and letter == b[j - 1]:
                least = min(least, before[j - 1] + _TURNED)
            now[j + 1] = left = least
            lowest = min(lowest, least)
            corner = above
        # Turned neighbours skip a row, so that one row above is not yet the end.
        if lowest > spare + _TURNED:
            return float(lowest)
        before, past, now = past, now, before
    return float(past[wide])


@inlined
def _near(
    words: Words,
    names: tuple[np.ndarray, np.ndarray],
    met: tuple[np.ndarray, np.ndarray],
    rows: np.ndarray,
    least: float,
) -> None:
    """Match the remaining words with the likest of the other name's; one loop, as calls are expensive."""
    begin = words.begin
    mask = words.mask
    digit = words.digit
    vowels = words.vowels
    a, b = names
    met_a, met_b = met
    for i in range(len(a)):
        one = a[i]
        long = begin[one + 1] - begin[one]
        letters = mask[one]
        if met_a[i] == 1.0:
            continue
        for j in range(len(b)):
            two = b[j]
            both = long + begin[two + 1] - begin[two]
            spare = (1.0 - least) * both
            if met_b[j] == 1.0 or abs(both - 2 * long) * _VOWEL > spare:
                continue
            # Another number is another thing, however alike the digits are.
            if digit[one] != digit[two]:
                continue
            # Each letter that only one has is half of another's place, or is left out, at least.
            alone = letters ^ mask[two]
            soft = alone & vowels
            if _bits(alone ^ soft) * (_OTHER / 2) + _bits(soft) * (_OTHER_VOWEL / 2) > spare:
                continue
            alike = max(0.0, 1.0 - _edits(words, one, two, rows, spare) / both)
            met_a[i], met_b[j] = max(met_a[i], alike), max(met_b[j], alike)


@inlined
def _begins(words: Words, one: int, two: int) -> bool:
    """Return True if one is an initial of the other."""
    first = words.begin[one]
    second = words.begin[two]
    return bool(words.begin[one + 1] - first == 1 and words.letters[first] == words.letters[second])


@inner
def _is_run(words: Words, name: np.ndarray, start: int, end: int, whole: int) -> bool:
    """Return True if the words of a name from start to end are one word of another, written together."""
    place = words.begin[whole]
    stop = words.begin[whole + 1]
    for n in range(start, end):
        for at in range(words.begin[name[n]], words.begin[name[n] + 1]):
            letter = words.letters[at]
            # Letters written twice count once, also where two words join.
            again = place > words.begin[whole] and letter == words.letters[place - 1]
            if again and (place == stop or letter != words.letters[place]):
                continue
            if place == stop or words.letters[place] != letter:
                return False
            place += 1
    return bool(place == stop)


@inlined
def _joined(words: Words, a: np.ndarray, b: np.ndarray, met_a: np.ndarray, met_b: np.ndarray) -> None:
    """Match words of a with a word of b that joins them."""
    for j in range(len(b)):
        if met_b[j] == 1.0:
            continue
        first = words.letters[words.begin[b[j]]]
        for start in range(len(a) - 1):
            if met_a[start] == 1.0 or words.letters[words.begin[a[start]]] != first:
                continue
            for end in range(start + 2, min(start + _RUN, len(a)) + 1):
                if met_b[j] < 1.0 and _is_run(words, a, start, end, b[j]):
                    met_b[j] = 1.0
                    met_a[start:end] = 1.0


@inner
def _initials(words: Words, a: np.ndarray, b: np.ndarray, met_a: np.ndarray, met_b: np.ndarray) -> None:
    """Match a single letter with a word of the other name that it begins, with a weight of its own: -1."""
    for i in range(len(a)):
        for j in range(len(b)):
            if met_a[i] == 0.0 and 0 <= met_b[j] < 1.0 and _begins(words, a[i], b[j]):
                met_a[i] = met_b[j] = -1.0


@inner
def _side(words: Words, name: np.ndarray, weights: np.ndarray, met: np.ndarray, laid: Scale) -> Side:
    total = 0.0
    rest = 0.0
    over = 0.0
    least = 1.0
    size = 0
    every = 0.0
    how = 0
    rarest = 0.0
    top = 0.0
    for n in range(len(name)):
        size += words.begin[name[n] + 1] - words.begin[name[n]]
        every += weights[n]
        top = max(top, weights[n])
        if met[n] < 0:
            total += _INITIAL
            how |= INITIAL
            continue
        if met[n] < laid.alike:
            how |= MISSING
            rarest = max(rarest, weights[n])
        elif met[n] < 1.0:
            how |= ALIKE
        least = min(least, met[n])
        share = max(0.0, (met[n] - laid.floor) / (1.0 - laid.floor))
        if met[n] >= laid.alike:
            total += weights[n] * share
        else:
            part = 1.0 - max(0.0, (met[n] - laid.floor) / (laid.alike - laid.floor))
            rest += weights[n] * part
            over += part
    return Side(total, rest, over, least, size, every, how, rarest, top)


@inner
def _against(one: Side, two: Side, person: bool, laid: Scale) -> float:
    fewest = min(one.over, two.over)
    most = max(one.over, two.over)
    if person:
        # Brothers have all words but one in common, and the more words there are, the more they have so.
        strange = laid.person_strange + (one.met + two.met) / 4
        return strange * fewest + laid.person_left_over * (most - fewest)
    size = min(one.size, two.size)
    least = min(one.least, two.least)
    full = size >= laid.long or (size >= laid.short and least == 1.0)
    whole = laid.whole if most == 0 and full else 0.0
    strange = min(one.weight, two.weight)
    return laid.strange * strange + laid.left_over * abs(one.weight - two.weight) - whole


@inlined
def _meet(
    words: Words,
    names: Names,
    pair: tuple[int, int],
    scratch: tuple[np.ndarray, np.ndarray, np.ndarray],
    laid: Scale,
) -> tuple[Side, Side]:
    """Both sides of a pair of names. scratch: for the likeness of words of both, and for rows of edits."""
    ones = slice(names.begin[pair[0]], names.begin[pair[0] + 1])
    twos = slice(names.begin[pair[1]], names.begin[pair[1] + 1])
    a = names.word[ones]
    b = names.word[twos]
    met_a = scratch[0][: len(a)]
    met_b = scratch[1][: len(b)]
    rows = scratch[2]
    met_a[:] = 0.0
    met_b[:] = 0.0
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                met_a[i] = met_b[j] = 1.0
    _near(words, (a, b), (met_a, met_b), rows, laid.floor)
    _joined(words, a, b, met_a, met_b)
    _joined(words, b, a, met_b, met_a)
    if names.person[pair[0]]:
        _initials(words, a, b, met_a, met_b)
        _initials(words, b, a, met_b, met_a)
    return (
        _side(words, a, names.weight[ones], met_a, laid),
        _side(words, b, names.weight[twos], met_b, laid),
    )


@compiled
def meetings(
    pairs: tuple[np.ndarray, np.ndarray], names: Names, words: Words, laid: Scale
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return for each pair of names the evidence for one party, and how its words meet.

    Second: the share of the weight of words that match among those that match or do not. Third: the share of
    the weight of all words, where a word that is only alike counts in part. Fourth: how they met (ALIKE, …).
    Fifth: the weight of the rarest word of a name of which the other has all words, in the same sound; 0
    without such a one.
    Sixth: the weight of the rarest word that only one name has.
    """
    long = np.max(np.diff(words.begin)) + 1
    most = np.max(np.diff(names.begin))
    scratch = np.zeros(most), np.zeros(most), np.zeros((4, long))
    speaks = np.zeros(len(pairs[0]))
    share = np.zeros(len(pairs[0]))
    part = np.zeros(len(pairs[0]))
    how = np.zeros(len(pairs[0]), dtype=np.int8)
    inside = np.zeros(len(pairs[0]))
    rarest = np.zeros(len(pairs[0]))
    for n in range(len(pairs[0])):
        one = pairs[0][n]
        two = pairs[1][n]
        # The lesser first, so that sums have one order, independent of the direction.
        left, right = _meet(words, names, (min(one, two), max(one, two)), scratch, laid)
        met_ = left.met + right.met
        whole = left.met + right.met + left.weight + right.weight
        speaks[n] = met_ / 2 - _against(left, right, names.person[one], laid)
        share[n] = met_ / whole if whole > 0 else 0.0
        every = left.all + right.all
        part[n] = min(met_ / every, 1.0) if every > 0 else 0.0
        how[n] = left.how | right.how
        if left.how == 0:
            inside[n] = left.top
        if right.how == 0:
            inside[n] = max(inside[n], right.top)
        rarest[n] = max(left.rarest, right.rarest)
    return speaks, share, part, how, inside, rarest
