"""Folding of text, so that spellings that mean the same compare equal."""

import re
import unicodedata
from collections import Counter

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")


def tidy(text: str) -> str:
    """NFC, with white space (also the unbreakable) folded to single spaces and trimmed.

    >>> tidy(" a\\u00a0\\n b ")
    'a b'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """A key for comparing: no case, no accents, no punctuation.

    >>> fold("  Łódź–Zürich, GmbH ")
    'lodz zurich gmbh'
    """
    text = text.replace("Ł", "L").replace("ł", "l").replace("ø", "o").replace("Ø", "O")
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", bare.replace("_", " "))).strip()


def shown(text: str, most: int = 60) -> str:
    """Text as it may be shown to a person: control and direction characters escaped, cut with its length.

    >>> shown("a\\u202eb"), shown("x" * 5, most=3)
    ('a\\\\u202eb', 'xxx… (5 characters)')
    """
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe if len(safe) <= most else f"{safe[:most]}… ({len(safe)} characters)"


def script(text: str) -> str:
    """The script of most of a text's letters, as Unicode names it; empty where it has none.

    >>> script("Харків 2022"), script("Łódź"), script("155 / 39")
    ('Cyrillic', 'Latin', '')
    """
    named = Counter(unicodedata.name(one, "").partition(" ")[0] for one in text if one.isalpha())
    return max(sorted(named), key=lambda name: named[name]).capitalize() if named else ""
