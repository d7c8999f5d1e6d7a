"""A record must follow the XML schema of its version."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, cast

from lxml import etree

from konvoi.intake.iati.check import Fault, Standard
from konvoi.model.finding import Severity

_CODE = "iati-schema"
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_ATTRIBUTE = re.compile(r"attribute '([^']*)'", re.I)
_VALUE = re.compile(
    r": '(.*)' is not a valid value of the (?:atomic|union|list|local \w+)? ?type '([^']*)'", re.S
)
_QUOTED = re.compile(r"value '(.*?)'", re.S)
_OTHER = ("##other{*}*", "##other*", "##any{*}*")


def schema(record: etree._Element, standard: Standard) -> Iterator[Fault]:
    """Each element and attribute must be known to the schema, in its place, and of its type."""
    for error in _errors(record, standard):
        yield _fault(error, standard)


def head_faults(root: etree._Element, standard: Standard) -> Iterator[Fault]:
    """Yield the faults in the attributes of a file's first element; its records are checked by themselves."""
    alone = etree.Element(
        str(root.tag), attrib={str(name): str(value) for name, value in root.attrib.items()}
    )
    for error in _errors(alone, standard):
        fault = _fault(error, standard)
        if error.type_name != "SCHEMAV_ELEMENT_CONTENT":
            yield Fault(
                fault.severity, fault.code, fault.words, root, "", 0, fault.column, fault.read, fault.values
            )


def _errors(element: etree._Element, standard: Standard) -> Iterator[Any]:
    """Yield what libxml2 finds wrong with an element and all below it."""
    found = schemas(standard.version)[str(element.tag)]
    if not found.validate(element):
        yield from cast("Iterable[Any]", found.error_log)


@cache
def schemas(version: str) -> dict[str, etree.XMLSchema]:
    """Return the schemas of a version by the names of records and of first elements."""
    found: dict[str, etree.XMLSchema] = {}
    with resources.as_file(resources.files("konvoi.intake.iati") / "standard" / version) as folder:
        for record, plural in (("iati-activity", "activities"), ("iati-organisation", "organisations")):
            made = etree.XMLSchema(file=str(folder / f"iati-{plural}-schema.xsd"))
            found |= {record: made, f"iati-{plural}": made}
    return found


def _fault(error: Any, standard: Standard) -> Fault:
    """Put an error of libxml2 into words: by its kind, else what it says itself."""
    say = _KINDS.get(error.type_name)
    told = say(error.message) if say else None
    words, column, read, values = told or (_OTHERWISE, "", error.message, {})
    path = str(error.path or "").lstrip("/").partition("/")[2]
    values = {**values, "version": standard.version}
    return Fault(Severity.ERROR, _CODE, words, None, path, error.line, column, read, values)


_Told = tuple[tuple[str, str], str, str, dict[str, str]]

_OTHERWISE = (
    "what the schema of version {version} allows here",
    "Correct the element as the schema of version {version} requires.",
)


def _content(message: str) -> _Told:
    """A child that is missing, or stands where the schema has none."""
    expected = _EXPECTED.search(message)
    names = [one for one in expected[1].split(", ") if one not in _OTHER] if expected else []
    listed = {"elements": ", ".join(names)}
    if message.partition(": ")[2].startswith("Missing child"):
        words = ("the element {elements}", "Add it; version {version} requires it here.")
        return words, names[0] if names else "", "", listed
    name = message.split("'")[1]
    remedy = "Remove the element, correct its name, or put it in the order that version {version} requires."
    if names:
        return ("at this place: {elements}", remedy), "", name, listed
    return ("no further element at this place", remedy), "", name, {}


def _required(message: str) -> _Told:
    name = _named(message)
    return (
        ("the attribute {attribute}", "Add it; version {version} requires it here."),
        name,
        "",
        {"attribute": name},
    )


def _not_allowed(message: str) -> _Told:
    name = _named(message)
    words = ("no attribute {attribute} at this element", "Correct its name or remove it.")
    return words, name, "", {"attribute": name}


def _typed(message: str) -> _Told | None:
    found = _VALUE.search(message)
    if not found:
        return None
    kind = found[2].removeprefix("xs:").removeprefix("xsd:")
    words = ("a value of the type {type}", "Correct the value, or remove it if it is not known.")
    return words, _named(message), found[1], {"type": kind}


def _text(message: str) -> _Told:
    words = (
        "elements alone, without text between them",
        "Put the text into the element meant for it, or remove it.",
    )
    return words, "", "", {}


def _facet(message: str) -> _Told:
    found = _QUOTED.search(message)
    return _OTHERWISE, _named(message), found[1] if found else "", {}


def _named(message: str) -> str:
    """Return the last attribute that a message names; the first names the place alone."""
    found = _ATTRIBUTE.findall(message)
    return found[-1] if found else ""


_KINDS: dict[str, Callable[[str], _Told | None]] = {
    "SCHEMAV_ELEMENT_CONTENT": _content,
    "SCHEMAV_CVC_COMPLEX_TYPE_4": _required,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": _not_allowed,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": _not_allowed,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": _typed,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": _text,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": _text,
    "SCHEMAV_CVC_ENUMERATION_VALID": _facet,
    "SCHEMAV_CVC_PATTERN_VALID": _facet,
}
