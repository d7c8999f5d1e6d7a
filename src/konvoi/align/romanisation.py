"""Cyrillic words as eight schemes write them in Latin letters, for comparison by their letters as spoken.

UA 2010, BGN/PCGN and ICAO differ in letters alone that `spoken` makes equal; the tables below are of the
others: German, ISO 9 (of 1995, and of 1968 as libraries and DIN 1460 write), French, Spanish and Polish. They
hold Ukrainian and Russian letters, accents left out, since names are compared without.
"""

import re
from collections.abc import Mapping, Sequence

from konvoi.align.phonetic_key import all_spoken

_BASE = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуўфхцчшщъыьэюяё",
        "a b v g g d e e zh z i i i i k l m n o p r s t u u f kh ts ch sh shch - i - e yu ya e".split(),
        strict=True,
    )
)
Rules = tuple[tuple[re.Pattern[str], str], ...]
_AFTER = (re.compile(r"(?<=[аеёиоуыэюяєіїъь])е"), "je")
_HARD = (re.compile(r"г(?=[еиіє])"), "gu")
_MUTE = (re.compile(r"(?<=[иі])н\b"), "ne")
_BROAD = (re.compile(r"(?<=[жшц])и"), "y")
_FRENCH = "ж=j у=ou ч=tch ш=ch щ=chtch ю=iou я=ia ё=io"
_SCHEMES: Sequence[tuple[str, Rules]] = (
    ("в=w ж=sch з=s х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja ё=jo", (_AFTER,)),
    ("ж=z х=h ц=c ч=c ш=s щ=s ю=u я=a", ()),
    ("ж=z х=ch ц=c ч=c ш=s щ=sc ю=ju я=ja", ()),
    (_FRENCH, (_AFTER, _HARD, _MUTE)),
    (_FRENCH, (_AFTER, _HARD)),
    (_FRENCH, (_HARD, _MUTE)),
    ("х=j щ=sch", (_AFTER, _HARD)),
    ("в=w х=ch ц=c ч=cz ш=sz щ=szcz ж=z ю=ju я=ja ё=jo", (_AFTER, _BROAD)),
    ("ъ=ie ё=yo", (_AFTER,)),
)
"""Letters that differ from the base, and letters that depend on their place: е after a vowel, г before е and
и, final н, и after ж, ш and ц."""


def _table(changes: str) -> Mapping[int, str]:
    told = _BASE | dict(one.split("=") for one in changes.split())
    return {ord(letter): "" if latin == "-" else latin for letter, latin in told.items()}


_TABLES = tuple((_table(changes), rules) for changes, rules in _SCHEMES)

_LATIN = {
    "shch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "tz": "ц",
    "ch": "ч",
    "sh": "ш",
    **dict.fromkeys(("yu", "iu"), "ю"),
    **dict.fromkeys(("ya", "ia"), "я"),
    **dict.fromkeys(("ye", "ie"), "е"),
    **dict(zip("abvghdezyijklmnoprstufwqc", "абвггдезиииклмнопрстуфвкк", strict=True)),
    "x": "кс",
}
_LETTER = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))


def cyrillic(word: str) -> str:
    """Return a word in Latin letters, as most lists romanise it, in the Cyrillic letters that it may have.

    >>> cyrillic("zaytsev"), cyrillic("shchukin")
    ('заицев', 'щукин')
    """
    return _LETTER.sub(lambda found: _LATIN[found[0]], word)


def written(words: Sequence[str]) -> list[list[str]]:
    """Return for each scheme the Cyrillic words in small letters as it writes them, as spoken.

    >>> [forms[0] for forms in written(["зайцев"])][:3]
    ['saizev', 'zaikev', 'zaikev']
    """
    text = "\n".join(words)
    told = []
    for table, rules in _TABLES:
        changed = text
        for pattern, to in rules:
            changed = pattern.sub(to, changed)
        told.append(all_spoken(changed.translate(table)).split("\n") if words else [])
    return told
