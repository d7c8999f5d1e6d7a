"""Other readings of a party's name: as listed words that other schemes, slips and cut fields write so.

A reading is a guess, good for a question only. It rests on the words of the lists alone: a Cyrillic word (or
a word in Latin letters as it may stand in Cyrillic ones) that another scheme romanises so; a word with two
neighbouring letters changed round; two or three words written as one; a name that a field has cut.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from rapidfuzz.distance import OSA

from konvoi.align.legalforms import uncut
from konvoi.align.names import without_abbreviation
from konvoi.align.phonetic_key import one_form, sound, sound_of_folded, spoken, words
from konvoi.align.romanisation import cyrillic, written
from konvoi.align.short_forms import other_forms
from konvoi.kit.latin import latin
from konvoi.kit.text import fold

MOST = 12
"""Most readings of a name."""

CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_WORD = re.compile(r"[^\W\d_]*[йїё][^\W\d_]*")
LATIN = re.compile(r"[a-z]{3,}")
_INNER = re.compile(r"(?<=[^\W\d_A-ZА-ЯҐЄІЇ])(?=[A-ZА-ЯҐЄІЇ])")
_SHORTEST = 3
_PART = 2
_LONG = 5
_TWICE = 7
"""Letters of a word from which on it may have two slips."""

_BEARERS = 100
INITIAL = re.compile(r"(?<![^\W_])(?:([^\W\d_]{1,4})\.|([^\W\d_])(?![^\W_]|['’]))")
CUT = 15
_CHOICES = 3
_PARTING = "ꙮ"

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """Words of the names of lists, folded.

    sounds: each word with its sound. names: whole, sorted. texts: the names as lists write them.
    """

    sounds: Mapping[str, str]
    names: Sequence[str]
    texts: Sequence[str]

    @cached_property
    def schemes(self) -> Sequence[Words]:
        """For each scheme a word as spoken to the listed words that it writes so."""
        return _schemes(list(self.sounds), self.sounds, _shown(self.sounds, self.texts))

    @cached_property
    def turned(self) -> Words:
        """The letters of a word in their order to the words that consist of them."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.sounds:
            if len(word) > _SHORTEST:
                found["".join(sorted(word))].append(word)
        return {key: tuple(one) for key, one in found.items()}

    @cached_property
    def heard(self) -> frozenset[str]:
        """The sounds of all words."""
        return frozenset(self.sounds.values())

    @cached_property
    def ends(self) -> Mapping[tuple[int, str, bool], Sequence[str]]:
        """Words by their length and their first or last letters (True), two or three of them."""
        found: dict[tuple[int, str, bool], list[str]] = defaultdict(list)
        for word in self.sounds:
            if len(word) >= _LONG - 1:
                for size in (2, 3):
                    found[len(word), word[:size], False].append(word)
                    found[len(word), word[-size:], True].append(word)
        return found

    @cached_property
    def initials(self) -> Mapping[str, Sequence[str]]:
        """The sound of the longest word of a name with initials to such names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            if heard := sound_of_initialled(name):
                found[heard].append(name)
        return found

    @cached_property
    def bearers(self) -> Mapping[str, Sequence[str]]:
        """The sound of a word to the names that hold it."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for word in dict.fromkeys(name.split()):
                found[self.sounds[word]].append(name)
        return found


def sound_of_initialled(name: str) -> str:
    """Return the sound of the longest word of a folded name with initials; empty for any other name.

    >>> sound_of_initialled("v sample"), sound_of_initialled("vera sample")
    ('sample', '')
    """
    told = name.split()
    whole = [word for word in told if len(word) > 1]
    if not whole or len(whole) == len(told) or max(map(len, whole)) <= _PART:
        return ""
    return sound_of_folded(max(whole, key=len))


def vocabulary(names: Iterable[str]) -> Vocabulary:
    """Return the words of names as lists give them."""
    once = list(dict.fromkeys(map(without_abbreviation, names)))
    whole = folded(once)
    known = sorted({word for name in whole for word in name.split()})
    return Vocabulary({word: sound_of_folded(word) for word in known}, whole, once)


def folded(names: Sequence[str]) -> list[str]:
    """Return names folded, each once, sorted."""
    return sorted(set(all_folded(names)) - {""})


def all_folded(names: Sequence[str]) -> list[str]:
    """Return each of many names folded, in their order: one text is folded faster than many."""
    one = f" {_PARTING} ".join(text.replace(_PARTING, " ") for text in names)
    return [text.strip() for text in fold(one).split(_PARTING)] if names else []


def _shown(known: Iterable[str], names: Sequence[str]) -> Mapping[str, str]:
    """Return folded Cyrillic words that folding changes as a list writes them: й is no и."""
    changed = {word for word in known if CYRILLIC.fullmatch(word)}
    return {plain: one for one in sorted(marked(names)) if (plain := fold(one)) in changed}


def marked(names: Iterable[str]) -> set[str]:
    """Return the words of names that folding changes: й is no и.

    >>> marked(["Зайцев Иван"])
    {'зайцев'}
    """
    told = set(_WORD.findall(" ".join(names).casefold()))
    return {one for one in told if fold(one) != one}


def _schemes(known: Sequence[str], heard: Mapping[str, str], shown: Mapping[str, str]) -> Sequence[Words]:
    """Return for each scheme what it writes, where that sounds otherwise than the listed word."""
    original = {word: word for word in known if CYRILLIC.fullmatch(word)}
    sounds = {heard[word] for word in original}
    original |= {
        cyrillic(word): word for word in known if LATIN.fullmatch(word) and heard[word] not in sounds
    }
    listed = list(original.values())
    found = []
    for forms in written(list(original)):
        by_form: dict[str, dict[str, str]] = defaultdict(dict)
        for form, word in zip(forms, listed, strict=True):
            if len(form) >= _SHORTEST and one_form(form) != heard[word]:
                by_form[form].setdefault(heard[word], shown.get(word, word))
        found.append({form: tuple(one.values())[:_CHOICES] for form, one in by_form.items()})
    return found


def readings(name: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the readings of a name; none for a name that can only be read as it is written.

    >>> listed = vocabulary(["Зайцев Кирилл Юрьевич", "Siemens AG", "Rosneft Oil Company"])
    >>> readings("Kirill Saizew", listed), readings("SiemensAG", listed), readings("Rosnfet", listed)
    (('kirill зайцев',), ('siemens ag',), ('rosneft',))
    """
    found = dict.fromkeys(_all(without_abbreviation(name), known))
    plain = fold(name)
    return tuple(islice((one for one in found if one and one != plain), MOST))


def _all(name: str, known: Vocabulary) -> Iterator[str]:
    told = fold(name).split()
    if not CYRILLIC.search(name):
        bare = words(name)
        heard = list(map(spoken, bare))
        for scheme in known.schemes:
            yield from _read(bare, [scheme.get(one, ()) for one in heard])
    yield from _read(told, [_turned(word, known) for word in told])
    parted = [_parted(word, known) for word in told]
    yield from _read(told, parted)
    if _INNER.search(name):
        yield fold(_INNER.sub(" ", name))
    yield from _joined(told, known)
    yield from _cut(told, known)


def _read(told: Sequence[str], read: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield the words with every one that has other readings replaced by them."""
    if any(read):
        choices = (other or (word,) for word, other in zip(told, read, strict=True))
        yield from islice((" ".join(one) for one in product(*choices)), _CHOICES)


def _turned(word: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the listed words of which a word has two neighbouring letters changed round."""
    if len(word) <= _SHORTEST or word in known.sounds:
        return ()
    return tuple(
        islice((one for one in known.turned.get("".join(sorted(word)), ()) if _swapped(word, one)), _CHOICES)
    )


def _swapped(one: str, two: str) -> bool:
    differ = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return len(differ) == 2 and differ[1] == differ[0] + 1


def misspelt(name: str, known: Vocabulary) -> tuple[str, ...]:
    """Return a name with words of one letter missing, added or another read as the listed ones.

    >>> misspelt("Sencora Works", vocabulary(["Cencora Works"]))
    ('cencora works',)
    """
    told = fold(without_abbreviation(name)).split()
    # Further words of a name tell which word a short one was meant to be.
    least = _LONG if len(told) <= _PART else _LONG - 1
    once = _read(told, [_slipped(word, known, least) for word in told])
    return tuple(dict.fromkeys((*once, *_slipped_twice(told, known))))


def _slipped(word: str, known: Vocabulary, least: int) -> tuple[str, ...]:
    """Return the listed words from which a word differs by one letter that is missing, added or another.

    One letter leaves the first or the last half as it is. least: letters of a word that is read so.
    """
    if len(word) < least or word in known.sounds or sound_of_folded(word) in known.heard:
        return ()
    size = 3 if len(word) > _LONG else 2
    near = (
        one
        for long in (len(word), len(word) + 1, len(word) - 1)
        for end, last in ((word[:size], False), (word[-size:], True))
        for one in known.ends.get((long, end, last), ())
        if one_letter_apart(word, one)
    )
    return tuple(islice(dict.fromkeys(near), _CHOICES))


def _slipped_twice(told: Sequence[str], known: Vocabulary) -> Iterator[str]:
    """Yield the name with its one unknown word as one that two slips make of it.

    Many words are so near: it is read so only where a listed name holds it and all others. The first letter
    is the same, as it is seldom a slip.
    """
    heard = [sound_of_folded(word) for word in told]
    unknown = [at for at, one in enumerate(heard) if one not in known.heard and told[at] not in known.sounds]
    if len(told) < _PART or len(unknown) != 1 or len(told[unknown[0]]) < _TWICE:
        return
    (at,) = unknown
    word = told[at]
    rest = {one for one in heard if one != heard[at]}
    near = dict.fromkeys(
        one
        for long in range(len(word) - 2, len(word) + 3)
        for end, last in ((word[:3], False), (word[-3:], True))
        for one in known.ends.get((long, end, last), ())
        if word[0] == one[0] and OSA.distance(word, one, score_cutoff=2) == 2
    )
    held = (one for one in near if any(map(_holds(one, rest, known), known.bearers[known.sounds[one]])))
    for one in islice(held, _CHOICES):
        yield " ".join((*told[:at], one, *told[at + 1 :]))


def _holds(word: str, sounds: Set[str], known: Vocabulary) -> Callable[[str], bool]:
    """Return a test: whether a listed name holds a word and words of these sounds."""

    def test(name: str) -> bool:
        told = name.split()
        return word in told and sounds <= {known.sounds[one] for one in told}

    return test


def one_letter_apart(one: str, two: str) -> bool:
    """Return True if two words differ by one letter.

    >>> one_letter_apart("sencora", "cencora"), one_letter_apart("chevon", "chevron")
    (True, True)
    >>> one_letter_apart("merkur", "merkel"), one_letter_apart("anna", "anna")
    (False, False)
    """
    short, long = sorted((one, two), key=len)
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return at < len(short) and short[at + 1 :] == long[at + 1 :]
    return short[at:] == long[at + 1 :]


def _parted(word: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the listed words that a word holds one after the other."""
    if len(word) < 2 * _SHORTEST - 1 or word in known.sounds:
        return ()
    cuts = [
        (min(at, len(word) - at), f"{word[:at]} {word[at:]}")
        for at in range(_PART, len(word) - _PART + 1)
        if word[:at] in known.sounds and word[at:] in known.sounds
    ]
    return tuple(one for _, one in sorted(cuts, reverse=True)[:_CHOICES])


def initialled(name: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the listed names of a person of whom initials are given: all other words sound the same.

    >>> initialled("Yu. B. Slyusar", vocabulary(["Юрий Борисович Слюсарь", "Иван Слюсарь"]))
    ('юрии борисович слюсарь',)
    """
    first = [words(found[1] or found[2]) for found in INITIAL.finditer(name)]
    whole = [sound(word) for word in words(INITIAL.sub(" ", name))]
    starts = [letters for one in first for letters in one]
    if not starts or not whole or max(map(len, whole)) < _PART:
        return ()
    found = min((known.bearers.get(one, ()) for one in whole), key=len)
    return tuple(islice((one for one in found if _fits(starts, whole, one, known)), _BEARERS))


def shortened(name: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the name of a person with another form of the given name, where a list holds such a word.

    >>> shortened("Ted Sample", vocabulary(["Theodore Sample"]))
    ('theodore sample',)
    """
    told = fold(name).split()
    if len(told) < 2:
        return ()
    found = []
    for at, word in enumerate(told):
        forms = (one for one in other_forms(word) if sound(one) in known.heard)
        found += [" ".join((*told[:at], one, *told[at + 1 :])) for one in forms]
    return tuple(found[: 2 * MOST])


def with_listed_initials(name: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the listed names that give initials for words of a person's name and hold all others.

    >>> with_listed_initials("Vladimir Sample", vocabulary(["V. Sample", "A. Sample"]))
    ('v sample',)
    """
    told = words(name)
    heard = list(map(sound, told))
    found = dict.fromkeys(one for of in heard for one in known.initials.get(of, ()))
    return tuple(islice((one for one in found if _stands_for(one, told, heard, known)), _BEARERS))


def _stands_for(name: str, told: Sequence[str], heard: Sequence[str], known: Vocabulary) -> bool:
    """Return True if each word of a listed name is one of these, or the initial of another one of them."""
    rest = list(zip(told, heard, strict=True))
    for word in sorted(name.split(), key=len, reverse=True):
        fits = (
            (lambda one, own=word: one[1] == known.sounds[own])
            if len(word) > 1
            else (
                lambda one, own=word: one[0].startswith(latin(own)) or one[1].startswith(spoken(latin(own)))
            )
        )
        same = next(filter(fits, rest), None)
        if same is None:
            return False
        rest.remove(same)
    return True


def _fits(starts: Sequence[str], whole: Sequence[str], name: str, known: Vocabulary) -> bool:
    """Return True if a name has all these sounds, and each initial begins another of its words, in order."""
    rest = name.split()
    for one in whole:
        same = next((word for word in rest if known.sounds[word] == one), None)
        if same is None:
            return False
        rest.remove(same)
    left = iter(rest)
    return all(any(_begins(start, word, known) for word in left) for start in starts)


def _begins(start: str, word: str, known: Vocabulary) -> bool:
    return latin(word).startswith(start) or known.sounds[word].startswith(spoken(start))


def _joined(told: Sequence[str], known: Vocabulary) -> Iterator[str]:
    """Yield the name with two or three neighbouring words as the one listed word that they make."""
    for size in (2, 3):
        for at in range(len(told) - size + 1):
            whole = "".join(told[at : at + size])
            if len(whole) > _SHORTEST and whole in known.sounds:
                yield " ".join((*told[:at], whole, *told[at + size :]))


def _cut(told: Sequence[str], known: Vocabulary) -> Iterator[str]:
    """Yield the listed names that begin with a name which ends within a word; a legal form cut within."""
    whole = " ".join(told)
    if len(whole) < CUT or len(told) < 2:
        return
    at = bisect_left(known.names, whole)
    longer = [one for one in known.names[at : at + _CHOICES + 1] if one.startswith(whole)]
    if len(longer) <= _CHOICES:
        yield from longer
    if form := uncut(told):
        yield " ".join(form)
