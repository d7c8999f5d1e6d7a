"""A number under the other names that it may have: what a table calls a tax number, a list calls an INN.

Such a number asks a person and never decides, nor does it contradict: it has no country, and no check of it
counts.
"""

from collections.abc import Iterable

from konvoi.align.identifiers import (
    EDRPOU,
    IMO_COMPANY,
    IMO_SHIP,
    INN,
    LEI,
    MMSI,
    NATIONAL,
    OGRN,
    OKPO,
    OTHER,
    PASSPORT,
    REGISTRATION,
    RNOKPP,
    SWIFT,
    TAX,
    TYPES,
)
from konvoi.align.listing import Identifier

_REGISTERS = (INN, OGRN, EDRPOU, RNOKPP, OKPO, TAX, REGISTRATION, NATIONAL, PASSPORT, OTHER)
_MARKS = (IMO_SHIP, IMO_COMPANY, MMSI, LEI, SWIFT)
"""Types that a table mostly names: only a number without a type may be one of these."""

_SHORTEST = 7
"""Numbers of fewer letters and digits are equal by chance too often."""


def guessed(numbers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Numbers with the other types that each may be of, those that are known already left out.

    >>> from konvoi.align.identifiers import identifier
    >>> [one.type for one in guessed([identifier("tax", "7707083893")])]
    ['inn', 'rnokpp', 'okpo', 'registration', 'national-id', 'passport', 'other']
    """
    known = {(one.type, one.value): one for one in numbers}
    found: dict[tuple[str, str], Identifier] = {}
    for one in known.values():
        types = (*_REGISTERS, *_MARKS) if one.type == OTHER else _REGISTERS if one.type in _REGISTERS else ()
        for type in types if len(one.value) >= _SHORTEST else ():
            if (type, one.value) not in known and TYPES[type].shape.fullmatch(one.value):
                found.setdefault((type, one.value), Identifier(type, one.value, text=one.text))
    return tuple(found.values())
