"""Identity of an IATI organisation: a state where its code says so, a known institution, else its code."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from konvoi.kit.digest import key
from konvoi.kit.text import fold, tidy
from konvoi.model.party import INSTITUTIONS, party_id, states

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_GOVERNMENT_TYPE = "10"
_NATIONAL = re.compile(r"([A-Z]{2})-(?:\d+|[A-Z]*GOV)(?:-.*)?")
_DAC = re.compile(r"XM-DAC-(\d{1,3})(?:-.*)?")
# The form of a registration: country or XI, XM; the register; the number in it. An activity has more parts.
_REGISTERED = re.compile(r"[A-Z]{2}-[A-Z][A-Z0-9_]+-[^-\s]+|US-EIN-\d{2}-\d{7}")

# Source: DAC donor codes of the OECD, as far as they mean one state.
_CODES = """
1:AT 2:BE 3:DK 4:FR 5:DE 6:IT 7:NL 8:NO 9:PT 10:SE 11:CH 12:GB 18:FI 20:IS 21:IE 22:LU 30:MT 40:GR 50:ES 61:SI
62:HR 68:CZ 69:SK 72:BG 75:HU 76:PL 77:RO 82:EE 83:LV 84:LT 301:CA 302:US 701:JP 742:KR 801:AU 820:NZ
"""
_DONORS = dict(pair.split(":") for pair in _CODES.split())


@dataclass(frozen=True)
class Organisation:
    """An organisation as a file names it: code, name, type, and the activity of its own named with it."""

    ref: str = ""
    name: str = ""
    type: str = ""
    activity: str = ""

    @property
    def party(self) -> str | None:
        """The id of the party that this is; None where neither code nor name is given."""
        return _party(self.ref, self.name, self.type)

    @property
    def known(self) -> bool:
        """Return True if it is a state or an institution, not only a code or a name of this file."""
        return (self.party or "") in states() or (self.party or "") in INSTITUTIONS


def organisation(element: etree._Element | None, activity: str = "activity-id") -> Organisation:
    """Read an organisation; activity is the attribute in which the activity of its own stands."""
    if element is None:
        return Organisation()
    named = tidy(element.get(activity) or "")
    return Organisation(
        tidy(element.get("ref") or ""), narrative(element), tidy(element.get("type") or ""), named
    )


def narrative(element: etree._Element | None) -> str:
    """Return the text of an element's narratives: the English one, else the first that is not empty."""
    if element is None:
        return ""
    first = ""
    for child in element:
        text = tidy(child.text or "") if child.tag == "narrative" else ""
        if text and (child.get(_LANGUAGE) or "").lower().startswith("en"):
            return text
        first = first or text
    return first


def is_registration(code: str) -> bool:
    """Return True if a code has the form of an organisation's, not of an activity's.

    >>> is_registration("XM-DAC-47083"), is_registration("XM-DAC-46004-P1"), is_registration("DE-1-2031")
    (True, False, False)
    """
    return _REGISTERED.fullmatch(code) is not None


@lru_cache(maxsize=20_000)
def _party(ref: str, name: str, type_: str) -> str | None:
    national = _NATIONAL.fullmatch(ref)
    if national and national[1] in states() and type_ in ("", _GOVERNMENT_TYPE):
        return national[1]
    donor = _DAC.fullmatch(ref)
    if donor and donor[1] in _DONORS:
        return _DONORS[donor[1]]
    known = party_id(name)
    if known in INSTITUTIONS or (known and not ref and type_ == _GOVERNMENT_TYPE):
        return known
    if ref:
        return f"iati-org:{ref}"
    return f"iati-name:{key(fold(name))}" if name else None
