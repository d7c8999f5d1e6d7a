"""Answers of the API are as its OpenAPI document says; the whole stands in bench/api_conformance.py."""

import pytest
from bench.conformance.checked import checked
from tests.web.api.program import program
from tests.web.live import served
from tests.web.world import World

PARTS = {
    ("planner", "decide"): ("make_release",),
    ("desk-xa", "submit"): ("documents", "discard"),
}
"""Operations that are checked here: a list, and writes with and without a body."""


@pytest.mark.parametrize("way", PARTS, ids=str)
def test_answers_are_as_the_document_says(world: World, way: tuple[str, str]) -> None:
    token = program(world, *way).defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    with served() as address:
        found = checked(address, token, phases=["examples", "coverage"], only=PARTS[way])
    assert found.wrong == (), found.said[-20_000:]
    assert found.operations == len(PARTS[way])
    assert found.cases > 20
