"""Contracts leave as valid OCDS 1.1 and come back as they were."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from tests.examples.folders import EXAMPLES
from tests.report.cases import case as invented
from tests.report.views import visible

from konvoi.flow.cases import bare
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace
from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.exports.ocds import Publication, release_package

MADE = Publication("Merrow Coalition", "ocds-x31x31", date(2031, 3, 3), exercise=True)
SAMPLE = Path(__file__).parents[2] / "intake" / "formats" / "samples" / "ocds" / "package.json"
KEPT = ("line", "day", "quantity", "amount", "currency", "delivery", "state", "address")


@pytest.fixture(scope="module")
def exercise() -> Case:
    work = workspace(EXAMPLES / "exercise")
    return bare(gathering(work), work)


def written(case: Case) -> Any:
    return json.loads(release_package(case, MADE))


def validator(folder: Path, name: str) -> jsonschema.Draft4Validator:
    schema = json.loads((folder / "ocds" / "schema" / name).read_text("utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.real_data
def test_what_is_written_is_valid_by_the_official_schema(real_data: Path, exercise: Case) -> None:
    """Each release by the release schema; the package by that of packages, but for what it refers to."""
    package = written(exercise)
    assert len(package["releases"]) == 8
    for release in package["releases"]:
        validator(real_data, "dereferenced-release-schema.json").validate(release)
    schema = json.loads((real_data / "ocds" / "schema" / "release-package-schema.json").read_text("utf-8"))
    schema["properties"]["releases"] = {"type": "array", "minItems": 1}
    jsonschema.Draft4Validator(schema).validate(package)


def back(case: Case) -> dict[str, pl.DataFrame]:
    reading = read(Document("again.json", release_package(case, MADE)))
    assert {finding.code for finding in reading.findings} <= {"contract-not-in-force"}
    return dict(reading.tables)


def test_what_is_written_is_read_back_as_it_was(exercise: Case) -> None:
    again = back(exercise)
    for name, key in (("contracts", "contract"), ("call_offs", "call_off")):
        ours = exercise.tables[name].sort(key)
        theirs = again[name].sort(key).with_columns(line=pl.coalesce("line", "_line"))
        columns = [key, *KEPT, *(["contract"] if key == "call_off" else ["supplier"])]
        assert theirs.select(columns).equals(ours.select(columns)), name


def test_a_call_off_is_a_process_of_its_own_under_its_framework(exercise: Case) -> None:
    releases = {one["ocid"]: one for one in written(exercise)["releases"]}
    (related,) = releases["ocds-x31x31-XD-C1/1"]["relatedProcesses"]
    assert related["relationship"] == ["framework"]
    assert related["identifier"] in releases
    assert "relatedProcesses" not in releases["ocds-x31x31-XD-C1"]


def test_what_the_public_may_not_see_is_not_published(exercise: Case) -> None:
    """A cancelled contract and a pending call-off of the exercise are for the coalition alone."""
    public = {one["contracts"][0]["id"] for one in written(visible(exercise, "public"))["releases"]}
    assert {"XA-C1", "XD-C1", "XD-C1/1"} <= public
    assert public & {"XA-C2", "XD-C1/3"} == set()


def test_sums_are_written_to_the_last_place() -> None:
    """A JSON float would round the last digits of so large a sum away."""
    known = invented()
    row: dict[str, object] = {
        "contract": "C",
        "supplier": "S",
        "day": date(2031, 1, 1),
        "amount": 2**62 + 1,
        "currency": "EUR",
    }
    rows = pl.DataFrame([row], schema_overrides={"day": pl.Date})
    contracts = pl.concat([BY_NAME["contracts"].empty(), rows], how="diagonal")
    text = release_package(replace(known, tables={"contracts": contracts}), MADE)
    assert b'"amount": 46116860184273879.05' in text


def test_what_was_read_of_ocds_is_written_with_its_items_and_codes() -> None:
    reading = read(Document("p.json", SAMPLE.read_bytes()))
    known = invented()
    case = replace(known, tables=dict(reading.tables), entries=reading.entries)
    items = written(case)["releases"][1]["contracts"][0]["items"]
    assert items == [
        {
            "id": "1",
            "description": "Lorry, 5 t",
            "classification": {"scheme": "CPV", "id": "34134000-7"},
            "quantity": 20,
            "unit": {"name": "piece", "value": {"amount": 180000, "currency": "EUR"}},
        }
    ]
