"""Statements of a text beside its figures: kind of good, good replaced, place, number."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.reconcile.goods import INSTEAD, NUMBERED, PHRASES, PLACES
from konvoi.reconcile.statement import statement

_LONG = 6
_ALIKE = 0.8
_BEFORE = 3
"""A thing stands so many words before its number at most."""
_NUMBERED = re.compile(r"\((\D*)(\d+)\s*\)|(?:\b(?:no|nr)\.?|№|n°)\s*(\d+)", re.IGNORECASE)


class Said(NamedTuple):
    """The kind of good, the kind that it replaces, the place, the number of a thing (behind its kind, if
    known), and whether it is a total to date or a joint package; None: not stated.
    """

    thing: str | None
    instead: str | None
    place: str | None
    numbered: str | None
    lead: str | None = None


def said(text: str) -> Said:
    """Return the statement of a text in any of five languages, with typing errors in long words.

    >>> said("60 ambbulances for Sumy (clinic 37)")
    Said(thing='ambulance', instead=None, place='sumy', numbered='clinic 37', lead=None)
    >>> said("Helme anstelle von Drohnen")[:2], said("rubber boots")[0]
    (('helmet', 'drone'), None)
    """
    words = [plain for word in text.split() for plain in _plain(word)]
    found = list(_read(words, _phrases()))
    cut = next((n for n, (kind, _) in enumerate(found) if kind == "instead"), len(found))
    return Said(
        _first(found[:cut], "thing"),
        _first(found[cut:], "thing"),
        _first(found, "place"),
        _numbered(text),
        statement(text).lead,
    )


def _numbered(text: str) -> str | None:
    """The number that a text gives to something, behind the kind of thing that stands before it.

    >>> _numbered("Krankenwagen (hôpital n° 51)"), _numbered("(substation 51)"), _numbered("Beschluss Nr. 7")
    ('hospital 51', 'substation 51', 'decision 7')
    """
    found = _NUMBERED.search(text)
    if found is None:
        return None
    inside, digits = (found[1], found[2]) if found[2] else (text[: found.start()], found[3])
    words = [plain for word in inside.split()[-_BEFORE:] for plain in _plain(word)]
    kinds = [meaning for kind, meaning in _read(words, _phrases()) if kind == "numbered"]
    thing = kinds[-1] if kinds else _nearest(" ".join(words))
    return f"{thing} {digits}" if thing else digits


def _nearest(words: str) -> str:
    """The kind of thing that the words end in but for a slip, also one in a short word or between two.

    >>> _nearest("waetr utility"), _nearest("for the fires tation"), _nearest("schoolno"), _nearest("tents")
    ('waterworks', 'fire station', 'school', '')
    """
    parts = re.sub(r"(?<=\w)(no|nr)$", "", words).split()
    ends = [" ".join(parts[-count:]) for count in range(1, _BEFORE + 1)]
    near = (process.extractOne(end, _things().keys(), scorer=OSA.normalized_similarity) for end in ends)
    best = max(near, key=lambda one: one[1])
    return _things()[best[0]] if best[1] >= _ALIKE else ""


@cache
def _things() -> Mapping[str, str]:
    """The kinds of things that bear numbers, by what they are called."""
    return {phrase: thing for phrase, (kind, thing) in _phrases().meanings.items() if kind == "numbered"}


def _first(found: Iterable[tuple[str, str]], kind: str) -> str | None:
    return next((meaning for each, meaning in found if each == kind), None)


def _read(words: list[str], phrases: "_Phrases") -> Iterable[tuple[str, str]]:
    """Yield the meaning of the phrases in a row of words, the longest at each place."""
    at = 0
    while at < len(words):
        for length in phrases.lengths.get(words[at], ()):
            meaning = phrases.meanings.get(" ".join(words[at : at + length]))
            if meaning is not None:
                yield meaning
                at += length
                break
        else:
            at += 1


class _Phrases(NamedTuple):
    """Meaning of each phrase, and the lengths of phrases by their first word, the longest first."""

    meanings: Mapping[str, tuple[str, str]]
    lengths: Mapping[str, tuple[int, ...]]


@cache
def _phrases() -> _Phrases:
    lists = [("thing", kind, phrases.split(",")) for kind, phrases in PHRASES.items()]
    lists += [("place", place, names.split(",")) for place, names in PLACES.items()]
    lists += [("numbered", thing, names.split(",")) for thing, names in NUMBERED.items()]
    lists.append(("instead", "", list(INSTEAD)))
    meanings: dict[str, tuple[str, str]] = {}
    for kind, meaning, phrases in lists:
        meanings |= {" ".join(_folded(phrase)): (kind, meaning) for phrase in phrases}
    lengths: dict[str, set[int]] = {}
    for phrase in meanings:
        lengths.setdefault(phrase.split()[0], set()).add(len(phrase.split()))
    return _Phrases(meanings, {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()})


@cache
def _every() -> frozenset[str]:
    """All words of all phrases."""
    return frozenset(word for phrase in _phrases().meanings for word in phrase.split())


@cache
def _words() -> tuple[str, ...]:
    """The long ones of them."""
    return tuple(sorted(word for word in _every() if len(word) >= _LONG))


@lru_cache(maxsize=200_000)
def _plain(word: str) -> tuple[str, ...]:
    return tuple(_known(part) for part in _folded(word))


def _known(word: str) -> str:
    """A word as phrases have it, where it is long and one letter off; else as it is.

    A short word of one language may be one letter off a long one of another: it is itself.
    """
    if len(word) < _LONG - 1 or word in _every() or not word.isalpha():
        return word
    near = process.extractOne(word, _words(), scorer=OSA.distance, score_cutoff=1)
    return str(near[0]) if near else word


def _folded(text: str) -> tuple[str, ...]:
    return tuple(_singular(part) for part in fold(latin(text)).split())


def _singular(word: str) -> str:
    """A word without the s of an English or French plural."""
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )
