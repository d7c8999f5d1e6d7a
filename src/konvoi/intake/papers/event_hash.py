"""The identifier of an event by its content: the event hash of GS1's Core Business Vocabulary 2.0 (8.9).

Two parties that report one event, in XML or JSON, with GS1 keys as URN or as Digital Link, get the same hash.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from konvoi.model.digital_link import digital_link

_IGNORED = frozenset({"recordTime", "eventID", "errorDeclaration", "type", "@context", "id"})
_ORDER = (
    *("eventTime", "eventTimeZoneOffset", "certificationInfo", "parentID", "epcList", "inputEPCList"),
    *("childEPCs", "quantityList", "childQuantityList", "inputQuantityList", "outputEPCList"),
    *("outputQuantityList", "action", "transformationID", "bizStep", "disposition"),
    *("persistentDisposition", "readPoint", "bizLocation", "bizTransactionList", "destinationList"),
    *("sourceList", "sensorElementList", "ilmd"),
)
_ITEMS = {
    "epcList": "epc",
    "inputEPCList": "epc",
    "childEPCs": "epc",
    "outputEPCList": "epc",
    "quantityList": "quantityElement",
    "childQuantityList": "quantityElement",
    "inputQuantityList": "quantityElement",
    "outputQuantityList": "quantityElement",
    "sensorElementList": "sensorElement",
}
_TYPED = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_INSIDE = (
    *("type", "exception", "epcClass", "quantity", "set", "unset", "id", "time", "startTime", "endTime"),
    *("sensorMetadata", "sensorReport"),
)
_METADATA = (
    *("time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod"),
    "bizRules",
)
_REPORT = (
    *("type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time"),
    *("microorganism", "chemicalSubstance", "value", "component", "stringValue", "booleanValue"),
    *("hexBinaryValue", "uriValue", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"),
    *("uom", "coordinateReferenceSystem"),
)
_FIELDS = {
    "quantityElement": ("epcClass", "quantity", "uom"),
    "persistentDisposition": ("set", "unset"),
    "readPoint": ("id",),
    "bizLocation": ("id",),
    "sensorElement": ("sensorMetadata", "sensorReport"),
    "sensorMetadata": _METADATA,
    "sensorReport": _REPORT,
}
_CBV = "https://ref.gs1.org/cbv/"
_WORDS = {
    "bizStep": "BizStep-",
    "disposition": "Disp-",
    "set": "Disp-",
    "unset": "Disp-",
    "bizTransactionList": "BTT-",
    "sourceList": "SDT-",
    "destinationList": "SDT-",
    "component": "Comp-",
}
_URNS = {"bizstep": "BizStep-", "disp": "Disp-", "btt": "BTT-", "sdt": "SDT-", "er": "ER-"}
# The address that the standard's own schema lists; the hash has the one of its text.
_LISTED = "https://ns.gs1.org/cbv/"
_URN = re.compile(r"urn:epcglobal:cbv:(bizstep|disp|btt|sdt|er):(.*)", re.DOTALL)
_PREFIXES = {"cbv": _CBV, "gs1": "https://gs1.org/voc/"}
_GS1 = "https://gs1.org/voc/"


def event_hash(event: Mapping[str, object], names: Mapping[str, str] | None = None) -> str:
    """Return the hash of an event as its identifier; names: namespaces by prefix."""
    digest = hashlib.sha256(prehash(event, names).encode("utf-8")).hexdigest()
    return f"ni:///sha-256;{digest}?ver=CBV2.0"


def prehash(event: Mapping[str, object], names: Mapping[str, str] | None = None) -> str:
    """Return the text that is hashed: all but identity and record time, in the order of the standard."""
    known = {**_PREFIXES, **(names or {})}
    parts = [f"eventType={_short(event.get('type'))}"]
    parts += [_member(name, event[name], known) for name in _ORDER if event.get(name) not in (None, "", [])]
    others = sorted(
        one
        for name, value in event.items()
        if name not in _ORDER and name not in _IGNORED
        for one in _extension(name, value, known)
    )
    return "".join((*parts, *others))


def namespaces(context: object) -> dict[str, str]:
    """Return the namespaces that the context of a JSON-LD document names, by prefix."""
    found: dict[str, str] = {}
    for one in context if isinstance(context, list) else [context]:
        if isinstance(one, Mapping):
            found |= {str(name): value for name, value in one.items() if isinstance(value, str)}
    return found


def ignored_fields(document: Mapping[str, object]) -> frozenset[str]:
    """Return the members that a document asks to leave out of its hashes."""
    found = next((value for name, value in document.items() if name.endswith("ignoreFields")), None)
    return frozenset(str(one) for one in found) if isinstance(found, list) else frozenset()


def _member(name: str, value: object, known: Mapping[str, str]) -> str:
    if name in _TYPED and isinstance(value, list):
        return name + "".join(sorted(_typed(name, one, known) for one in value if isinstance(one, Mapping)))
    if name in _ITEMS and isinstance(value, list):
        return name + "".join(sorted(_item(_ITEMS[name], one, known) for one in value))
    if name == "ilmd" and isinstance(value, Mapping):
        return name + "".join(sorted(one for key in value for one in _extension(key, value[key], known)))
    if isinstance(value, list):
        return "".join(sorted(f"{name}={_plain(name, one, known)}" for one in value))
    return _item(name, value, known)


def _typed(name: str, one: Mapping[str, object], known: Mapping[str, str]) -> str:
    kind = f"type={_plain(name, one['type'], known)}" if one.get("type") else ""
    return f"{kind}{_TYPED[name]}={_plain('', one.get(_TYPED[name]), known)}"


def _item(name: str, value: object, known: Mapping[str, str]) -> str:
    """Return a member with its own members in order, and extensions of its own behind them."""
    if not isinstance(value, Mapping):
        return f"{name}={_plain(name, value, known)}"
    order = _FIELDS.get(name, tuple(value))
    inside = []
    for field in order:
        held = value.get(field)
        if held in (None, "", []):
            continue
        listed = held if isinstance(held, list) else [held]
        inside += sorted(_item(field, one, known) for one in listed)
    others = sorted(
        one for field, held in value.items() if field not in order for one in _extension(field, held, known)
    )
    return name + "".join((*inside, *others))


def _extension(name: str, value: object, known: Mapping[str, str]) -> Iterator[str]:
    """Yield an element of another namespace, once for each value that it has."""
    full = _full(name, known)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield full + "".join(sorted(part for key in one for part in _extension(key, one[key], known)))
        else:
            yield f"{full}={_plain('', one, known)}"


def _full(name: str, known: Mapping[str, str]) -> str:
    """Return the name of an element with its namespace in braces; one without a prefix stays as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{known[prefix]}}}{local}" if colon and prefix in known and not name.startswith("{") else name


def _plain(name: str, value: object, known: Mapping[str, str]) -> str:
    """Return a value in its one form: times in UTC, numbers without zeros, keys and words as addresses."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value if value is not None else "").strip()
    if "time" in name.lower() and "offset" not in name.lower():
        return _time(text)
    if (found := _URN.fullmatch(text)) is not None:
        return f"{_CBV}{_URNS[found[1]]}{found[2]}"
    if text.startswith(_LISTED):
        return _CBV + text.removeprefix(_LISTED)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in _PREFIXES and not rest.startswith("//"):
        return known[prefix] + rest
    if name in _WORDS and text and ":" not in text:
        return f"{_CBV}{_WORDS[name]}{text}"
    if name in ("type", "exception") and text and ":" not in text:
        return f"{_GS1}{text}"
    return digital_link(text) or _number(text)


def _short(value: object) -> str:
    return str(value or "").rpartition("/")[2].rpartition(":")[2]


def _time(text: str) -> str:
    """Return an instant in UTC with milliseconds; finer parts are cut off.

    >>> _time("2020-03-04T11:00:30+01:00"), _time("2022-02-16T08:40:21.3142715Z")
    ('2020-03-04T10:00:30.000Z', '2022-02-16T08:40:21.314Z')
    """
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return text
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(text: str) -> str:
    """Return a number without sign and zeros that say nothing; any other text as it is.

    >>> _number("150.00"), _number("+0.50"), _number("A93"), _number("1e3")
    ('150', '0.5', 'A93', '1000')
    """
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", text):
        return text
    try:
        found = Decimal(text)
    except InvalidOperation:
        return text
    return format(found.normalize(), "f") if found else "0"
