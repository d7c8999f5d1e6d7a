"""GS1 keys in their one canonical form: the GS1 Digital Link address of the most detailed level."""

import re
from collections.abc import Callable

from konvoi.model.gs1 import checked

_BASE = "https://id.gs1.org"
_EPC = re.compile(r"urn:epc:(id|class|idpat):([a-z0-9]+):(.+)", re.DOTALL)
_LINK = re.compile(
    r"https?://[^/?#]+(?:/[^?#]*?)?/(01|gtin|8006|itip|8010|cpid|414|gln|417|party|8017|gsrnp|8018|gsrn|255|gcn|00"
    r"|sscc|253|gdti|401|ginc|402|gsin|8003|grai|8004|giai)/([^/?#]{4,})((?:/[^/?#]+)*)/?(?:\?[^#]*)?(?:#.*)?",
    re.DOTALL,
)
_NAMES = {
    "gtin": "01",
    "itip": "8006",
    "cpid": "8010",
    "gln": "414",
    "party": "417",
    "gsrnp": "8017",
    "gsrn": "8018",
    "gcn": "255",
    "sscc": "00",
    "gdti": "253",
    "ginc": "401",
    "gsin": "402",
    "grai": "8003",
    "giai": "8004",
    "cpv": "22",
    "lot": "10",
    "ser": "21",
    "glnx": "254",
    "cpsn": "8011",
}
# Of the qualifiers behind a key, the most detailed one is kept.
_QUALIFIERS = {"01": ("21", "235", "10"), "8006": ("21", "10"), "414": ("254",), "8010": ("8011",)}
_ENCODED = {sign: f"%{ord(sign):02X}" for sign in "!()*+,:"}


def digital_link(uri: str) -> str:
    """Return the canonical address of a GS1 key given as URN or Digital Link; empty for what is none.

    >>> digital_link("urn:epc:id:sgtin:4012345.011111.9876")
    'https://id.gs1.org/01/04012345111118/21/9876'
    >>> digital_link("https://id.example.com/253/4012345000054987"), digital_link("urn:epcglobal:cbv:bt:1:2")
    ('https://id.gs1.org/253/4012345000054987', '')
    """
    if (found := _EPC.fullmatch(uri)) is not None:
        write = _WRITERS.get(found[2])
        parts = found[3].split(".", 1)
        if write is None or len(parts) != 2 or not parts[0].isdigit():
            return ""
        return write(parts[0], parts[1])
    if (link := _LINK.fullmatch(uri)) is not None:
        return _link(link[1], link[2], link[3].strip("/").split("/") if link[3] else [])
    return ""


def _link(name: str, value: str, rest: list[str]) -> str:
    application = _NAMES.get(name, name)
    pairs = {_NAMES.get(key, key): one for key, one in zip(rest[::2], rest[1::2], strict=False)}
    number = value.zfill(14) if application == "01" and value.isdigit() else value
    kept = next((key for key in _QUALIFIERS.get(application, ()) if key in pairs), "")
    if application == "414" and pairs.get("254") == "0":
        kept = ""
    return f"{_BASE}/{application}/{number}" + (f"/{kept}/{pairs[kept]}" if kept else "")


def _gtin(company: str, item: str) -> str:
    return checked(item[:1] + company + item[1:])


def _encoded(text: str) -> str:
    return "".join(_ENCODED.get(sign, sign) for sign in text)


def _item(application: str) -> Callable[[str, str], str]:
    """Return the writer of a key of goods: item reference and, but for a whole class, serial or lot."""

    def write(company: str, rest: str) -> str:
        item, _, last = rest.partition(".")
        link = f"{_BASE}/01/{_gtin(company, item)}"
        return link if last in ("", "*") else f"{link}/{application}/{_encoded(last)}"

    return write


def _serial(application: str, before: str = "", length: int = 12) -> Callable[[str, str], str]:
    """Return the writer of a key whose serial follows its check digit at once."""

    def write(company: str, rest: str) -> str:
        size = length - len(company)
        kind, last = rest[:size], rest[size:].removeprefix(".")
        link = f"{_BASE}/{application}/{checked(before + company + kind)}"
        return link if last == "*" else link + _encoded(last)

    return write


def _plain(application: str) -> Callable[[str, str], str]:
    return lambda company, rest: f"{_BASE}/{application}/{company}{_encoded(rest)}"


def _closed(application: str) -> Callable[[str, str], str]:
    return lambda company, rest: f"{_BASE}/{application}/{checked(company + rest)}"


def _location(company: str, rest: str) -> str:
    place, _, extension = rest.partition(".")
    link = f"{_BASE}/414/{checked(company + place)}"
    return link if extension in ("", "0") else f"{link}/254/{_encoded(extension)}"


def _component(company: str, rest: str) -> str:
    part, _, last = rest.rpartition(".")
    link = f"{_BASE}/8010/{_encoded(company + part)}"
    return link if last == "*" else f"{link}/8011/{last}"


def _trade_piece(company: str, rest: str) -> str:
    item, piece, total, last = [*rest.split(".", 3), "", "", ""][:4]
    link = f"{_BASE}/8006/{_gtin(company, item)}{piece}{total}"
    return link if last in ("", "*") else f"{link}/21/{_encoded(last)}"


_WRITERS: dict[str, Callable[[str, str], str]] = {
    "sgtin": _item("21"),
    "lgtin": _item("10"),
    "upui": _item("235"),
    "sscc": lambda company, rest: f"{_BASE}/00/{_gtin(company, rest)}",
    "sgln": _location,
    "pgln": _closed("417"),
    "grai": _serial("8003", "0"),
    "gdti": _serial("253"),
    "sgcn": _serial("255"),
    "giai": _plain("8004"),
    "ginc": _plain("401"),
    "gsin": _closed("402"),
    "gsrn": _closed("8018"),
    "gsrnp": _closed("8017"),
    "cpi": _component,
    "itip": _trade_piece,
}
