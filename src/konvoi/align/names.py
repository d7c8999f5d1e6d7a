"""Names as lists write them: several in one field, in brackets a second script, a short or a former name."""

import re
from collections.abc import Iterator

from konvoi.align.countries import country
from konvoi.align.legalforms import begins
from konvoi.align.listing import Name, NameKind
from konvoi.align.parts import outside, parts
from konvoi.kit.text import script, tidy

_FORMER = re.compile(r"(?:formerly(?: known as)?|former name|ex|f\.?k\.?a\.?)[:\s-]+(.+)", re.IGNORECASE)
_ALSO = re.compile(r"(?:also known as|a\.?k\.?a\.?)[:\s-]+(.+)", re.IGNORECASE)
_SLASH = r"\s+/\s+(?=\S+\s+\S)"


def names(text: str, kind: NameKind, *, also: str = _SLASH) -> tuple[Name, ...]:
    """The names of a field, each once; what is in another script than Latin is the original.

    >>> [(n.text, n.kind.value) for n in names("Ann (Анна); KRITI (ex VIGOR)", NameKind.PRIMARY)][:2]
    [('Ann', 'primary'), ('Анна', 'original script')]
    """
    return tuple(dict.fromkeys(one for part in parts(text, also=also) for one in _names(tidy(part), kind)))


def _names(text: str, kind: NameKind) -> Iterator[Name]:
    bare, inside = outside(text) if "(" in text else (text, ())
    if not bare or not inside:
        yield Name(text, _kind(text, kind))
        return
    told = [_inside(bare, one) for one in inside]
    whole = any(one is None for one in told)
    yield Name(text if whole else bare, _kind(text if whole else bare, kind))
    if whole and all(map(_short, inside)):
        yield Name(bare, _kind(bare, NameKind.ALSO if kind == NameKind.PRIMARY else kind))
    for one in told:
        if one and not whole:
            yield one


def _inside(bare: str, text: str) -> Name | None:
    """A bracket that holds a name of its own; None where it is a part of the name before it."""
    if found := _FORMER.fullmatch(text):
        return Name(found[1], NameKind.FORMERLY)
    if found := _ALSO.fullmatch(text):
        return Name(found[1], _kind(found[1], NameKind.ALSO))
    if begins(text):
        return Name(text, _kind(text, NameKind.ALSO))
    other = script(text)
    if other and other != script(bare) and len(text) > len(bare) // 3:
        return Name(text, _kind(text, NameKind.ALSO))
    return None


def without_abbreviation(text: str) -> str:
    """Return a name without brackets that hold an abbreviation of it.

    >>> without_abbreviation("Radio Technologies (KRET)"), without_abbreviation("Example Bank (Kiev)")
    ('Radio Technologies', 'Example Bank (Kiev)')
    """
    if "(" not in text:
        return text
    bare, inside = outside(text)
    return bare if bare and inside and all(map(_short, inside)) else text


def _short(text: str) -> bool:
    """Return True if a bracket holds an abbreviation, without which the name is the same; a country parts
    it.
    """
    return text.isupper() and text.isalpha() and len(text) > 2 and not country(text)


def _kind(text: str, kind: NameKind) -> NameKind:
    """A name in another script is the original, unless the list calls it weak or former."""
    foreign = script(text) not in ("", "Latin")
    return NameKind.ORIGINAL if foreign and kind not in (NameKind.WEAK, NameKind.FORMERLY) else kind


_VESSEL = re.compile(
    r"\s*(?:M\s?[./]?\s?[VT]\b\.?|M[./]S\b\.?|MS\b|S[./]?S\b\.?|[SFM][./]V\b\.?|SV\b|FV\b|M/Y\b|т\s?[/.]\s?[хк]\b\.?|тх\b"
    r"|motor (?:vessel|tanker|ship)|steamship|теплохід|теплоход|танкер)[\s:,-]+(?=\w|[\"'«“„])",
    re.IGNORECASE,
)


def without_vessel(text: str) -> str:
    """Return a ship's name without the abbreviations of its sort before it.

    >>> [without_vessel(one) for one in ("M/V Sea Pearl", "т/х «Перлина»", "MV", "MV MT Mystic")]
    ['Sea Pearl', '«Перлина»', 'MV', 'Mystic']
    """
    while found := _VESSEL.match(text):
        text = text[found.end() :]
    return text
