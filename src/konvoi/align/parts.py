"""Several values in one field, as lists write them: `(a) … (b) …`, `(1) … (2) …`, or parted by `;`."""

import re
from functools import lru_cache
from itertools import pairwise

_MARK = re.compile(r"(?:(?<=[\s,;.\"“:])|^)\(?([a-z]|\d{1,2})\)[:.]?\s*")
_EDGES = " \t\r\n,;"
_QUOTES = '"“”'


@lru_cache(maxsize=1 << 15)
def parts(text: str, *, also: str = "") -> tuple[str, ...]:
    """The values of a field; marks count only in their order from a or 1, or `(H) Ltd` would be one.

    also: a further pattern that parts values.

    >>> parts('"(a) 1.2.1960; (b) 1961"'), parts("Hope (H) Ltd; Hope"), parts("")
    (('1.2.1960', '1961'), ('Hope (H) Ltd', 'Hope'), ())
    """
    if not also and ";" not in text and ")" not in text:
        return (bare,) if (bare := _bare(text)) else ()
    pieces = [
        piece for marked in _marked(text) for piece in re.split(rf";{'|' + also if also else ''}", marked)
    ]
    return tuple(dict.fromkeys(bare for piece in pieces if (bare := _bare(piece))))


def _bare(piece: str) -> str:
    """A piece without what parts it from others; quotes that it shares with others, or that hold it whole."""
    bare = piece.strip(_EDGES)
    if not any(one in bare for one in _QUOTES):
        return bare
    quotes = sum(bare.count(one) for one in _QUOTES)
    whole = quotes == 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES
    return bare.strip(_QUOTES + _EDGES) if whole or quotes % 2 else bare


def _marked(text: str) -> list[str]:
    marks: list[re.Match[str]] = []
    expected = None
    for found in _MARK.finditer(text):
        if (found[1] in ("a", "1") and not marks) or found[1] == expected:
            marks.append(found)
            expected = chr(ord(found[1]) + 1) if found[1].isalpha() else str(int(found[1]) + 1)
    if not marks:
        return [text]
    edges = [*(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[: marks[0].start()], *(text[start:end] for start, end in zip(edges, ends, strict=True))]


def outside(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without what stands in brackets, and what stands in them.

    >>> outside("7734613934 (Tax ID/INN) x")
    ('7734613934 x', ('Tax ID/INN',))
    """
    inside = tuple(found.strip() for found in _BRACKETS.findall(text))
    return _SPACES.sub(" ", _BRACKETS.sub(" ", text)).strip(_EDGES), inside


_BRACKETS = re.compile(r"\(([^()]*)\)")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=5_000)
def labelled(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts `(Label):value` of a text: label and value up to the next label, in order.

    >>> labelled("(IMO number):7408873 (Flag of ship):North Korea (until 2018)")
    (('IMO number', '7408873'), ('Flag of ship', 'North Korea (until 2018)'))
    """
    found = list(_LABEL.finditer(text))
    if not found:
        return ()
    ends = [after.start() for _, after in pairwise(found)] + [len(text)]
    return tuple(
        (one[1].strip(), text[one.end() : end].strip()) for one, end in zip(found, ends, strict=True)
    )


_LABEL = re.compile(r"\(([^():]{2,60})\):")
