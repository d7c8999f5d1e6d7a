"""Answers in JSON have one schema for each command, and their figures are numbers."""

import json
import os
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import jsonschema
import pytest
from tests.cli.json_schemas import FOLDER, path_of, schema_of, written
from tests.cli.test_json import ANSWERING, BAD, EMPTY, GOOD, LONG, called, places
from tests.examples.folders import EXAMPLES

from konvoi.cli import output
from konvoi.kit.json_text import json_text
from konvoi.report import table_file

__all__ = ["places"]

RECORD = bool(os.environ.get("KONVOI_RECORD"))
ERROR = "error"
# Texts that may look like numbers: cells as they were read, ids, versions, names of registers.
TEXTS = re.compile(r"\.(read|id|version|facts\.\w+|value|seen|key|digest|to|head|clause|guess|values\.\w+)$")

RICH = {
    "agreement contracts": (str(EXAMPLES / "exercise"),),
    "restore": ("{cut}", "--check", "--key-file", "{key}"),
}
"""Commands of which the answers on the example workspace have no rows, or not all cases."""


def answers(command: str, places: dict[str, Path], new: Path) -> tuple[list[Any], list[Any]]:
    """The answers of a command on the example workspace, on one without submissions, and where needed on a
    richer one: as they are printed, and their values before that.
    """
    printed, values = [], []
    for number, words in enumerate(one[command] for one in (GOOD, EMPTY, RICH) if command in one):
        folder = new / str(number)
        folder.mkdir()
        writer = Mock(wraps=json_text)
        with patch.object(output, "json_text", writer), patch.object(table_file, "json_text", writer):
            document = json.loads(called(command, words, places, folder).out)
        if ERROR not in document:
            printed.append(document)
            values.append(writer.call_args.args[0])
    return printed, values


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("command", [LONG if one == "demo" else one for one in ANSWERING])
def test_answers_fit_the_schema_of_their_command(
    command: str, places: dict[str, Path], tmp_path: Path
) -> None:
    found, values = answers(command, places, tmp_path)
    assert found
    if RECORD:
        path_of(command).write_text(written(schema_of(command, values)), encoding="utf-8")
    schema = json.loads(path_of(command).read_text("utf-8"))
    for one in found:
        jsonschema.validate(one, schema)
        assert text_figures(one) == []


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("command", ANSWERING)
def test_refusals_fit_one_schema(command: str, places: dict[str, Path], tmp_path: Path) -> None:
    done = json.loads(called(command, BAD[command], places, tmp_path).out)
    if ERROR in done and command != "verify":
        jsonschema.validate(done, json.loads((FOLDER / "error.json").read_text("utf-8")))


def test_each_schema_is_of_a_command() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {
        *(path_of(command).name for command in ANSWERING),
        "error.json",
    }


def test_fields_of_questions_have_meanings_of_their_own() -> None:
    """Not those of the table of stalled records, which has columns of the same names."""
    rows = json.loads(path_of("ask").read_text("utf-8"))["properties"]["questions"]["items"]["properties"]
    assert rows["since"]["description"] == "Day since which the question is open; null: not known"
    assert rows["kind"]["description"].startswith("Kind of question")
    assert all("description" in field for field in rows.values())


def test_a_field_that_is_new_or_of_another_type_is_refused() -> None:
    schema = json.loads(path_of("total").read_text("utf-8"))
    good = dict.fromkeys(schema["required"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | {"another": 1}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | {"value": "12.00"}, schema)


def text_figures(document: Any, path: str = "") -> list[str]:
    """The places of texts that read as figures."""
    if isinstance(document, dict):
        return [one for key, value in document.items() for one in text_figures(value, f"{path}.{key}")]
    if isinstance(document, list):
        return [one for value in document for one in text_figures(value, path)]
    if isinstance(document, str) and re.fullmatch(r"-?\d+(\.\d+)?", document) and not TEXTS.search(path):
        return [f"{path}: {document}"]
    return []
