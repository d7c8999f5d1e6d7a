"""The API: rights of tokens, problems, entity tags, pages, and the same rows as the list."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from tests.web.api.program import V1, program
from tests.web.world import World

from konvoi.web.api.urls import OPERATIONS, all_lists

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")


def rows(client: Client, path: str) -> list[Any]:
    """All rows of a list, page by page."""
    found: list[Any] = []
    after = ""
    while True:
        answer = client.get(f"{V1}{path}?limit=2{after}")
        assert answer.status_code == 200, answer.content
        found += answer.json()["rows"]
        if not answer.json()["next"]:
            assert len(found) == answer.json()["total"]
            return found
        after = f"&after={answer.json()['next']}"


@pytest.mark.slow
def test_every_list_of_the_api_has_the_rows_of_its_json_file_for_each_token(world: World) -> None:
    client = world.client("planner")
    for person in ("planner", "desk-xb", "recipient"):
        token, client = program(world, person), world.exporting(person)
        names = [row["table"] for row in rows(token, "tables")]
        assert "packages" in names
        for path in ("tables", "tasks", *(f"tables/{name}" for name in names)):
            file = json.loads(client.get(f"/{path}.json").content)
            assert rows(token, path) == file["rows"], (person, path)


def test_who_may_not_gets_the_answer_of_what_is_not_there(world: World) -> None:
    token = program(world, "desk-xa")
    nothing = token.get(f"{V1}nothing-is-here")
    assert (nothing.status_code, nothing["Content-Type"]) == (404, "application/problem+json")
    for path in ("audit", "tables/no_such_table", "tables/relations_of_xb"):
        answer = token.get(V1 + path)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert dict(answer.headers) == dict(nothing.headers)


def test_nobody_and_a_wrong_token_are_asked_for_a_token_whatever_they_ask_for(world: World) -> None:
    wrong = Client(headers={"authorization": "Bearer konvoi_wrong"})
    answers = {path: wrong.get(V1 + path) for path in ("tables", "audit", "nothing-is-here")}
    assert {one.status_code for one in answers.values()} == {401}
    assert len({one.content for one in answers.values()}) == 1
    nobody = world.client()
    assert nobody.get(f"{V1}tables").status_code == 200
    assert nobody.get(f"{V1}audit").content == nobody.get(f"{V1}nothing-is-here").content
    assert nobody.get(f"{V1}audit").status_code == 401


def test_what_is_not_changed_is_not_sent_again(world: World) -> None:
    token = program(world, "planner")
    first = token.get(f"{V1}tables/packages")
    again = token.get(f"{V1}tables/packages", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = token.get(f"{V1}tables/packages?limit=1", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    theirs = program(world, "desk-xa").get(f"{V1}tables/packages")
    assert theirs["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("path", "status", "type"),
    [
        ("tables/packages?colour=red", 400, "query"),
        ("tables/packages?after=abc", 400, "query"),
        ("tables/packages?after=", 400, "query"),
        ("tables/packages?day=20310301", 400, "query"),
        ("tables/packages?day=2031-01-02", 409, "not-computed"),
    ],
)
def test_a_problem_is_a_document_of_its_type(world: World, path: str, status: int, type: str) -> None:
    answer = program(world, "planner").get(V1 + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"/api/v1/problems/{type}"
    assert answer.json()["status"] == status


def test_lists_are_only_read(world: World) -> None:
    answer = program(world, "planner").post(f"{V1}tables")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_method_that_an_address_has_not_is_told_to_everybody_alike(world: World) -> None:
    for client in (world.client(), program(world, "desk-xa"), program(world, "auditor")):
        answers = [client.generic(method, f"{V1}audit") for method in ("POST", "TRACE", "PATCH")]
        assert {(one.status_code, one["Allow"]) for one in answers} == {(405, "GET, HEAD")}
    both = program(world, "desk-xa").delete(f"{V1}releases")
    assert (both.status_code, both["Allow"]) == (405, "GET, HEAD, POST")


def test_an_address_of_any_kind_is_answered_as_the_api_answers(world: World) -> None:
    token = program(world, "planner")
    for path in ("", "uploads/X%0A%C2%9A/confirm", "tables/a%2Fb", "%00", "tables/"):
        answer = token.get(V1 + path)
        assert (answer.status_code, answer["Content-Type"]) in (
            (404, "application/problem+json"),
            (405, "application/problem+json"),
        ), path


def test_the_description_names_every_list_and_fits_its_answers(world: World) -> None:
    token = program(world, "planner")
    found = token.get(f"{V1}openapi.json").json()
    assert {path.removeprefix("/") for path in found["paths"]} == {
        *all_lists(),
        *(one.path for one in OPERATIONS),
    }
    for name, schema in found["components"]["schemas"].items():
        # Generators name a variable of the class as a member: the two cannot be one.
        assert re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() not in schema["properties"], name
    for path, operations in found["paths"].items():
        if "get" not in operations:
            continue
        answer = token.get(V1 + path.removeprefix("/").replace("{table}", "packages"))
        if answer.status_code == 200:
            content = operations["get"]["responses"]["200"]["content"]["application/json"]
            schema = {"components": found["components"], **content["schema"]}
            jsonschema.validate(answer.json(), schema)


def test_the_reference_names_every_list_and_every_problem() -> None:
    assert {
        name
        for name in (*all_lists(), "tables/NAME", *(one.path for one in OPERATIONS[1:]))
        if f"\n| `{name}` |" not in PAGE
    } == set()
    code = "".join(one.read_text("utf-8") for one in (ROOT / "src/konvoi/web/api").glob("*.py"))
    problems = set(re.findall(r'problem\(\s*\d+,\s*"([a-z-]+)"', code))
    assert {"query", "not-found"} < problems
    assert {name for name in problems if f"\n| `{name}` |" not in PAGE} == set()


def test_many_wrong_tokens_from_one_address_have_to_wait(world: World) -> None:
    wrong = Client(headers={"authorization": "Bearer konvoi_wrong"})
    found = [wrong.get(f"{V1}tables").status_code for _ in range(25)]
    assert (found[0], 429 in found) == (401, True)
    assert program(world, "planner").get(f"{V1}tables").status_code == 200
