"""Identifiers out of fields: many spellings of labels, several in a field, countries beside."""

import re
from collections.abc import Iterator
from dataclasses import replace
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
    RNOKPP,
    SWIFT,
    TAX,
    fits,
    identifier,
)
from konvoi.align.listing import Identifier, Kind
from konvoi.align.number_labels import LISTED, LOOSE, OWN, TOKEN, imo_numbers, labelled
from konvoi.align.parts import parts
from konvoi.align.written import APART, numbers_alone, plain, read_all

_WHOLE = (OGRN, INN, KPP, EDRPOU, OKPO, RNOKPP, LEI, SWIFT, MMSI)
"""Types of a length, whose groups are joined whatever stands between them."""
_AFTER = re.compile(
    r",?\s*\(?\b(?:issued|issue date|officially|cancelled|expir\w*|valid|dated?|on|since|registered|delivered"
    r"|for|born)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE = r"\s+/\s+|/\s+|(?<=\d{9})/(?=\d{9})"
_KPP_SHAPE = re.compile(r"\d{4}(?:01|43|44|45|50|51)\d{3}")
_COMMA = re.compile(r",(?![^(]*\))")
_DIGITS = re.compile(r"\d{3}")
_SHORTEST = 4


@lru_cache(maxsize=5_000)
def labelled_ids(text: str) -> tuple[Identifier, ...]:
    """Identifiers that a text calls by their name, before or in brackets after the number.

    >>> [(i.type, i.value) for i in labelled_ids("INN: 7707083893 KPP: 773601001, 1027700132195 (OGRN)")]
    [('inn', '7707083893'), ('kpp', '773601001'), ('ogrn', '1027700132195')]
    """
    return labelled(plain(text), LISTED, None)[0]


def ids(type: str, text: str, *, russian: bool = False) -> tuple[Identifier, ...]:
    """Return the identifiers of a list's field of one type; labels in it override the type.

    russian: the party is of Russia, so that a number in a field for tax or registration that has the shape
    and the check digits of an INN or OGRN is one.
    """
    return _read(type, text, LISTED, None, russian)


def own_ids(
    type: str, text: str, *, russian: bool = False, kind: Kind | None = None
) -> tuple[Identifier, ...]:
    """Return the identifiers of a field that holds a party's own numbers alone: all labels count.

    kind: of the party; without one an IMO number is of each type whose check digit holds.

    >>> [(one.type, one.value) for one in own_ids("other", "IMO No. 907-4729; Passport EC 922162")]
    [('imo-ship', '9074729'), ('passport', 'EC922162')]
    """
    if type in (IMO_SHIP, IMO_COMPANY):
        return imo(text, kind)
    return _read(type, text, OWN, kind, russian)


def imo(text: str, kind: Kind | None) -> tuple[Identifier, ...]:
    """The IMO numbers of a field: of a ship its own, of anybody else that of the company.

    An organisation's number that only holds as a ship's is a ship's.
    """
    return tuple(
        dict.fromkeys(one for part in _parts(numbers_alone(plain(text))) for one in _imo(part, kind))
    )


def _imo(part: str, kind: Kind | None) -> Iterator[Identifier]:
    held = {start: value for type in (IMO_COMPANY, IMO_SHIP) for value, start, _ in read_all(type, part)}
    for value in [held[start] for start in sorted(held)] or [_AFTER.sub("", part)]:
        yield from imo_numbers(value, kind)


def _read(
    type: str, text: str, labels: re.Pattern[str], kind: Kind | None, russian: bool
) -> tuple[Identifier, ...]:
    if not text:
        return ()
    each = _parts(numbers_alone(plain(text)))
    return tuple(dict.fromkeys(one for part in each for one in _ids(type, part, labels, kind, russian)))


def _parts(text: str) -> Iterator[str]:
    for part in parts(text, also=_BESIDE):
        several = [one.strip() for one in _COMMA.split(part)]
        numbers = all(_DIGITS.search(_AFTER.sub("", one)) for one in several)
        yield from several if numbers else [part]


def _ids(
    type: str, text: str, labels: re.Pattern[str], kind: Kind | None, russian: bool
) -> Iterator[Identifier]:
    where = country(text)
    found, rest = labelled(text, labels, kind)
    for named in found:
        yield replace(named, country=where) if named.type in LOOSE and where else named
    if type in _WHOLE:
        for value, start, end in reversed(list(read_all(type, rest))):
            rest = rest[:start] + APART + rest[end:]
            whole = tuple(one for one in (identifier(type, value, where),) if one)
            found = (*whole, *found)
            yield from whole
    bare = _AFTER.sub("", re.sub(r"\([^()]*\)", " ", rest))
    # Text in brackets alone is the number itself.
    inside = () if found or TOKEN.search(bare) else (_AFTER.sub("", rest),)
    tokens = re.findall(r"\b[A-Z0-9]{8,20}\b", bare) if type in (SWIFT, LEI) else TOKEN.findall(bare)
    for token in [one for text in inside for one in TOKEN.findall(text)] or tokens:
        bare = token.strip(" .,/-")
        if sum(one.isalnum() for one in bare) < _SHORTEST:
            continue
        shaped = (identifier(precise, bare) for precise in _shaped(type, bare, russian or where == "RU"))
        if one := next((one for one in shaped if one), None) or identifier(type, bare, where):
            yield one


def _shaped(type: str, token: str, russian: bool) -> Iterator[str]:
    """The types that a number has the shape and check digits of: a LEI, and in Russia an INN, OGRN or KPP."""
    value = re.sub(r"[\W_]", "", token)
    if type not in (TAX, REGISTRATION, NATIONAL, OTHER) or not value.isascii():
        return
    if fits(LEI, value.upper()) and not value.isdecimal():
        yield LEI
    if russian:
        yield from (precise for precise in (OGRN, INN) if fits(precise, value))
        if _KPP_SHAPE.fullmatch(value):
            yield KPP
