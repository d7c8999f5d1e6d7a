"""JSON from strangers: numbers exact, depth and length of numbers limited, and nothing raised."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from konvoi.kit.text import shown
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

DEPTH = 100
DIGITS = 4_300


@dataclass(frozen=True)
class Parsed:
    """The content of a JSON document, or the finding that says why it cannot be read."""

    value: object = None
    refusal: Finding | None = None


def parsed(document: Document) -> Parsed:
    """Read a document as JSON: whole numbers as int, all others as Decimal, never as a float."""
    try:
        text = document.content.decode(json.detect_encoding(document.content))
        value = json.loads(text, parse_int=_whole, parse_float=_decimal, parse_constant=_constant)
    except _TooLong as error:
        return Parsed(refusal=_refusal(document, "json-number-too-long", str(error), _EXPECTED_NUMBER))
    except RecursionError:
        return Parsed(refusal=_refusal(document, "json-too-deep", "", _EXPECTED_DEPTH))
    except ValueError as error:
        return Parsed(refusal=_refusal(document, "json-broken", str(error), "a whole JSON document"))
    if _depth(value) > DEPTH:
        return Parsed(refusal=_refusal(document, "json-too-deep", "", _EXPECTED_DEPTH))
    return Parsed(value)


def plain(value: object) -> str | None:
    """A JSON value as text, half characters (lone surrogates) replaced; None for null, lists and objects."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else None


_EXPECTED_NUMBER = "numbers of at most 4300 digits"
_EXPECTED_DEPTH = "lists and objects nested at most 100 deep"


class _TooLong(Exception):
    """A number with more digits than any figure has."""


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise _TooLong(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > DIGITS:
        raise _TooLong(text)
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise _TooLong(text) from error


def _constant(text: str) -> object:
    raise ValueError(f"{text} is no number of JSON")


def _depth(value: object) -> int:
    """Return the depth of nested lists and objects, counted without recursion; stops beyond the limit."""
    level = _containers([value])
    depth = 0
    while level and depth <= DEPTH:
        depth += 1
        level = [child for parent in level for child in _containers(_values(parent))]
    return depth


def _values(container: list[object] | dict[str, object]) -> Iterable[object]:
    return container.values() if isinstance(container, dict) else container


def _containers(values: Iterable[object]) -> list[list[object] | dict[str, object]]:
    return [value for value in values if isinstance(value, dict | list)]


def _refusal(document: Document, code: str, read: str, expected: str) -> Finding:
    return Finding(
        Severity.ERROR,
        code,
        Place(file=document.name),
        read=shown(read),
        expected=expected,
        remedy="submit the file again as it was published",
    )
