"""Remarks of OFAC: `DOB 1962; POB Shati; Tax ID No. 7707083893 (Russia); Linked To: X.`"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from konvoi.align.births import births
from konvoi.align.days import day_in
from konvoi.align.identifiers import (
    IMO_COMPANY,
    IMO_SHIP,
    LEI,
    MMSI,
    NATIONAL,
    OTHER,
    PASSPORT,
    REGISTRATION,
    SWIFT,
    TAX,
    fits,
    identifier,
)
from konvoi.align.listing import Birth, Identifier, Kind, Link, Name, NameKind, Tie
from konvoi.align.numbers import ids
from konvoi.kit.days import Days

CUT = 1000
"""The length at which the file cuts remarks off."""

_OPEN = re.compile(r"(?:alt\. )?[afn]\.k\.a\. '[^']*")
_QUOTED = re.compile(r"(?:alt\. )?([afn])\.k\.a\. '?([^']+)'?", re.IGNORECASE)
_BORN = re.compile(r"(?:alt\. )?DOB (.+)")
_PLACE = re.compile(r"(?:alt\. )?POB (.+)")
_NATION = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
_LINKED = re.compile(r"(?:alt\. )?Linked To: (.+)")
_IMO = re.compile(
    r"(?:alt\. )?(Vessel Registration Identification|Identification Number|Company Number) IMO (\d+)"
)
_LISTED = re.compile(r"(?:alt\. )?Listing Date .*?(\d{1,2} \w{3,9} \d{4})")
_TYPES = (
    (r"Passport|Diplomatic Passport|Stateless Person Passport", PASSPORT),
    (
        r"National ID No\.|Cedula No\.|C\.U\.R\.P\.|D\.N\.I\.|National Foreign ID|Identification Number"
        r"|Personal ID",
        NATIONAL,
    ),
    (r"Tax ID No\.|NIT #|R\.?F\.?C\.?|RUC #|RIF #|V\.A\.T\. Number|RTN", TAX),
    (
        r"Registration Number|Registration ID|Commercial Registry Number|Company Number|C\.R\. No\."
        r"|Folio Mercantil|Matricula Mercantil|Business Registration|Government Gazette Number"
        r"|Unified Social Credit Code|Trade License",
        REGISTRATION,
    ),
    (r"SWIFT/BIC", SWIFT),
    (r"Legal Entity Number|LEI", LEI),
    (r"MMSI", MMSI),
    (r"D-U-N-S Number|BIK \(RU\)", OTHER),
)
_NUMBERED = re.compile(
    r"(?:alt\. )?(?:"
    + "|".join(rf"(?P<t{at}>{pattern})" for at, (pattern, _) in enumerate(_TYPES))
    + r")\s*(.+)"
)


@dataclass
class Remarks:
    """Values in one entity's remarks. weak: OFAC's weak aliases stand here alone."""

    names: list[Name] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    listed: Days | None = None


def remarks(text: str, kind: Kind, *, russian: bool) -> Remarks:
    """Read remarks; parts without a known form are skipped."""
    found = Remarks()
    places: list[str] = []
    born: list[str] = []
    for piece in _pieces(text):
        if match := _QUOTED.fullmatch(piece):
            former = match[1].lower() == "f"
            found.names.append(Name(match[2].strip(), NameKind.FORMERLY if former else NameKind.WEAK))
        elif match := _BORN.fullmatch(piece):
            born.append(match[1])
        elif match := _PLACE.fullmatch(piece):
            places.append(match[1])
        elif match := _NATION.fullmatch(piece):
            found.nationalities.append(match[1])
        elif match := _LINKED.fullmatch(piece):
            found.links.append(Link(Tie.LINKED, match[1]))
        elif match := _LISTED.match(piece):
            found.listed = found.listed or day_in(match[1])
        else:
            found.identifiers += _identifiers(piece, kind, russian)
    place = "; ".join(places)
    found.births = [one for text in born or [""] for one in births(text, place)]
    return found


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between semicolons; an alias in quotes may contain one itself."""
    held = ""
    for piece in text.strip().split("; "):
        held = f"{held}; {piece}" if held else piece
        if not _OPEN.fullmatch(held):
            yield held.strip().removesuffix(".").strip()
            held = ""
    if held:
        yield held.strip()


def _imo(number: str, kind: Kind, label: str) -> list[Identifier]:
    """Return a ship's own number or a company's, by check digits and the party, not by label."""
    company = fits(IMO_COMPANY, number) and not fits(IMO_SHIP, number)
    vessel = (kind == Kind.SHIP or label.startswith("Vessel")) and not company
    one = identifier(IMO_SHIP if vessel else IMO_COMPANY, number)
    return [one] if one else []


def _identifiers(piece: str, kind: Kind, russian: bool) -> list[Identifier]:
    if match := _IMO.match(piece):
        return _imo(match[2], kind, match[1])
    match = _NUMBERED.match(piece)
    if not match:
        return []
    at = next(at for at in range(len(_TYPES)) if match[f"t{at}"])
    return list(ids(_TYPES[at][1], match[match.lastindex or 0], russian=russian))
