"""Folding of text, so that spellings that mean the same compare equal."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")

HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Signs that show nothing, for a set of a regular expression: soft hyphens, empty spaces, directions."""

_HIDDEN = re.compile(f"[{HIDDEN}]")


def visible(text: str) -> str:
    """Return a text without signs that show nothing; a name with such a sign reads as the name without.

    >>> visible("Exa\u200bmple\u202e")
    'Example'
    """
    return text if text.isascii() else _HIDDEN.sub("", text)


def tidy(text: str) -> str:
    """NFC, with white space (also the unbreakable) folded to single spaces and trimmed.

    >>> tidy(" a\\u00a0\\n b ")
    'a b'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A key for comparing: no case, no accents, no punctuation.

    >>> fold("  Łódź–Zürich, GmbH ")
    'lodz zurich gmbh'
    """
    text = text.replace("Ł", "L").replace("ł", "l").replace("ø", "o").replace("Ø", "O")
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = plain.translate({ord(c): None for c in set(plain) if unicodedata.combining(c)})
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", bare.replace("_", " "))).strip()


def _escaped(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")


def shown(text: str, most: int = 60) -> str:
    """Text as it may be shown to a person: control and direction characters escaped, cut with its length.

    >>> shown("a\\u202eb"), shown("x" * 5, most=3)
    ('a\\\\u202eb', 'xxx… (5 characters)')
    """
    safe = text if text.isprintable() else "".join(map(_escaped, text))
    return safe if len(safe) <= most else f"{safe[:most]}… ({len(safe)} characters)"


def calendar_text(text: str) -> str:
    """Text as a calendar may hold it: characters that RFC 5545 forbids are marked.

    One of them makes other programs refuse the whole calendar.

    >>> calendar_text("a\\x0bb")
    'a�b'
    """
    return _NOT_IN_CALENDARS.sub("\ufffd", text)


_NOT_IN_CALENDARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def listed(names: Iterable[str], most: int = 120) -> str:
    """Names one after another, safe to show; what does not fit is marked by an ellipsis.

    >>> listed(["day", "kind"]), listed(["day", "kind", "title"], most=10)
    ('day, kind', 'day, kind, …')
    """
    found = ""
    for name in names:
        more = f"{found}, {shown(name)}" if found else shown(name)
        if found and len(more) > most:
            return f"{found}, …"
        found = more
    return found


@lru_cache(maxsize=1 << 15)
def script(text: str) -> str:
    """The script of most of a text's letters, as Unicode names it; empty where it has none.

    >>> script("Харків 2022"), script("Łódź"), script("155 / 39")
    ('Cyrillic', 'Latin', '')
    """
    if text.isascii():
        return "Latin" if any(map(str.isalpha, text)) else ""
    named = Counter(map(_script_of, filter(str.isalpha, text)))
    return max(sorted(named), key=lambda name: named[name]).capitalize() if named else ""


@lru_cache(maxsize=1 << 12)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


_LIVE = "=+-@\t\r\n\0＝＋－＠"


def harmless(text: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: an apostrophe before what begins like one.

    Only for texts: a negative number would become a text.

    >>> harmless("=1+1"), harmless("Ann")
    ("'=1+1", 'Ann')
    """
    return f"'{text}" if text[:1] and text[0] in _LIVE else text


def as_was(cell: str) -> str:
    """A cell without the apostrophe that `harmless` put before it.

    >>> as_was(harmless("=1+1")), as_was("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in _LIVE else cell


def ranges(numbers: Iterable[int]) -> str:
    """Write whole numbers in order, those that follow one another as a range.

    >>> ranges([2, 3, 4, 7, 9, 10])
    '2-4, 7, 9-10'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def of_ranges(text: str) -> list[int]:
    """Return the numbers that `ranges` wrote.

    >>> of_ranges("2-4, 7"), of_ranges("")
    ([2, 3, 4, 7], [])
    """
    found: list[int] = []
    for part in text.split(", ") if text else ():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found
