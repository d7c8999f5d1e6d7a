"""Schemas of the JSON answers: drawn from answers of the commands, kept in docs/reference/json.

`KONVOI_RECORD=1 pytest tests/cli/test_json_schemas.py` writes them anew from answers of small workspaces.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from konvoi.cli.json_numbers import FIGURES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Objects whose keys are names of files, languages, stages or records, not of fields.
MAPS = frozenset(
    {"files", "facts", "headings", "by", "valuation", "reasons", "settings", "counts", "tables"}
    | {"columns", "constants", "times", "words"}
)

Schema = dict[str, Any]


def path_of(command: str) -> Path:
    return FOLDER / f"{command.replace(' ', '-')}.json"


def schema_of(command: str, answers: Iterable[Any]) -> Schema:
    """The schema that all answers of a command fit."""
    head = {"$schema": DRAFT, "title": f"konvoi {command} --json"}
    return head | _merged("", list(answers))


def written(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _merged(name: str, values: list[Any]) -> Schema:
    """The schema of values that stand in one place."""
    kinds = {_kind(value) for value in values}
    if name in FIGURES and kinds <= {"null", "integer", "number"}:
        return {"type": ["null", "number"]}
    if "number" in kinds:
        kinds.discard("integer")
    if not kinds or kinds == {"null"}:
        # Nothing but empty places was seen: nothing is promised of their type.
        return {}
    found: Schema = {"type": sorted(kinds) if len(kinds) > 1 else next(iter(kinds))}
    if "object" in kinds:
        found |= _object(name, [value for value in values if isinstance(value, Mapping)])
    if "array" in kinds:
        items = [item for value in values if isinstance(value, list) for item in value]
        found["items"] = _merged("", items)
    return found


def _object(name: str, values: list[Mapping[str, Any]]) -> Schema:
    keys = sorted({key for value in values for key in value})
    if name in MAPS or not all(_NAME.fullmatch(key) for key in keys):
        return {"additionalProperties": _merged("", [item for value in values for item in value.values()])}
    known = {key: _merged(key, [value[key] for value in values if key in value]) for key in keys}
    always = [key for key in keys if all(key in value for value in values)]
    return {"properties": known, "required": always, "additionalProperties": False}


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"
