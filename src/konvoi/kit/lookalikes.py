"""Texts that look alike: Cyrillic and Greek letters beside Latin ones, dashes, and hidden signs."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from konvoi.kit.text import visible

# The letters of Unicode's confusables (UTS 39) that look like a Latin letter in most fonts. Digits are left
# out: a reference with 0 and one with O are two in many lists.
_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХҮԜԌӀ" + "аеѕіјорсухһԁԛԝү" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "αικνορτυχ",
        "ABESIJKMHOPCTYXYWGI" + "aesijopcyxhdqwy" + "ABEZHIKMNOPTYX" + "aiknoptux",
        strict=True,
    )
)
_DASHES = dict.fromkeys("‐‑‒–—−﹣", "-")
_TABLE = str.maketrans(_LETTERS | _DASHES)


@lru_cache(maxsize=1 << 16)
def skeleton(text: str) -> str:
    """Return what texts that look alike have in common; a key for comparing, not for showing.

    >>> skeleton("ХА-1") == skeleton("XA-1"), skeleton("XA\\u200b–1"), skeleton("HUB-O1")
    (True, 'XA-1', 'HUB-O1')
    """
    return text if text.isascii() else visible(unicodedata.normalize("NFKC", text)).translate(_TABLE)


def lookalikes(texts: Iterable[str]) -> dict[str, str]:
    """Return the texts that look like another one, each with that one: the usual spelling of both.

    >>> lookalikes(["XA-1", "ХA-1", "ПАК-1"])
    {'ХA-1': 'XA-1'}
    """
    every = set(texts)
    strange = sorted(one for one in every if not one.isascii())
    if not strange:
        return {}
    usual: dict[str, str] = {}
    for one in sorted(every, key=lambda one: (_rank(one), one)):
        usual.setdefault(skeleton(one), one)
    return {one: other for one in strange if (other := usual[skeleton(one)]) != one}


def _rank(text: str) -> int:
    """Return how unusual a spelling is: ASCII alone, letters of another script alone, or both mixed."""
    return 0 if text.isascii() else 1 + is_mixed(text)


def is_mixed(text: str) -> bool:
    """Return True for a text that mixes Latin letters with others, or holds signs that show nothing.

    >>> is_mixed("ХA-1"), is_mixed("A\u200b-1"), is_mixed("ПАК-1"), is_mixed("Zürich")
    (True, True, False, False)
    """
    foreign = any(one in _LETTERS for one in text)
    return (foreign and any(one.isascii() and one.isalpha() for one in text)) or visible(text) != text


def signs(text: str, other: str) -> str:
    """Return the signs of a text that make it differ from one that looks like it, with their codes.

    >>> signs("ХА\\u200b-1", "XA-1")
    'Х (U+0425), А (U+0410), U+200B'
    """
    found = dict.fromkeys(one for one in text if not one.isascii() and one not in other)
    return ", ".join(
        f"{one} (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}" for one in found
    )
