"""Parts of which schemas of the OpenAPI document are made."""

from collections.abc import Sequence
from typing import Any

from konvoi.web.api.received import TEXT as ONE_LINE

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
YES: dict[str, Any] = {"type": "boolean"}
TAG: dict[str, Any] = {"type": "string", "minLength": 1}
ID: dict[str, Any] = {"type": "string", "format": "uuid"}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}


def object_of(
    needed: dict[str, Any], more: dict[str, Any] | None = None, *, closed: bool = False
) -> dict[str, Any]:
    """Return an object with members that it has to have, and more. closed: True for what a program sends."""
    found = {"type": "object", "required": list(needed), "properties": {**needed, **(more or {})}}
    return {**found, "additionalProperties": False} if closed else found


def texts_of(*names: str) -> dict[str, Any]:
    """Return members that are texts."""
    return dict.fromkeys(names, TEXT)


def list_of(row: dict[str, Any], least: int = 0, most: int = 0) -> dict[str, Any]:
    """Return a list. least, most: of its items; 0: no bound."""
    bounds = {"minItems": least} if least else {}
    return {"type": "array", **bounds, **({"maxItems": most} if most else {}), "items": row}


def ref(name: str) -> dict[str, Any]:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def line(most: int, least: int = 0) -> dict[str, Any]:
    """Return a text on one line that a program sends."""
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": ONE_LINE}


def one_of(values: Sequence[str]) -> dict[str, Any]:
    """Return a choice of values."""
    return {"type": "string", "enum": list(values)}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what can be missing."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
