"""Words of companies' names as English ones, since lists write a завод as a plant, a factory or a zavod."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from konvoi.align.lexicon import NOTHING, SHORT, WORDS
from konvoi.align.phonetic_key import spoken, words
from konvoi.kit.latin import latin
from konvoi.kit.text import script

_ENDING = re.compile(r"[aeiou]{0,3}(?:h[aou]?|m[iu]?|v)?")
"""Pattern for what follows a stem: endings of nouns and adjectives in the three languages, as they sound."""

_LONGEST = 6
_PART = 8
"""Letters of the shorter of two words that are written as one."""

_PLACE = re.compile(r"(.{3,})sk(?:[aeiouyj]{0,4}|[aeiouy]{1,2}(?:[gh][ou]|m[uy]?|kh))")
"""A place, or of a place: Пермский and Perm, Ульяновский and Ulyanovsk."""

_SPELT = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("tech", "tekh"),
        ("service", "servis"),
        ("qu", "kv"),
        ("c(?=[ei])", "ts"),
        ("euro", "evro"),
        ("auto", "avto"),
        (r"^(\d+)(?:st|nd|rd|th)$", r"\1"),
    )
)
"""English spellings of words that are otherwise equal: Techpribor is a Техприбор."""
_ANY_SPELT = re.compile("|".join(pattern.pattern for pattern, _ in _SPELT))


def translated(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a company's name, those of the lexicon as what stands for them, each once.

    >>> translated(words("Пермский пороховой завод")) == translated(words("Perm Powder Plant"))
    True
    >>> translated(words("НПО «Сплав»")), translated(words("of the"))
    (('research', 'production', 'association', 'splav'), ())
    """
    return tuple(dict.fromkeys(chain.from_iterable(map(_meant, name))))


@lru_cache(maxsize=200_000)
def _meant(word: str) -> tuple[str, ...]:
    told = _told(word)
    if told is not None:
        return told
    if both := _glued(word):
        return both
    if _ANY_SPELT.search(word):
        for pattern, to in _SPELT:
            word = pattern.sub(to, word)
    place = _PLACE.fullmatch(word)
    return (place[1],) if place else (word,)


@lru_cache(maxsize=200_000)
def _told(word: str) -> tuple[str, ...] | None:
    """Return the lexicon's words for a word; the longest stem counts."""
    for one in (word, word.removesuffix("s")):
        if one in _WHOLE:
            return _WHOLE[one]
    heard = spoken(word)
    for end in range(len(heard), max(len(heard) - _LONGEST, 0), -1):
        if heard[:end] in _STEMS and _ENDING.fullmatch(heard, end):
            return _STEMS[heard[:end]]
    return None


def _glued(word: str) -> tuple[str, ...]:
    """Return the words for two words written as one, as in typing errors and compounds."""
    for cut in range(len(word) - _PART, _PART - 1, -1):
        if (first := _told(word[:cut])) and (second := _told(word[cut:])):
            return first + second
    return ()


def _entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words and stems of a table, each with what stands for it."""
    for entry in " ".join(text.split()).split(";"):
        meant, _, written = entry.partition(":")
        value = tuple(meant.split())
        for one in (*value[: len(value) == 1], *written.split()):
            yield one, value


def romanised(text: str) -> tuple[str, ...]:
    """A text in small letters as lists romanise it, as German texts do without signs, and as French ones do.

    >>> romanised("цех")
    ('tsekh', 'cech', 'tsekh')
    """
    return tuple(latin(text.translate(letters)) for letters in _SCHEMES)


def _stem(word: str) -> bool:
    """Return True if endings may be added: not to English words, nor to what is too short for a stem."""
    return script(word) == "Cyrillic" and len(word) > 1 + (word in _DROPPED)


_GERMAN = dict(zip("жхцчшщюяє", ("z", "ch", "c", "c", "s", "sc", "ju", "ja", "je"), strict=True))
_FRENCH = dict(zip("жчшщую", ("j", "tch", "ch", "chtch", "ou", "iou"), strict=True))
_SCHEMES = tuple(str.maketrans(letters) for letters in ({}, _GERMAN, _FRENCH))
_DROPPED = frozenset(NOTHING.split())
_BY_WORD = dict(_entries(WORDS)) | dict.fromkeys(_DROPPED, ())
_BY_SHORT = dict(_entries(SHORT))
_STEMS = {
    heard: value
    for way in (2, 1, 0)
    for one, value in _BY_WORD.items()
    if _stem(one)
    for heard in [spoken(words(latin(one.translate(_SCHEMES[way])))[0])]
}
_WHOLE = {words(one)[0]: value for one, value in _BY_WORD.items() if not _stem(one)}
_WHOLE |= {words(one)[0]: value for one, value in _BY_SHORT.items()}
