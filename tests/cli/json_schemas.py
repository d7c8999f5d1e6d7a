"""Schemas of the JSON answers: drawn from answers of the commands, kept in docs/reference/json.

`KONVOI_RECORD=1 pytest tests/cli/test_json_schemas.py` writes them anew from answers of small workspaces.
Types are those of the values before they are written, so that a decimal that is whole is a number.
Descriptions, units and choices are those of declared columns.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.declare import Column
from konvoi.model.finding import Severity
from konvoi.model.tables import TABLES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Objects whose keys are names of files, languages, stages or records, not of fields.
MAPS = frozenset(
    {"files", "facts", "headings", "by", "valuation", "reasons", "settings", "counts", "tables"}
    | {"columns", "constants", "times", "words", "markings"}
)

Schema = dict[str, Any]

_FIGURE: Schema = {"type": ["null", "number"]}

FINDING: dict[str, Schema] = {
    "severity": {"enum": [str(one) for one in Severity]},
    "row": {"type": ["integer", "null"], "description": "Row of the sheet; null: no single row"},
    "code": {"description": "Code of the finding (docs/reference/findings.md)"},
    "read": {"description": "Value as it was read, as text"},
    "expected": {"description": "Value that is expected"},
    "remedy": {"description": "How to correct it"},
    "message": {"description": "The finding as a sentence"},
}
"""Fields of a finding, which has no table of its own in most answers."""

QUESTION: dict[str, Schema] = {
    "question": {"description": "Number of the question: a digest of what it asks about"},
    "kind": {"description": "Kind of question (docs/reference/questions.md)"},
    "party": {"description": "Party that is asked"},
    "record": {"description": "Reference of the record that the question is about"},
    "file": {"description": "Submission in which the record stands"},
    "sheet": {"description": "Sheet or table of the submission"},
    "row": {
        "empty": {"type": ["integer", "null"]},
        "description": "Row of the sheet; null: a row of another party",
    },
    "column": {"description": "Column of the sheet; empty: the question is about the row"},
    "asked": {"description": "The question as a sentence"},
    "needed": {"description": "The answer that is needed, as a sentence"},
    "form": {"description": "Form of the answer: a type of value, or the choices"},
    "since": {"description": "Day since which the question is open; null: not known", "format": "date"},
    "days": {"description": "Days for which the question is open", "unit": "days"},
}
"""Fields of a question to a party."""

TRANSITION: dict[str, Schema] = {
    "level": {"description": "line, undertaking or framework"},
    "record": {"description": "Line item, obligation or framework contract"},
    "from": {"description": "Earlier stage"},
    "to": {"description": "Later stage"},
    "from_value": {"empty": _FIGURE, "description": "Figure of the earlier stage, in `from_unit`"},
    "from_unit": {"description": "Unit or currency of `from_value`"},
    "to_value": {"empty": _FIGURE, "description": "Figure of the later stage, in `to_unit`"},
    "to_unit": {"description": "Unit or currency of `to_value`"},
    "state": {"description": "met, open, above or not known"},
    "route": {"description": "Delivery channel"},
    "party": {"description": "Partner"},
    "file": {"description": "Submission of the later stage, else of the earlier one"},
    "sheet": {"description": "Sheet or table of the submission"},
    "row": {"description": "Row of the sheet"},
}
"""Fields of a transition from stage to stage."""

SHAPES = (
    ({"severity", "code"}, FINDING),
    ({"question", "asked", "needed"}, QUESTION),
    ({"from_value", "to_value"}, TRANSITION),
)
"""Objects that are no row of a declared table, by the fields that mark them."""

COMMON: dict[str, Schema] = {
    "as_of": {"description": "Day for which the figures hold", "format": "date"},
    "day": {"description": "Day for which the figures hold", "format": "date"},
    "out": {"description": "File or folder that was written"},
    "files": {"description": "Files that were written or read; of written ones their size", "unit": "bytes"},
    "findings": {"description": "Problems in the submissions, with their places"},
    "facts": {"description": "Names and numbers that the document states of itself, as text"},
    "value": {"empty": _FIGURE, "description": "The figure in the currency or unit that stands beside it"},
    "lowest": {
        "empty": _FIGURE,
        "description": "The lowest figure over all consistent decisions on open duplicate candidates",
    },
    "highest": {
        "empty": _FIGURE,
        "description": "The highest figure over all consistent decisions on open duplicate candidates",
    },
    "estimate": {
        "empty": _FIGURE,
        "description": "The expected figure under the match probabilities of open pairs",
    },
    "currency": {"description": "Currency of the amounts (ISO 4217)"},
    "unit": {"description": "Currency or unit of the figures"},
    "stage": {"description": "Stage of the pipeline"},
    "rule": {"description": "Rule under which something counts as delivered"},
    "boundary": {"description": "Scope in which each thing is counted once"},
    "bound": {"empty": _FIGURE, "description": "Proven upper bound of the plan's value"},
    "planned_without": {"description": "Cells that could not be read and close what they limit"},
    "entries": {"description": "Identifiers of the entries behind the figure, or their number"},
    "rows": {"description": "Rows of the answer, each with its source rows where there are any"},
    "perhaps": {
        "empty": _FIGURE,
        "description": "What may have happened after the day asked for; not in the value",
    },
    "shared": {"empty": _FIGURE, "description": "Figure on a shared boundary; not in the value"},
    "internal": {"empty": _FIGURE, "description": "Figure that moved inside the boundary; not in the value"},
    "used": {"description": "Number of entries counted"},
    "unknown": {"description": "Number of entries, or share, without a known value"},
    "pledged": {"empty": _FIGURE, "description": "Pledged, in the currency or unit of `measure`"},
    "reached": {
        "empty": _FIGURE,
        "description": "Has reached the stage, in the currency or unit of `measure`",
    },
    "outstanding": {"empty": _FIGURE, "description": "Reported, and has not reached the stage yet"},
    "not_reported": {"empty": _FIGURE, "description": "Pledged, without a report on the stage"},
    "stages_not_reported": {"description": "Stages without any report, by delivery channel"},
    "lines": {"description": "Line items whose delivery channel has the stage"},
    "lines_reached": {"description": "Line items of which anything has reached the stage"},
    "lines_reported": {"description": "Line items with a report on the stage"},
    "lines_not_reported": {"description": "Line items without a report on the stage"},
    "lines_without_value": {"description": "Line items whose pledge has no known value; in no sum"},
    "not_reported_entries": {"description": "Pledges without a report on the stage"},
    "manifest": {"description": "Facts of the backup, as its manifest states them"},
    "lost": {"description": "Changes of the workspace that the backup does not hold; null if none was named"},
    "restorable": {"description": "The backup can be restored"},
    "verified": {"description": "Result of konvoi verify in the restored workspace"},
    "key_made": {"description": "The key file was not there and was made"},
    "beside": {"description": "Files beside the database that the backup holds"},
    "links": {"description": "Symbolic links, which the backup does not hold"},
    "seed": {"description": "Seed of the random numbers"},
    "samples": {"description": "Number of simulated runs"},
}
"""Fields that mean the same in several commands and stand in no declared table."""


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
    if "number" in kinds:
        # A figure that is known in all examples may be unknown in others.
        kinds = kinds - {"integer"} | {"null"}
    if not kinds or kinds == {"null"}:
        # Nothing but empty places was seen: nothing is promised of their type.
        return {}
    found: Schema = {"type": sorted(kinds) if len(kinds) > 1 else next(iter(kinds))}
    if any(isinstance(value, date) for value in values):
        found["format"] = "date"
    if "object" in kinds:
        found |= _object(name, [value for value in values if isinstance(value, Mapping)])
    if "array" in kinds:
        items = [item for value in values if isinstance(value, list | tuple) for item in value]
        found["items"] = _merged("", items)
    return found


def _object(name: str, values: list[Mapping[str, Any]]) -> Schema:
    keys = sorted({key for value in values for key in value})
    if name in MAPS or not all(_NAME.fullmatch(key) for key in keys):
        return {"additionalProperties": _merged("", [item for value in values for item in value.values()])}
    known = {key: _merged(key, [value[key] for value in values if key in value]) for key in keys}
    for key, declared in _declared(keys).items():
        seen = {value[key] for value in values if isinstance(value.get(key), str)}
        if not seen <= set(declared.get("enum", seen)):
            declared = {part: of for part, of in declared.items() if part != "enum"}
        if "enum" in declared and "null" in known[key].get("type", "null"):
            declared = declared | {"enum": [*declared["enum"], None]}
        if "format" in declared and "string" not in known[key].get("type", ""):
            declared = {part: of for part, of in declared.items() if part != "format"}
        # The type of a place that is empty in all examples is that of its column.
        unseen = declared.pop("empty", {})
        known[key] = (known[key] or unseen) | declared
    always = [key for key in keys if all(key in value for value in values)]
    return {"properties": known, "required": always, "additionalProperties": False}


def _declared(keys: list[str]) -> dict[str, Schema]:
    """Descriptions, units and choices of fields: of the declared table that they come from, else common ones.

    A row comes from the table that has the most of its fields, if these are more than half of them. A figure
    that has a unit field of its own is not the column of that name.
    """
    for marks, shape in SHAPES:
        if marks <= set(keys):
            return {key: dict(shape[key]) for key in keys if key in shape}
    best = max(_COLUMNS.values(), key=lambda one: len(one.keys() & set(keys)))
    own = best if 2 * len(best.keys() & set(keys)) > len(keys) > 1 else {}
    own = {key: of for key, of in own.items() if f"{key}_unit" not in keys}
    return {key: dict(own[key] if key in own else COMMON[key]) for key in keys if key in own or key in COMMON}


def _columns() -> dict[str, dict[str, Schema]]:
    """Of each declared table, its columns as JSON Schema describes them."""
    choices = {(table.name, one.name): one.choices for table in TABLES for one in table.columns}
    found: dict[str, dict[str, Schema]] = {}
    for name, table in CATALOGUE.items():
        found[name] = {}
        for column in table.columns:
            told: Schema = {"description": column.help, "empty": _empty(column)}
            # Amounts are written in the major units of the currency that stands beside them.
            if column.unit and column.unit != "minor units":
                told["unit"] = column.unit
            if of := choices.get((name, column.name)):
                told["enum"] = list(of)
            found[name][column.name] = told
    return found


def _empty(column: Column) -> Schema:
    """The type of a column without a value in any example."""
    if column.currency or column.unit == "minor units" or column.type.is_decimal() or column.type.is_float():
        return _FIGURE
    if column.type.is_integer():
        return {"type": ["integer", "null"]}
    if column.type == pl.Date():
        return {"type": ["null", "string"], "format": "date"}
    return {"type": ["null", "string"]} if column.type == pl.String() else {}


_COLUMNS = _columns()


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case Enum() | str() | date() | Path():
            return "string"
        case int():
            return "integer"
        case float() | Decimal():
            return "number"
        case list() | tuple():
            return "array"
        case Mapping():
            return "object"
    raise TypeError(f"{value!r}: no value of JSON")
