"""Identifiers out of the fields of lists: many spellings of labels, several in a field, countries beside."""

import re
from collections.abc import Iterator
from functools import lru_cache

from konvoi.align.countries import country
from konvoi.align.identifiers import (
    EDRPOU,
    IMO_COMPANY,
    IMO_SHIP,
    INN,
    KPP,
    LEI,
    MMSI,
    NATIONAL,
    OGRN,
    OKPO,
    OTHER,
    REGISTRATION,
    SWIFT,
    TAX,
    fits,
    identifier,
)
from konvoi.align.listing import Identifier, Kind
from konvoi.align.parts import parts

# Spellings seen: Tax ID/INN, ИНН, ІПН, ОДРН (the Ukrainian for OGRN), PSRN (its English), typos ІНП and ІПГ.
_LABELS = (
    (OGRN, r"OGRN(?:IP)?|ОГРН(?:ИП)?|ОДРН|PSRN"),
    (INN, r"INN|ИНН|ІПН|ІНП|ІПГ"),
    (KPP, r"KPP|КПП"),
    (EDRPOU, r"EDRPOU|ЄДРПОУ|USREOU"),
    (OKPO, r"OKPO|ОКПО"),
    (LEI, r"LEI"),
    (SWIFT, r"SWIFT(?:/BIC)?|BIC"),
    (MMSI, r"MMSI"),
)
_LABEL = re.compile(
    "|".join(rf"(?P<{type}>(?<![^\W\d_])(?:{spelled})(?![^\W\d_]))" for type, spelled in _LABELS),
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[\s:№#–—-]*(?:no\.?|number)?[\s:]*([A-Z]{6}[A-Z0-9]{2,5}\b|\d[\d \u00a0]*\d|[A-Z0-9]{18}\d\d)"
)
_AFTER = re.compile(
    r",?\s*\(?\b(?:issued|issue date|officially|cancelled|expir\w*|valid|dated?|on|since|registered|delivered"
    r"|for|born)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(
    r"(?:(?<![^\W\d_])(?!(?:ID|NO)\b)[^\W\d_a-zа-яіїє]{1,3}[- ]?)?\d[\w.–-]*(?:/\d[\w/.-]*)?"
    r"(?:[ ]\d[\w./–-]*)*"
    r"|[^\W_]*\d[^\W_]*\d[^\W_]*"
)
_BESIDE = r"\s+/\s+|/\s+|(?<=\d{9})/(?=\d{9})"
_KPP_SHAPE = re.compile(r"\d{4}(?:01|43|44|45|50|51)\d{3}")
_SHORTEST = 4


@lru_cache(maxsize=5_000)
def labelled_ids(text: str) -> tuple[Identifier, ...]:
    """Identifiers that a text calls by their name, before or in brackets after the number.

    >>> [(i.type, i.value) for i in labelled_ids("INN: 7707083893 KPP: 773601001, 1027700132195 (OGRN)")]
    [('inn', '7707083893'), ('kpp', '773601001'), ('ogrn', '1027700132195')]
    """
    return _labelled(text)[0]


def _labelled(text: str) -> tuple[tuple[Identifier, ...], str]:
    """The identifiers that are called by name, and the text without them."""
    found: list[Identifier] = []
    rest = text
    for match in _LABEL.finditer(text):
        after = _VALUE.match(text, match.end())
        before = re.search(r"(\d{8,15})\s*\((?:[^()]*[/ ])?$", text[: match.start()])
        value = before[1] if before else after[1] if after else ""
        if one := identifier(str(match.lastgroup), value):
            found.append(one)
            rest = rest.replace(value, " ", 1)
    return tuple(dict.fromkeys(found)), rest


def ids(type: str, text: str, *, russian: bool = False) -> tuple[Identifier, ...]:
    """Return the identifiers of a field of one type; labels in it override the type.

    russian: the party is of Russia, so that a number in a field for tax or registration that has the shape
    and the check digits of an INN or OGRN is one.
    """
    return tuple(dict.fromkeys(one for part in _parts(text) for one in _ids(type, part, russian)))


def imo(text: str, kind: Kind) -> tuple[Identifier, ...]:
    """The IMO numbers of a field: of a ship its own, of anybody else that of the company."""
    type = IMO_SHIP if kind == Kind.SHIP else IMO_COMPANY
    return tuple(one for part in _parts(text) if (one := identifier(type, part)))


def _parts(text: str) -> Iterator[str]:
    for part in parts(text, also=_BESIDE):
        several = [one.strip() for one in re.split(r",(?![^(]*\))", part)]
        numbers = all(re.search(r"\d{3}", _AFTER.sub("", one)) for one in several)
        yield from several if numbers else [part]


def _ids(type: str, text: str, russian: bool) -> Iterator[Identifier]:
    found, rest = _labelled(text)
    yield from found
    where = country(text)
    bare = _AFTER.sub("", re.sub(r"\([^()]*\)", " ", rest))
    # Text in brackets alone is the number itself.
    whole = () if found or _TOKEN.search(bare) else (_AFTER.sub("", rest),)
    tokens = re.findall(r"\b[A-Z0-9]{8,20}\b", bare) if type in (SWIFT, LEI) else _TOKEN.findall(bare)
    for token in [one for text in whole for one in _TOKEN.findall(text)] or tokens:
        bare = token.strip(" .,/-–")
        if sum(one.isalnum() for one in bare) < _SHORTEST:
            continue
        shaped = (identifier(precise, bare) for precise in _shaped(type, bare, russian or where == "RU"))
        if one := next((one for one in shaped if one), None) or identifier(type, bare, where):
            yield one


def _shaped(type: str, token: str, russian: bool) -> Iterator[str]:
    """The Russian types that a number has the shape and check digits of."""
    digits = re.sub(r"\s", "", token)
    if not russian or type not in (TAX, REGISTRATION, NATIONAL, OTHER) or not digits.isascii():
        return
    yield from (precise for precise in (OGRN, INN) if fits(precise, digits))
    if _KPP_SHAPE.fullmatch(digits):
        yield KPP
