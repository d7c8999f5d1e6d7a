"""Numbers that a text calls by their names: `INN/KPP 7707083893/770701001`, `1027700132195 (OGRN)`."""

import re
from collections.abc import Iterator, Sequence

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
    PASSPORT,
    REGISTRATION,
    RNOKPP,
    SWIFT,
    TAX,
    fits,
    identifier,
)
from konvoi.align.listing import Identifier, Kind
from konvoi.align.written import APART, read_at

Spelled = Sequence[tuple[str, str]]

# Spellings seen: Tax ID/INN, ИНН, ІПН, ОДРН (the Ukrainian for OGRN), PSRN (its English), typos ІНП and ІПГ.
_LISTED: Spelled = (
    (OGRN, r"OGRN(?:IP)?|ОГРН(?:ИП)?|ОДРН|PSRN"),
    (INN, r"INN|ИНН|ІПН|ІНП|ІПГ"),
    (KPP, r"KPP|КПП"),
    (EDRPOU, r"EDRPOU|ЄДРПОУ|USREOU"),
    (OKPO, r"OKPO|ОКПО"),
    (LEI, r"LEI"),
    (SWIFT, r"SWIFT(?:/BIC)?|BIC"),
    (MMSI, r"MMSI"),
)
_IMO = "imo"
_OWN: Spelled = (
    *_LISTED,
    (RNOKPP, r"RNOKPP|РНОКПП"),
    (IMO_COMPANY, r"company IMO|IMO[- ]company"),
    (IMO_SHIP, r"(?:ship|vessel) IMO|IMO[- ](?:ship|vessel)"),
    (_IMO, r"IMO|ІМО|ИМО"),
    (PASSPORT, r"passport|Reisepass|паспорт"),
    (NATIONAL, r"national (?:ID|identification|identity)|(?:identity|ID) card|Personalausweis"),
    (TAX, r"tax(?: ID| identification)?|TIN|VAT|Steuernummer|податковий"),
    (
        REGISTRATION,
        r"(?:company |business )?registration|reg\.|company(?= (?:no|number)\b)|Registernummer|реєстраційний",
    ),
)


def _pattern(labels: Spelled) -> re.Pattern[str]:
    """Return the pattern of labels, the group of each named after its type."""
    each = (
        rf"(?P<{type.replace('-', '_')}>(?<![^\W\d_])(?:{spelled})(?![^\W\d_]))" for type, spelled in labels
    )
    return re.compile("|".join(each), re.IGNORECASE)


LISTED = _pattern(_LISTED)
"""Labels in texts of lists, which call numbers of other parties by the remaining ones."""
OWN = _pattern(_OWN)
"""Labels in a field that holds numbers of one party alone."""

_BETWEEN = re.compile(r"\s*(?:[/,&+]|and\b|und\b|та\b)\s*")
_JUNK = re.compile(
    r"(?:[\s:.№#=-]|(?:no|nr|number|code|id|identification|номер|код)(?![^\W\d_]))*", re.IGNORECASE
)
_GROUP = re.compile(r"(?<![^\W_])[^\W_]+")
_NEXT = re.compile(r"[\s/,;&-]*")
_SLIP = re.compile(r"[A-Z]{6}[A-Z0-9]{2,5}\b|\d[\d ]*\d|[A-Z0-9]{18}\d\d")
_OPEN = re.compile(r"\s*\((?:[^()]*[/ ])?$")
_TAIL = 60
"""Longest number, with its separators, that stands before its name in brackets."""
_DIGITS_BEFORE = re.compile(r"(\d{8,15})\s*\((?:[^()]*[/ ])?$")
TOKEN = re.compile(
    r"(?:(?<![^\W\d_])(?!(?:ID|NO|NR)\b)(?:[^\W\d_a-zа-яіїє]{2,3}[-/. ]?|[^\W\d_a-zа-яіїє][- ]?))?"
    r"\d[\w.-]*(?:/\d[\w/.-]*)?(?:[ ]\d[\w./-]*)*"
    r"|[^\W_]*\d[^\W_]*\d[^\W_]*"
)
"""A number of any type: a series of capitals, then groups of digits."""
_SHORTEST = 4
_SORTS = {TAX: {INN, RNOKPP}, REGISTRATION: {OGRN, EDRPOU, OKPO}}
LOOSE = (PASSPORT, NATIONAL, TAX, REGISTRATION)
"""Types without a length of their own."""

Read = tuple[tuple[Identifier, ...], int, int]


def labelled(text: str, labels: re.Pattern[str], kind: Kind | None) -> tuple[tuple[Identifier, ...], str]:
    """Return the numbers that a plain text calls by name, and the text without these.

    kind: of the party, which tells a ship's IMO number from a company's.
    """
    found: list[Identifier] = []
    taken: list[tuple[int, int]] = []
    for types, start, end in _chains(text, labels):
        at = _after(_JUNK, text, end)
        for type in types:
            read = _before(type, text, start, kind) if len(types) == 1 else None
            if read := read or _value(type, text, at, kind):
                found += read[0]
                taken.append(read[1:])
                at = _after(_NEXT, text, max(at, read[2]))
    for first, last in sorted(taken, reverse=True):
        text = text[:first] + APART + text[last:]
    return tuple(dict.fromkeys(found)), text


def imo_types(value: str, kind: Kind | None) -> tuple[str, ...]:
    """Return the types of an IMO number: of a ship its own, of another party its company's.

    An organisation's is a ship's where only that check digit holds; of an unknown kind each that holds.

    >>> imo_types("9074729", Kind.ENTITY), imo_types("5213962", None), imo_types("1234560", None)
    (('imo-ship',), ('imo-company',), ('imo-ship',))
    """
    held = tuple(type for type in (IMO_SHIP, IMO_COMPANY) if fits(type, value))
    if kind is None:
        return held or (IMO_SHIP,)
    ship = kind == Kind.SHIP or (kind == Kind.ENTITY and held == (IMO_SHIP,))
    return (IMO_SHIP,) if ship else (IMO_COMPANY,)


def imo_numbers(value: str, kind: Kind | None) -> tuple[Identifier, ...]:
    """Return an IMO number under each type that it may be of."""
    digits = "".join(one for one in value if one.isdecimal())
    return tuple(one for type in imo_types(digits, kind) if (one := identifier(type, value)))


def _chains(text: str, labels: re.Pattern[str]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield labels that stand together, `INN/KPP`, with their places."""
    types: tuple[str, ...] = ()
    start = end = 0
    for found in labels.finditer(text):
        type = str(found.lastgroup).replace("_", "-")
        if types and _BETWEEN.fullmatch(text, end, found.start()):
            types, end = (*types, type), found.end()
            continue
        if types:
            yield _precise(types), start, end
        types, start, end = (type,), found.start(), found.end()
    if types:
        yield _precise(types), start, end


def _precise(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return types without those of which another is a sort: `Tax ID/INN` is one number."""
    broad = {loose for loose, sorts in _SORTS.items() if not sorts.isdisjoint(types)}
    return tuple(type for type in types if type not in broad)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _before(type: str, text: str, at: int, kind: Kind | None) -> Read | None:
    """The number whose name stands in brackets after it."""
    head = text[:at]
    bracket = head.rfind("(")
    if bracket < 0 or not _OPEN.fullmatch(head, len(head[:bracket].rstrip())):
        return None
    end = len(head[:bracket].rstrip())
    for group in _GROUP.finditer(head, max(end - _TAIL, 0), end):
        read = _joined(type, head[:end], group.start(), kind)
        if read and read[2] == end and all(one.valid is not False for one in read[0]):
            return read
    if found := _DIGITS_BEFORE.search(head):
        return _made(type, found[1], kind, *found.span(1))
    return None


def _value(type: str, text: str, at: int, kind: Kind | None) -> Read | None:
    """The number after its name, else what stands there and may be one with a slip of the pen."""
    if read := _joined(type, text, at, kind):
        return read
    found = (TOKEN if type in LOOSE else _SLIP).match(text, at)
    if not found or sum(one.isalnum() for one in found[0]) < _SHORTEST:
        return None
    return _made(type, found[0], kind, *found.span())


def _joined(type: str, text: str, at: int, kind: Kind | None) -> Read | None:
    """The number at a place whose groups are joined, if the type has a length."""
    types = (IMO_SHIP, IMO_COMPANY) if type == _IMO else () if type in LOOSE else (type,)
    reads = [found for one in types if (found := read_at(one, text, at))]
    found = next((one for one in reads if one[2]), next(iter(reads), None))
    return _made(type, found[0], kind, at, found[1]) if found else None


def _made(type: str, value: str, kind: Kind | None, start: int, end: int) -> Read | None:
    if type == _IMO:
        made = imo_numbers(value, kind)
    else:
        one = identifier(type, value)
        made = (one,) if one else ()
    return (made, start, end) if made else None
