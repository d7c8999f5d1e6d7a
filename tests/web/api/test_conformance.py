"""Answers of the API are as its OpenAPI document says; the whole stands in bench/api_conformance.py."""

import pytest
from bench.conformance.checked import checked
from tests.web.api.program import program
from tests.web.live import served
from tests.web.world import World

PARTS = {
    "planner": ("packages", "ask_for_results", "discard"),
    "desk-xa": ("documents", "withdraw", "answer"),
}
"""Operations that are checked here: a list, a record, and writes with and without a body."""


@pytest.mark.parametrize("person", PARTS)
def test_answers_are_as_the_document_says(world: World, person: str) -> None:
    token = program(world, person, "submit").defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    with served() as address:
        found = checked(address, token, phases=["examples", "coverage"], only=PARTS[person])
    assert found.wrong == (), found.said[-20_000:]
    assert found.operations == len(PARTS[person])
    assert found.cases > 100
