"""Programs read a round, see what a position would change, and record it as its party."""

import uuid

import pytest
from tests.web.affairs import work_off
from tests.web.api.program import V1, program
from tests.web.api.test_writes import act, problem
from tests.web.world import World, compute

from konvoi.web.form_rows.models import FormRow

ROUND = "rounds/PACT-1"
POSITION = {
    "clause": "I/1",
    "stance": "accept with reserve",
    "words": "Who keeps the schedule is to be said.",
    "lifts": "2031-04-01",
    "marking": "coalition",
}


def key() -> str:
    """Return a new Idempotency-Key."""
    return uuid.uuid4().hex


def test_a_round_has_its_clauses_its_distance_and_that_of_clauses_traded_together(negotiated: World) -> None:
    asked = {"clause": ["I/2", "II/1"]}
    found = program(negotiated, "planner", "decide").get(f"{V1}{ROUND}", asked).json()
    assert found["counts"] == {"settled": 0, "open": 2, "waiting": 1}
    assert (found["distance"]["parties_to_move"], found["distance"]["open_positions"]) == (2, 3)
    assert found["package"]["clauses"] == ["I/2", "II/1"]
    assert [one["clause"] for one in found["clauses"]] == ["I/1", "I/2", "II/1"]
    assert {one["party"]: one["stance"] for one in found["clauses"][1]["positions"]} == {
        "XA": None,
        "XB": "amend",
        "XV": "support",
    }
    assert found["amendments"][0]["position"] == "PO-1"
    # A token that takes no positions speaks for nobody.
    assert found["may_speak_for"] == []
    hidden, nothing = (negotiated.client().get(f"{V1}{path}") for path in (ROUND, "nothing-is-here"))
    assert (hidden.status_code, hidden.content) == (401, nothing.content)
    assert problem(program(negotiated, "desk-xa").get(f"{V1}rounds/NONE")) == (404, "not-found")


def test_a_legal_desk_sees_the_effect_of_a_position_and_records_it_once(
    negotiated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = program(negotiated, "legal", "negotiate")
    seen = token.get(f"{V1}{ROUND}")
    assert seen.json()["may_speak_for"] == ["XA"]
    effect = token.get(f"{V1}{ROUND}/effect", POSITION).json()
    assert effect["moved"] == [
        {
            "clause": "I/1",
            "state_before": "not all have spoken",
            "state_after": "open",
            "distance_before": 0,
            "distance_after": 1,
        }
    ]
    assert (effect["before"]["parties_to_move"], effect["after"]["parties_to_move"]) == (2, 3)
    assert not FormRow.objects.exists()
    path = f"{ROUND}/positions"
    assert problem(act(token, path, POSITION, idempotency_key="p-1")) == (428, "not-seen")
    assert problem(act(token, path, POSITION, if_match=seen["ETag"])) == (400, "key")
    assert problem(act(token, path, POSITION, idempotency_key="p-1", if_match='"x"')) == (412, "changed")
    made = act(token, path, POSITION, idempotency_key="p-1", if_match=seen["ETag"])
    assert (made.status_code, made.json()["state"], made.json()["party"]) == (202, "being stored", "XA")
    again = act(token, path, POSITION, idempotency_key="p-1", if_match=seen["ETag"])
    assert (again.content, again["Idempotency-Replayed"]) == (made.content, "true")
    (row,) = work_off(monkeypatch)
    assert (row.state, row.reason) == (FormRow.State.STORED, "")
    assert token.get(made["Location"]).json()["state"] == "stored"
    assert [one["state"] for one in token.get(f"{V1}{ROUND}").json()["entered"]] == ["stored"]
    # The row of a party is its own, and the coordination cell's.
    assert problem(program(negotiated, "desk-xb").get(made["Location"])) == (404, "not-found")
    assert program(negotiated, "planner").get(made["Location"]).json()["row"] == made.json()["row"]
    compute(negotiated.folder, ("cell", "XA"), "after")
    after = token.get(f"{V1}{ROUND}")
    assert after.json()["counts"] == {"settled": 0, "open": 3, "waiting": 0}
    # What was seen before is not what is there now.
    assert problem(act(token, path, POSITION, idempotency_key=key(), if_match=seen["ETag"])) == (
        412,
        "changed",
    )


def test_a_position_that_does_not_fit_is_refused_with_its_member(negotiated: World) -> None:
    token = program(negotiated, "legal", "negotiate")
    seen = token.get(f"{V1}{ROUND}")["ETag"]

    def sent(**more: object) -> tuple[tuple[int, str], str]:
        body = {**POSITION, **more}
        answer = act(token, f"{ROUND}/positions", body, idempotency_key=key(), if_match=seen)
        return problem(answer), answer.json()["parameter"]

    for name, value in {"stance": "sing", "marking": "XB", "lifts": "31.4.", "colour": "red"}.items():
        assert sent(**{name: value}) == ((400, "body"), name)
    for name, more in {
        "clause": {"clause": "IX/9"},
        "words": {"stance": "amend", "words": ""},
        "amendment": {"amendment": "PO-1"},
        "party": {"party": "XB"},
    }.items():
        assert sent(**more) == ((409, "refused"), name)
    wrong = {"stance": "sing", "lifts": "soon", "clause": ""}
    for name, value in wrong.items():
        answer = token.get(f"{V1}{ROUND}/effect", {**POSITION, name: value})
        assert (problem(answer), answer.json()["parameter"]) == ((400, "query"), name)
    assert not FormRow.objects.exists()


def test_positions_are_taken_with_the_scope_for_them_alone(negotiated: World) -> None:
    for person, scope, there in (
        ("legal", "negotiate", True),
        ("desk-xb", "negotiate", True),
        ("planner", "negotiate", True),
        ("desk-xb", "submit", False),
        ("planner", "decide", False),
        ("legal", "read", False),
    ):
        token = program(negotiated, person, scope)
        seen = token.get(f"{V1}{ROUND}")["ETag"]
        body = {**POSITION, "party": "XV"} if person == "planner" else POSITION
        made = act(token, f"{ROUND}/positions", body, idempotency_key=key(), if_match=seen)
        assert made.status_code == (202 if there else 404), (person, scope)
    assert {one.party for one in FormRow.objects.all()} == {"XA", "XB", "XV"}
