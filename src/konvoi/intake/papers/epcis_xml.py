"""EPCIS documents in XML, 1.2 and 2.0, as the same events that JSON gives.

Members of other namespaces keep their name in the form `{namespace}name`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

Tree = dict[str, object]

EVENTS = ("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent")
ROOTS = ("EPCISDocument", "EPCISQueryDocument", *EVENTS)
_WRAPPERS = ("extension", "baseExtension")
_EPCS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_TYPED = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_PLACES = ("readPoint", "bizLocation")
_NUMBERS = ("quantity", "value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue")
_URN = re.compile(r"urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):")
_WEB = re.compile(r"https?://(?:ns|ref)\.gs1\.org/cbv/(?:BizStep|Disp|BTT|SDT|ER)-")
_NUMBER = re.compile(r"[+-]?(\d{1,30}\.?\d{0,30}|\.\d{1,30})([eE][+-]?\d{1,2})?")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def events(root: etree._Element) -> list[Tree]:
    """Return the events below an element in their order, or the one event that it is."""
    if _local(root) in EVENTS:
        return [_event(root)]
    found = (one for one in root.iter() if _local(one) in EVENTS)
    return [_event(one) for one in found if _own(one)]


def ignored(root: etree._Element) -> frozenset[str]:
    """Return the members that a document asks to leave out of hashes."""
    found = (one for one in root if _local(one) == "ignoreFields")
    return frozenset(str(child.tag) for one in found for child in one)


def _own(element: etree._Element) -> bool:
    """Return True for an event of a list; an extension may have elements of the same name."""
    parent = element.getparent()
    while parent is not None and _local(parent) in _WRAPPERS:
        parent = parent.getparent()
    return parent is not None and _local(parent) == "EventList"


def _event(element: etree._Element) -> Tree:
    found: Tree = {"type": _local(element)}
    for child in _children(element):
        name = str(child.tag)
        found[name] = _member(name, child)
    if "eventID" in found and not found["eventID"]:
        del found["eventID"]
    return found


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, those within its extensions at their place."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _member(name: str, element: etree._Element) -> object:
    if name in _EPCS:
        # A set of things: one that is named twice is one thing.
        return list(dict.fromkeys(_text(one) for one in _children(element)))
    if name in _QUANTITIES:
        return [_fields(one) for one in _children(element)]
    if name in _TYPED:
        return [{**_attributes(one), _TYPED[name]: _text(one)} for one in _children(element)]
    if name in _PLACES:
        return _fields(element)
    if name == "persistentDisposition":
        return {kind: [_text(one) for one in element.iterfind(kind)] for kind in _kinds(element)}
    if name == "sensorElementList":
        return [_sensor(one) for one in _children(element)]
    if name == "errorDeclaration":
        return _declaration(element)
    return _anything(element)


def _kinds(element: etree._Element) -> list[str]:
    return list(dict.fromkeys(str(one.tag) for one in _children(element)))


def _fields(element: etree._Element) -> Tree:
    """Return the members of an element; an empty one states nothing."""
    told = ((str(one.tag), _anything(one)) for one in _children(element))
    return {name: _value(name, value) for name, value in told if value != ""}


def _value(name: str, value: object) -> object:
    """Return a number or a truth value for members that are one; what is none stays as it is written."""
    if not isinstance(value, str):
        return value
    if name == "booleanValue" and value in ("true", "false", "1", "0"):
        return value in ("true", "1")
    if name not in _NUMBERS or not _NUMBER.fullmatch(value):
        return value
    found = Decimal(value)
    return int(found) if found == found.to_integral_value() and "e" not in value.lower() else found


def _sensor(element: etree._Element) -> Tree:
    found: Tree = {}
    reports: list[object] = []
    for child in _children(element):
        told: Tree = {**_attributes(child), **{str(one.tag): _anything(one) for one in _children(child)}}
        if child.tag == "sensorReport":
            reports.append(told)
        elif child.tag == "sensorMetadata":
            found["sensorMetadata"] = told
        else:
            found[str(child.tag)] = _anything(child)
    return found | ({"sensorReport": reports} if reports else {})


def _declaration(element: etree._Element) -> Tree:
    found = _fields(element)
    ids = element.find("correctiveEventIDs")
    if ids is not None:
        found["correctiveEventIDs"] = [_text(one) for one in _children(ids)]
    return found


def _attributes(element: etree._Element) -> Tree:
    return {
        str(name): _value(
            str(name), _WEB.sub("", _short(str(value)), count=1) if name == "type" else _short(str(value))
        )
        for name, value in element.attrib.items()
        if not str(name).startswith(_XSI)
    }


def _anything(element: etree._Element) -> object:
    """Return the text of an element, or its members by name; several of one name are a list."""
    inside = list(_children(element))
    if not inside:
        return _text(element)
    found: Tree = {}
    for child in inside:
        name = str(child.tag)
        value = _anything(child)
        held = found.get(name)
        found[name] = value if held is None else [*held, value] if isinstance(held, list) else [held, value]
    return found


def _text(element: etree._Element) -> str:
    """Return the text of an element; a word of the vocabulary in its short form, as JSON writes it."""
    text = _short((element.text or "").strip())
    # An extension keeps an address as it is written: only members of the standard are words.
    found = None if "}" in str(element.tag) else _WEB.match(text)
    return text[found.end() :] if found else text


def _short(text: str) -> str:
    return text[found.end() :] if (found := _URN.match(text)) else text


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
