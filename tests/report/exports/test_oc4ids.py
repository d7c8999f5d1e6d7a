"""Projects leave as valid OC4IDS 0.9 and come back as they were."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from tests.examples.folders import EXAMPLES
from tests.fund.rebuilding import money, project, rebuilt
from tests.report.cases import case as invented
from tests.report.views import visible

from konvoi.flow.cases import bare
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import workspace
from konvoi.fund.project_money import Money
from konvoi.intake.read import read
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME
from konvoi.report.case import Case
from konvoi.report.exports.oc4ids import project_package
from konvoi.report.exports.ocds import Publication

MADE = Publication("Merrow Coalition", "oc4ids-x31x31", date(2031, 3, 3), exercise=True)
SAMPLE = Path(__file__).parents[2] / "intake" / "formats" / "samples" / "oc4ids" / "package.json"
PROJECT = (
    *("project", "title", "stage", "owner", "communities", "building", "sector", "cost"),
    *("ends", "address"),
)
FINANCING = ("financing", "project", "party", "stage", "day", "amount", "currency", "record")
FACTS = ("project", "path", "process", "item", "value", "currency")


@pytest.fixture(scope="module")
def exercise() -> Case:
    work = workspace(EXAMPLES / "exercise")
    return bare(gathering(work), work)


def written(case: Case) -> Any:
    return json.loads(project_package(case, MADE))


def of(path: Path) -> Case:
    return replace(invented(), tables=dict(read(Document(path.name, path.read_bytes())).tables))


def back(case: Case) -> dict[str, pl.DataFrame]:
    reading = read(Document("again.json", project_package(case, MADE)))
    assert reading.findings == ()
    return dict(reading.tables)


def same(ours: pl.DataFrame, theirs: pl.DataFrame, columns: tuple[str, ...]) -> None:
    one, other = (rows.select(columns).sort(columns, nulls_last=True).to_dicts() for rows in (ours, theirs))
    assert one == other


def financing(case: Case) -> pl.DataFrame:
    """The money of a case, each row with the amount of the record that it names."""
    found = [one for own in Money(case.tables).rows.values() for one in own]
    rows = [{**one.row, "amount": one.amount, "currency": one.currency} for one in found]
    return pl.DataFrame(rows, schema=BY_NAME["financing"].schema())


def all_back(case: Case) -> None:
    again = back(case)
    same(case.tables["projects"], again["projects"], PROJECT)
    same(financing(case), again["financing"], FINANCING)
    same(case.tables["project_facts"], again["project_facts"], FACTS)


@pytest.mark.real_data
def test_what_is_written_is_valid_by_the_official_schema(real_data: Path, exercise: Case) -> None:
    """Each project by the project schema, the package by that of packages, but for what it refers to."""
    folder = real_data / "oc4ids" / "project-level"
    checker = jsonschema.FormatChecker()
    schema = json.loads((folder / "project-schema.json").read_text("utf-8"))
    package = json.loads((folder / "project-package-schema.json").read_text("utf-8"))
    package["properties"]["projects"] = {"type": "array", "minItems": 1, "uniqueItems": True}
    for known in (exercise, of(SAMPLE), of(real_data / "oc4ids" / "example.json")):
        made = written(known)
        jsonschema.Draft4Validator(package, format_checker=checker).validate(made)
        for one in made["projects"]:
            jsonschema.Draft4Validator(schema, format_checker=checker).validate(one)
    assert len(written(exercise)["projects"]) == 8


def test_projects_of_a_workbook_are_read_back_as_they_were(exercise: Case) -> None:
    """Also what was read of OC4IDS comes back; sources and addresses of contracts have no place there."""
    all_back(exercise)


def test_the_package_of_another_is_read_written_and_read_back_as_it_was() -> None:
    all_back(of(SAMPLE))


@pytest.mark.real_data
def test_the_official_sample_is_read_written_and_read_back_as_it_was(real_data: Path) -> None:
    all_back(of(real_data / "oc4ids" / "example.json"))


def test_what_the_public_may_not_see_is_not_published(exercise: Case) -> None:
    """A cancelled project of the exercise is for the coalition alone."""
    public = {one["title"] for one in written(visible(exercise, "public"))["projects"]}
    assert "School No. 3 of Tarnvel" in public
    assert "Swimming hall of Quinvel" not in public


def test_sums_are_written_to_the_last_place_and_nothing_is_rounded() -> None:
    known = replace(invented(), tables=dict(rebuilt(projects=[project(cost=2**62 + 1)])))
    assert b'"amount": 46116860184273879.05' in project_package(known, MADE)


def test_a_bare_need_has_no_status_and_an_amount_that_is_not_known_is_left_out() -> None:
    rows = rebuilt(projects=[project(stage="need", cost=None)], financing=[money("committed", None)])
    (made,) = written(replace(invented(), tables=dict(rows)))["projects"]
    assert "status" not in made
    assert made["additionalClassifications"][0]["id"] == "need"
    assert made["budget"]["budgetBreakdowns"][0]["budgetBreakdown"][0].keys() == {"id", "sourceParty"}
    assert "amount" not in made["budget"]


def test_an_id_of_oc4ids_stays_and_any_other_bears_the_publishers_prefix() -> None:
    rows = rebuilt(projects=[project("P"), project("oc4ids-abc123-7")])
    made = written(replace(invented(), tables=dict(rows)))["projects"]
    assert [one["id"] for one in made] == ["oc4ids-x31x31-P", "oc4ids-abc123-7"]


def test_equal_cases_give_equal_bytes_and_an_exercise_says_so(exercise: Case) -> None:
    assert project_package(exercise, MADE) == project_package(exercise, MADE)
    assert "exercise" in written(exercise)["publisher"]["name"]
