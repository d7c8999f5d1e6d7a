"""Keys of GS1 in their URI forms: for goods, pieces, containers, places and parties."""

import re
from dataclasses import dataclass

from konvoi.kit.percent import quoted, unquoted
from konvoi.model.paper import SCHEME

OURS = f"urn:{SCHEME}:"
_EPC = re.compile(r"urn:epc:(?:id|class|idpat):([a-z0-9]+):(.+)", re.DOTALL)
_LINK = re.compile(r"https?://[^/]+/(?:[^?#]*/)?(?=(?:00|01|414|417|8003|8004)/)([^?#]*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Key:
    """Object that a URI identifies; parts that it does not state are empty.

    good: the class of goods. serial: of a piece, with the scheme that gives it. lot: of a batch. container:
    of a logistic unit.
    """

    good: str = ""
    serial: str = ""
    scheme: str = ""
    lot: str = ""
    container: str = ""


def key(uri: str) -> Key:
    """Return the object, or class of objects, that a URI identifies.

    >>> key("urn:epc:id:sgtin:0614141.107346.2017")
    Key(good='gtin:10614141073464', serial='2017', scheme='', lot='', container='')
    >>> key("https://id.gs1.org/01/10614141073464/10/L7").lot, key("urn:epc:id:giai:4000001.12345").scheme
    ('L7', 'giai')
    """
    if uri.startswith(OURS):
        return _ours(uri)
    if link := _LINK.match(uri):
        return _link(link[1].split("/"))
    if not (epc := _EPC.fullmatch(uri)):
        return Key(good=f"uri:{uri}", serial=uri, scheme="uri") if uri else Key()
    return _epc(epc[1], epc[2])


def place(uri: str) -> str:
    """The site of a URI: ours as it is, a GLN as `gln:…`, everything else as it stands.

    >>> place("urn:epc:id:sgln:0614141.07346.1234"), place("urn:konvoi:site:HUB%2F1")
    ('gln:0614141073467+1234', 'HUB/1')
    """
    return _named(uri, "site", "414", "sgln")


def party(uri: str) -> str:
    """The party of a URI: ours as it is, a GLN as `gln:…`, everything else as it stands.

    >>> party("urn:epc:id:pgln:4000001.00012"), party("urn:konvoi:party:PL")
    ('gln:4000001000128', 'PL')
    """
    return _named(uri, "party", "417", "pgln")


def transaction(uri: str) -> str:
    """The number of a business paper; the URI itself where it has no other form.

    >>> transaction("urn:epcglobal:cbv:bt:0614141073467:1152"), transaction("urn:konvoi:paper:W-7")
    ('1152', 'W-7')
    """
    for before in (f"{OURS}paper:", "urn:epcglobal:cbv:bt:"):
        if uri.startswith(before):
            rest = uri.removeprefix(before)
            return unquoted(rest if before.startswith(OURS) else rest.partition(":")[2] or rest)
    return uri


def uri(kind: str, id: str) -> str:
    """The URI under which we write an id: kind is good, site, party or paper.

    >>> uri("good", "gtin:10614141073464"), uri("site", "HUB/1"), uri("party", "gln:4000001000128")
    ('https://id.gs1.org/01/10614141073464', 'urn:konvoi:site:HUB%2F1', 'https://id.gs1.org/417/4000001000128')
    """
    scheme, _, rest = id.partition(":")
    if scheme == "uri" or id.startswith(("urn:", "http://", "https://")):
        return rest if scheme == "uri" else id
    if scheme == "gtin" and kind == "good" and _NUMBER.fullmatch(rest):
        return f"https://id.gs1.org/01/{rest}"
    if scheme == "gln" and kind in ("site", "party"):
        number, _, extension = rest.partition("+")
        link = f"https://id.gs1.org/{'414' if kind == 'site' else '417'}/{quoted(number)}"
        return f"{link}/254/{quoted(extension)}" if extension else link
    return f"{OURS}{kind}:{quoted(id)}"


def checked(digits: str) -> str:
    """Digits with the check digit of GS1 behind them.

    >>> checked("0614141073467"[:12]), checked("1061414107346")
    ('0614141073467', '10614141073464')
    """
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def _named(uri: str, kind: str, application: str, scheme: str) -> str:
    if uri.startswith(f"{OURS}{kind}:"):
        return unquoted(uri.removeprefix(f"{OURS}{kind}:"))
    if (link := _LINK.match(uri)) and link[1].startswith(f"{application}/"):
        parts = [unquoted(part) for part in link[1].split("/")]
        return f"gln:{parts[1]}" + (f"+{parts[3]}" if len(parts) > 3 and parts[3] not in ("", "0") else "")
    if (epc := _EPC.fullmatch(uri)) and epc[1] == scheme:
        company, location, extension = (*epc[2].split(".", 2), "", "")[:3]
        if _NUMBER.fullmatch(f"{company}{location}"):
            more = "" if extension in ("", "0") else f"+{unquoted(extension)}"
            return f"gln:{checked(company + location)}{more}"
    return uri


def _ours(uri: str) -> Key:
    parts = uri.removeprefix(OURS).split(":")
    said = {name: unquoted(value) for name, value in zip(parts[::2], parts[1::2], strict=False)}
    scheme = said.get("scheme", "")
    return Key(said.get("good", ""), said.get("serial", ""), scheme, said.get("lot", ""))


def _link(parts: list[str]) -> Key:
    said = {name: unquoted(value) for name, value in zip(parts[::2], parts[1::2], strict=False)}
    for application, scheme in (("8003", "grai"), ("8004", "giai")):
        if application in said:
            return Key(serial=said[application], scheme=scheme)
    if "00" in said:
        return Key(container=f"sscc:{said['00']}")
    good = f"gtin:{said['01'].zfill(14)}" if said.get("01") else ""
    return Key(good, said.get("21", ""), "", said.get("10", ""))


def _epc(scheme: str, rest: str) -> Key:
    parts = rest.split(".", 2)
    whole = all(_NUMBER.fullmatch(part) for part in parts[:2]) and len(parts) >= 2
    if scheme in ("sgtin", "lgtin") and whole and len(parts) == 3:
        good = f"gtin:{checked(parts[1][0] + parts[0] + parts[1][1:])}"
        last = "" if parts[2] == "*" else unquoted(parts[2])
        return Key(good, lot=last) if scheme == "lgtin" else Key(good, serial=last)
    if scheme == "sscc" and whole:
        return Key(container=f"sscc:{checked(parts[1][0] + parts[0] + parts[1][1:])}")
    if rest.endswith("*"):
        return Key(good=f"{scheme}:{rest.rstrip('*').rstrip('.')}")
    return Key(serial=unquoted(rest), scheme=scheme)
