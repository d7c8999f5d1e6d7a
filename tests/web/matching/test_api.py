"""Decisions of programs: those that the page has, by the person of the token, and nothing more."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.web.api.program import V1, program
from tests.web.api.test_reference import blocks, secret
from tests.web.api.test_writes import act, problem
from tests.web.live import served
from tests.web.matching.reviewing import desk
from tests.web.world import World

from konvoi.web.access.models import AuditEvent
from konvoi.web.matching.answers import answers_now
from konvoi.web.matching.rules import Rule, answers_between, senders


@pytest.fixture
def planner(reviewed: World) -> Client:
    return program(reviewed, "planner", "decide")


def weightiest(client: Client) -> Any:
    """Return the first pair of the queue that chance has not drawn."""
    rows = client.get(f"{V1}pairs?state=open&limit=2").json()["rows"]
    found = [client.get(f"{V1}pairs/{row['pair']}") for row in rows]
    return next(one for one in found if not one.json()["drawn"])


def test_a_program_decides_on_what_it_has_seen_and_takes_it_back(reviewed: World, planner: Client) -> None:
    seen = weightiest(planner)
    pair = seen.json()
    path = f"pairs/{pair['pair']}"
    body = {"decision": "same", "note": "one gift"}
    assert problem(act(planner, f"{path}/decide", body)) == (428, "not-seen")
    wrongs: list[object] = [
        {},
        {"decision": "perhaps"},
        {"decision": "same", "note": "a\n"},
        {"decision": [1]},
    ]
    for wrong in wrongs:
        assert problem(act(planner, f"{path}/decide", wrong, if_match=seen["ETag"])) == (400, "body")
    made = act(planner, f"{path}/decide", body, if_match=seen["ETag"], idempotency_key="d-1")
    assert (made.status_code, made.json()["state"]) == (200, "decided")
    assert made.json()["total"] == pair["totals_after"]["same"]
    assert made.json()["decided"] == [
        {"decision": "same", "by": "planner", "at": made.json()["decided"][0]["at"], "note": "one gift"}
    ]
    again = act(planner, f"{path}/decide", body, if_match=seen["ETag"], idempotency_key="d-1")
    assert (again.content, again["Idempotency-Replayed"]) == (made.content, "true")
    other = {"decision": "different"}
    assert problem(act(planner, f"{path}/decide", other, if_match=seen["ETag"])) == (412, "changed")
    assert len(answers_now()[pair["pair"]]) == 1
    back = act(planner, f"{path}/undo", if_match=made["ETag"])
    assert (back.json()["state"], back.json()["total"]) == ("open", pair["total"])
    assert problem(act(planner, f"{path}/undo")) == (409, "refused")
    events = AuditEvent.objects.filter(object=pair["pair"]).order_by("number")
    assert [one.action for one in events] == ["pair-decided", "decision-taken-back"]
    assert {one.actor for one in events} == {str(reviewed.user("planner").pk)}


def test_a_token_is_its_person_for_second_and_third_opinions(reviewed: World, planner: Client) -> None:
    seen = weightiest(planner)
    path = f"pairs/{seen.json()['pair']}"
    act(planner, f"{path}/decide", {"decision": "same"}, if_match=seen["ETag"])
    second, third = (program(reviewed, name, "decide") for name in ("planner-b", "planner-c"))
    person = {"person": str(reviewed.user("planner-b").pk)}
    assert problem(act(planner, f"{path}/second-opinion", {"person": "nobody"})) == (400, "body")
    asked = act(planner, f"{path}/second-opinion", person)
    assert (asked.json()["state"], asked.json()["asked"]) == ("second opinion", ["planner-b"])
    assert problem(act(planner, f"{path}/second-opinion", person)) == (409, "refused")
    blind = second.get(V1 + path)
    assert (blind.json()["decided"], blind.json()["total"], blind.json()["reviewers"]) == ([], None, [])
    returned = act(second, f"{path}/decide", {"decision": "different"}, if_match=blind["ETag"])
    assert returned.json()["state"] == "third person"
    theirs = {"if_match": planner.get(V1 + path)["ETag"]}
    assert problem(act(planner, f"{path}/decide", {"decision": "same"}, **theirs)) == (409, "refused")
    # A tag is that of one person.
    last = third.get(V1 + path)
    assert problem(act(third, f"{path}/decide", {"decision": "same"}, **theirs)) == (412, "changed")
    assert (
        act(third, f"{path}/decide", {"decision": "same"}, if_match=last["ETag"]).json()["state"] == "decided"
    )


def test_a_rule_decides_on_the_pairs_that_were_seen(reviewed: World, planner: Client) -> None:
    one = desk(reviewed)
    query = {"senders": senders(one)[0][0], "relation": str(one.pairs["relation"][0])}
    comparison, answer, _ = answers_between(one, Rule.of(query))[0]
    query["evidence"] = f"{comparison}={answer}"
    seen = planner.get(f"{V1}rule", query)
    pairs = seen.json()["pairs"]
    assert pairs

    path = f"rule/decide?{urlencode(query)}"
    assert problem(act(planner, path, {"decision": "same"}, if_match='"other"')) == (412, "changed")
    assert problem(act(planner, path, {"decision": "unsure"}, if_match=seen["ETag"])) == (400, "body")
    done = act(planner, path, {"decision": "same"}, if_match=seen["ETag"])
    assert done.json()["decided"] == len(pairs)
    assert set(pairs) <= set(answers_now())
    assert planner.get(f"{V1}rule", query).json()["pairs"] == []


def test_who_may_not_decide_sees_its_own_pairs_and_finds_no_decision(
    reviewed: World, planner: Client
) -> None:
    pair = weightiest(planner).json()["pair"]
    nothing = program(reviewed, "desk-xa").get(f"{V1}nothing-is-here").content
    for person, scope in (
        ("planner", "read"),
        ("planner", "submit"),
        ("desk-xa", "decide"),
        ("auditor", "decide"),
    ):
        token = program(reviewed, person, scope)
        for path in ("decide", "undo", "second-opinion"):
            assert act(token, f"pairs/{pair}/{path}", {"decision": "same"}).content == nothing
        assert token.get(f"{V1}rule").content == nothing
        assert token.get(f"{V1}pairs").status_code == 200
    theirs = program(reviewed, "desk-xb").get(f"{V1}pairs").json()["total"]
    assert theirs < planner.get(f"{V1}pairs").json()["total"]
    found = program(reviewed, "auditor").get(f"{V1}pairs/{pair}").json()
    assert (found["decisions"], found["reviewers"], found["drawn"]) == ([], [], False)


def test_the_example_of_the_reference_decides(reviewed: World, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = (one for one in blocks("python") if "/decide" in one)
    with served() as address:
        exec(code, {"HOST": address, "TOKEN": secret(reviewed, "planner", "decide")})
    assert "\ndecided {'value': " in capsys.readouterr().out
    assert len(answers_now()) == 1
