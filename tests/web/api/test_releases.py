"""Releases of programs: the brief that was read is released, and withdrawn for a reason."""

import pytest
from django.test import Client
from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.world import World

from konvoi.web.access.models import AuditEvent
from konvoi.web.reports.models import ReleaseEvent


@pytest.fixture
def planner(world: World) -> Client:
    return program(world, "planner", "decide")


def test_a_program_releases_the_brief_that_it_has_read_and_withdraws_it(
    world: World, planner: Client
) -> None:
    brief = planner.get(f"{V1}brief")
    assert brief["ETag"] == f'"{brief.json()["view"]}"'
    assert planner.get(f"{V1}brief", headers={"if-none-match": brief["ETag"]}).status_code == 304
    assert {one["figure"] for one in brief.json()["figures"]}
    body = {"languages": ["en"]}
    told = {"if_match": brief["ETag"], "idempotency_key": "r-1"}
    assert problem(act(planner, "releases", body, if_match=brief["ETag"])) == (400, "key")
    assert problem(act(planner, "releases", body, idempotency_key="r-1")) == (428, "not-seen")
    assert problem(act(planner, "releases", body, if_match='"x"', idempotency_key="r-1")) == (412, "changed")
    wrongs: list[object] = [{}, *({"languages": one} for one in ([], ["xx"], [["en"]], "en"))]
    for wrong in wrongs:
        assert problem(act(planner, "releases", wrong, **told)) == (400, "body")
    assert problem(act(planner, "releases", {"languages": ["uk"]}, **told)) == (409, "refused")
    made = act(planner, "releases", body, **told)
    assert (made.status_code, made.json()["state"], made.json()["view"]) == (
        201,
        "released",
        brief.json()["view"],
    )
    assert act(planner, "releases", body, **told).content == made.content
    assert ReleaseEvent.objects.count() == 1
    path = made["Location"].removeprefix(V1)
    rows = world.client().get(f"{V1}releases").json()["rows"]
    assert [(one["release"], one["state"]) for one in rows] == [(made.json()["release"], "released")]
    public = world.client().get(V1 + path).json()
    assert any(one.endswith("brief.en.html") for one in public["files"])
    assert world.client().get(public["files"][0]).status_code == 200
    assert problem(act(planner, f"{path}/withdraw", {"reason": ""})) == (400, "body")
    gone = act(planner, f"{path}/withdraw", {"reason": "An error"})
    assert (gone.json()["state"], gone.json()["reason"]) == ("withdrawn", "An error")
    assert world.client().get(V1 + path).json()["files"] == []
    events = AuditEvent.objects.filter(object=made.json()["release"]).order_by("number")
    assert [one.action for one in events] == ["brief-released", "release-withdrawn"]


def test_only_a_token_for_deciding_releases(world: World, planner: Client) -> None:
    nothing = problem(planner.get(f"{V1}nothing-is-here"))
    for person, scope in (
        ("planner", "submit"),
        ("planner", "read"),
        ("desk-xa", "decide"),
        ("legal", "decide"),
    ):
        made = act(program(world, person, scope), "releases", {"languages": ["en"]}, idempotency_key="k")
        assert problem(made) == nothing
    assert not ReleaseEvent.objects.exists()
