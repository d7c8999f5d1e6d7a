"""Identifiers by type: how each is folded, and its check digits where it has some.

Check digits: IMO numbers of ships (IMO Res. A.1117(30)) and companies (weights 8 6 4 2 9 7, modulo 11), INN
and OGRN (Federal Tax Service of Russia), EDRPOU and RNOKPP (State Statistics and Tax Services of Ukraine),
LEI (ISO 17442, ISO 7064 MOD 97-10).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from konvoi.align.listing import Identifier

IMO_SHIP = "imo-ship"
IMO_COMPANY = "imo-company"
MMSI = "mmsi"
INN = "inn"
OGRN = "ogrn"
KPP = "kpp"
OKPO = "okpo"
EDRPOU = "edrpou"
RNOKPP = "rnokpp"
LEI = "lei"
SWIFT = "swift"
PASSPORT = "passport"
NATIONAL = "national-id"
TAX = "tax"
REGISTRATION = "registration"
OTHER = "other"

ONCE = frozenset({IMO_SHIP, INN, OGRN, LEI})
"""Types of which a party has one alone: two different valid ones are two parties."""


@dataclass(frozen=True)
class _Type:
    """The shape of a folded value, its check (None without check digits), its country if it has one."""

    shape: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    country: str = ""


def _weighed(value: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False))


def _imo_ship(value: str) -> bool:
    return _weighed(value, (7, 6, 5, 4, 3, 2)) % 10 == int(value[6])


def _imo_company(value: str) -> bool:
    return (11 - _weighed(value, (8, 6, 4, 2, 9, 7)) % 11) % 10 == int(value[6])


_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _inn(value: str) -> bool:
    if not int(value):
        return False
    if len(value) == 10:
        return _weighed(value, _INN_10) % 11 % 10 == int(value[9])
    return all(_weighed(value, w) % 11 % 10 == int(value[len(w)]) for w in _INN_12)


def _ogrn(value: str) -> bool:
    return int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1])


def _edrpou(value: str) -> bool:
    middle = 30_000_000 <= int(value) <= 60_000_000
    weights = (7, 1, 2, 3, 4, 5, 6) if middle else (1, 2, 3, 4, 5, 6, 7)
    rest = _weighed(value, weights) % 11
    if rest == 10:
        rest = _weighed(value, tuple(weight + 2 for weight in weights)) % 11 % 10
    return rest == int(value[7])


def _rnokpp(value: str) -> bool:
    return _weighed(value, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(value[9])


def _lei(value: str) -> bool:
    return int("".join(str(int(one, 36)) for one in value)) % 97 == 1


_ANY = re.compile(r"[^\W_]{3,40}")
TYPES = {
    IMO_SHIP: _Type(re.compile(r"\d{7}"), _imo_ship),
    IMO_COMPANY: _Type(re.compile(r"\d{7}"), _imo_company),
    MMSI: _Type(re.compile(r"\d{9}")),
    INN: _Type(re.compile(r"\d{10}(?:\d\d)?"), _inn, "RU"),
    OGRN: _Type(re.compile(r"\d{13}(?:\d\d)?"), _ogrn, "RU"),
    KPP: _Type(re.compile(r"\d{9}"), None, "RU"),
    OKPO: _Type(re.compile(r"\d{8}(?:\d\d)?"), None, "RU"),
    EDRPOU: _Type(re.compile(r"\d{8}"), _edrpou, "UA"),
    RNOKPP: _Type(re.compile(r"\d{10}"), _rnokpp, "UA"),
    LEI: _Type(re.compile(r"[A-Z0-9]{18}\d\d"), _lei),
    SWIFT: _Type(re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")),
    PASSPORT: _Type(_ANY),
    NATIONAL: _Type(_ANY),
    TAX: _Type(_ANY),
    REGISTRATION: _Type(_ANY),
    OTHER: _Type(_ANY),
}
"""Every type of identifier."""

_CYRILLIC = "АВЕКМНОРСТУХІ"
LOOKALIKES = str.maketrans(_CYRILLIC, "ABEKMHOPCTYXI")
"""Cyrillic capitals that look like Latin ones, in which series of passports and codes are typed."""

_NOT_KEPT = re.compile(r"[\W_]+")


def identifier(type: str, text: str, country: str = "") -> Identifier | None:
    """One identifier; None where nothing of the shape is in the text.

    Of types with check digits a value of another shape is kept, as not valid: a slip of the pen identifies
    a person nevertheless.

    >>> identifier("imo-ship", "IMO 9074729")
    Identifier(type='imo-ship', value='9074729', country='', valid=True, text='IMO 9074729')
    >>> identifier("inn", "7707083894").valid, identifier("imo-ship", "does not exist")
    (False, None)
    """
    known = TYPES[type]
    value = _NOT_KEPT.sub("", text).upper()
    if all(one in _CYRILLIC for one in value if one.isalpha() and not one.isascii()):
        value = value.translate(LOOKALIKES)
    if known.check or type in (MMSI, KPP, OKPO):
        value = _digits(type, text)
    if not value or (not any(one.isdigit() for one in value) and type != SWIFT):
        return None
    fits = known.shape.fullmatch(value) is not None
    valid = (fits and known.check(value)) if known.check else None
    if not fits and valid is None:
        return None
    return Identifier(type, value, country or ("" if valid is False else known.country), valid, text.strip())


def _digits(type: str, text: str) -> str:
    if type == LEI:
        return _NOT_KEPT.sub("", text).upper()
    return "".join(one for one in text if one.isdecimal() and one.isascii())


def fits(type: str, value: str) -> bool:
    """Return True if a text is an identifier of a type, check digits included.

    >>> fits("ogrn", "1027700132195"), fits("inn", "1027700132195")
    (True, False)
    """
    known = TYPES[type]
    found = known.shape.fullmatch(value) is not None
    return found and (known.check is None or known.check(value))
