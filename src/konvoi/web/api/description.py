"""The OpenAPI document, made from the declarations of the lists."""

from collections.abc import Iterator
from typing import Any

from konvoi import __version__
from konvoi.web.api.calls import Call
from konvoi.web.api.described_calls import (
    NOT_CHANGED,
    SCHEMAS,
    described,
    header,
    if_none_match,
    in_path,
    links_of,
    refusals,
)
from konvoi.web.lists.asked import LARGEST, LONGEST, MANY, MOST
from konvoi.web.lists.columns import Column, Kind
from konvoi.web.lists.query import Filter, ListQuery

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.MONEY: {"type": ["number", "null"], "description": "Major units of the currency"},
    Kind.YES: {"type": ["boolean", "null"]},
    Kind.TEXTS: {"type": ["array", "null"], "items": {"type": "string"}},
}
_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_REFUSALS = {
    "400": "The list does not have what the address asks for",
    "409": "Results are not computed yet, or have changed since the page before",
}
_HEADERS = {
    "ETag": header("Another one for other rows or another query"),
    "Konvoi-View": header("Digest of the results of the reader"),
    "Link": header("Address of the next page", needed=False),
}


def openapi(lists: dict[str, ListQuery], calls: tuple[Call, ...]) -> dict[str, Any]:
    """Return the OpenAPI document. calls: those that are no lists."""
    schemas: dict[str, Any] = {"Table": _page({"type": "object"})}
    paths: dict[str, Any] = {}
    for name, query in sorted(lists.items()):
        schemas[_schema(name)] = _page(_row(query))
        paths[f"/{name}"] = _operation(name, str(query.title), f"{_schema(name)}", _parameters(query))
    for call in calls:
        found = paths.setdefault(f"/{call.path}", {})
        if call.query is None:
            parameters = [*in_path(call, example="packages"), *_of_every_list(None)]
            found |= _operation(call.operation.__name__, call.summary, call.answer, parameters)
        else:
            found["post" if call.writes else "get"] = described(call)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Konvoi", "version": __version__},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}, {}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, **SCHEMAS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schema(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_")) + "List"


def _row(query: ListQuery) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: _described(one) for one in query.shown},
    }


def _described(column: Column) -> dict[str, Any]:
    return _TYPES.get(column.kind, _TEXT)


def _page(row: dict[str, Any]) -> dict[str, Any]:
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["list", "day", "view", "total", "start", "next", "previous", "rows"],
        "properties": {
            "list": text,
            "day": {"type": ["string", "null"], "format": "date"},
            "view": text,
            "total": whole,
            "start": whole,
            "next": _TEXT,
            "previous": _TEXT,
            "rows": {"type": "array", "items": row},
        },
    }


def _operation(id: str, summary: str, schema: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    there = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    links = links_of(schema)
    return {
        "get": {
            "operationId": id.replace("-", "_"),
            "summary": summary,
            "parameters": [*parameters, if_none_match()],
            "responses": {
                "200": {"description": "A page of the list", "headers": _HEADERS, "content": there} | links,
                "304": NOT_CHANGED,
                **refusals(_REFUSALS),
            },
        }
    }


def _parameters(query: ListQuery) -> list[dict[str, Any]]:
    return [*(found for one in query.filters for found in _of_filter(one)), *_of_every_list(query)]


def _of_filter(one: Filter) -> Iterator[dict[str, Any]]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    if one.kind in (Kind.DAY, Kind.MOMENT):
        schema = {"type": "string", "format": "date"}
    elif one.kind == Kind.NUMBER:
        schema = {"type": "number", "exclusiveMinimum": -LARGEST, "exclusiveMaximum": LARGEST}
    elif one.kind == Kind.YES:
        schema = {"type": "array", "items": {"enum": ["yes", "no", "-"]}, "minItems": 1, "maxItems": MANY}
    elif one.kind != Kind.TEXT:
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": MANY}
    for name in one.parameters:
        yield {"name": name, "in": "query", "schema": schema}


def _of_every_list(query: ListQuery | None) -> Iterator[dict[str, Any]]:
    """Yield the parameters that every list has."""
    limit = {"type": "integer", "minimum": 1, "maximum": MOST}
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    sorts = (
        text
        if query is None
        else {"type": "string", "enum": [f"{sign}{one}" for one in query.sorts for sign in ("", "-")]}
    )
    yield {"name": "day", "in": "query", "schema": {"type": "string", "format": "date"}}
    yield {"name": "limit", "in": "query", "schema": limit}
    columns = text if query is None else {"type": "string", "enum": list(query.by_name)}
    chosen = {"type": "array", "items": columns, "minItems": 1, "maxItems": MANY}
    yield {"name": "columns", "in": "query", "schema": chosen}
    if query is None or query.sorts:
        yield {"name": "sort", "in": "query", "schema": sorts}
    for name in ("after", "before"):
        yield {"name": name, "in": "query", "schema": text, "description": "Cursor of another page"}
