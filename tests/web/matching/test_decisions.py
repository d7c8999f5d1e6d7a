"""Decisions on pairs: the total follows at once, undo is a row, and answers of others are hidden at first."""

import csv
import io
import json
import re
import uuid

import pytest
from django.http import Http404
from django.test import Client
from tests.web.answers import content
from tests.web.matching.reviewing import PAIRS, desk, viewer, with_pairs
from tests.web.world import World, compute, text

from konvoi.flow.store import kept_text
from konvoi.gateways.refusal import Refused
from konvoi.web.access.models import AuditEvent
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.matching import actions
from konvoi.web.matching.answers import DISAGREE
from konvoi.web.matching.queries import DECIDED, OPEN, SECOND, THIRD
from konvoi.web.matching.rules import Rule, fitting
from konvoi.web.runs.models import Job

SAME = "Is this the same commitment, reported twice?"


def weightiest(world: World) -> str:
    return str(desk(world).pairs["pair"][0])


def decide(world: World, pair: str, verdict: str, person: str = "planner", note: str = "") -> None:
    one = desk(world, person)
    row = one.row(pair)
    assert row is not None
    actions.decide(
        viewer=viewer(world, person),
        pair=pair,
        verdict=verdict,
        note=note,
        shown=actions.shown_token(one, row),
    )


def ask(world: World, pair: str, person: str, by: str = "planner") -> None:
    actions.ask_second(viewer=viewer(world, by), pair=pair, person=world.user(person).pk)


def state(world: World, pair: str, person: str = "planner") -> str:
    row = desk(world, person).row(pair)
    assert row is not None
    return row.state


def total(world: World) -> list[str]:
    found = desk(world).now.total
    assert found is not None
    return [f"{one:.0f}" for one in found]


def post(client: Client, pair: str, verdict: str) -> str:
    page = client.get(f"/matching/pairs/{pair}").content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    answer = client.post(f"/matching/pairs/{pair}/decide", {"verdict": verdict, "shown": shown}, follow=True)
    return text(answer)


@pytest.mark.slow
def test_a_decision_moves_total_and_range_at_once_as_a_run_does(reviewed: World) -> None:
    assert total(reviewed) == ["7800000", "5600000", "7800000"]
    page = post(reviewed.client("planner"), weightiest(reviewed), "same")
    assert (
        "Total pledged: 7,800,000 EUR (range 5,600,000 EUR to 7,800,000 EUR) → "
        "7,200,000 EUR (range 5,600,000 EUR to 7,200,000 EUR)" in page
    )
    assert Job.objects.filter(kind="run").count() == 1
    live = total(reviewed)
    compute(reviewed.folder, ("cell",), "after")
    opened = view(viewer(reviewed))
    assert opened is not None
    assert total(reviewed) == live == ["7200000", "5600000", "7200000"]
    assert any("7.2" in figure for _, _, figure in opened.tiles("en"))


def test_the_next_pair_opens_and_undo_takes_the_decision_back(reviewed: World) -> None:
    first = weightiest(reviewed)
    client = reviewed.client("planner")
    page = post(client, first, "same")
    assert "Undo the last decision" in page
    assert "X-5" in page
    answer = client.post(f"/matching/pairs/{first}/undo", follow=True)
    assert "Decided: taken back." in text(answer)
    assert total(reviewed) == ["7800000", "5600000", "7800000"]
    rows = (kept_text(reviewed.folder, "judgements.csv") or "").splitlines()
    assert [row.split(",")[3] for row in rows[1:]] == ["same", "undone"]
    with pytest.raises(Refused, match="not the last one"):
        actions.undo(viewer=viewer(reviewed, "planner-b"), pair=first)


def test_a_pair_that_was_decided_in_the_meantime_is_not_decided_again(reviewed: World) -> None:
    pair = weightiest(reviewed)
    one = desk(reviewed, "planner-b")
    row = one.row(pair)
    assert row is not None
    shown = actions.shown_token(one, row)
    decide(reviewed, pair, "same")
    with pytest.raises(Refused, match="in the meantime"):
        actions.decide(
            viewer=viewer(reviewed, "planner-b"), pair=pair, verdict="different", note="", shown=shown
        )
    with pytest.raises(Refused, match="not of this page"):
        actions.decide(viewer=viewer(reviewed), pair=pair, verdict="same", note="", shown="x")


def test_two_reviewers_who_disagree_return_a_pair_for_a_third(reviewed: World) -> None:
    pair = weightiest(reviewed)
    decide(reviewed, pair, "same", note="same waybill")
    assert state(reviewed, pair) == DECIDED
    ask(reviewed, pair, "planner-b")
    assert state(reviewed, pair) == SECOND
    page = text(reviewed.client("planner-b").get(f"/matching/pairs/{pair}"))
    assert "independent decision" in page
    assert "same waybill" not in page
    assert "Total pledged" not in page
    assert desk(reviewed, "planner-b").next() == pair
    assert total(reviewed)[0] == "7200000"
    answer = post(reviewed.client("planner-b"), pair, "different")
    assert "The pair returns for a third person." in answer
    # Until then it counts as undecided: its records both count, and the range covers it.
    assert total(reviewed) == ["7800000", "5600000", "7800000"]
    assert state(reviewed, pair) == THIRD
    for person in ("planner", "planner-b"):
        assert desk(reviewed, person).next() != pair
        with pytest.raises(Refused, match="third person"):
            decide(reviewed, pair, "same", person)
    assert desk(reviewed, "planner-c").next() == pair
    hidden = text(reviewed.client("planner-c").get(f"/matching/pairs/{pair}"))
    assert "same waybill" not in hidden
    post(reviewed.client("planner-c"), pair, "same")
    assert state(reviewed, pair) == DECIDED
    assert total(reviewed) == ["7200000", "5600000", "7200000"]
    shown = text(reviewed.client("planner").get("/matching/", follow=True))
    assert "0 of 1 pairs that two persons decided" in shown


def test_a_reviewer_takes_back_an_answer_that_differs(reviewed: World) -> None:
    pair = weightiest(reviewed)
    decide(reviewed, pair, "same")
    ask(reviewed, pair, "planner-b")
    decide(reviewed, pair, "different", "planner-b")
    assert DISAGREE in (kept_text(reviewed.folder, "judgements.csv") or "")
    actions.undo(viewer=viewer(reviewed, "planner-b"), pair=pair)
    assert state(reviewed, pair) == SECOND
    assert total(reviewed)[0] == "7200000"
    decide(reviewed, pair, "same", "planner-b")
    assert state(reviewed, pair) == DECIDED


def test_a_second_opinion_is_asked_of_another_planner_who_has_not_decided(reviewed: World) -> None:
    pair = weightiest(reviewed)
    decide(reviewed, pair, "same")
    decide(reviewed, pair, "same", "planner-b")
    for person in ("planner", "planner-b", "desk-xa", "auditor"):
        with pytest.raises(Refused, match="not yet decided"):
            ask(reviewed, pair, person)
    assert "1 of 1 pairs that two persons decided" in text(
        reviewed.client("auditor").get("/matching/", follow=True)
    )


@pytest.mark.slow
def test_a_rule_decides_what_was_shown_or_nothing(reviewed: World) -> None:
    rule = Rule("XA", "XB", "same_as", "day", "the same day")
    one = desk(reviewed)
    rows = one.rows(fitting(one, rule))
    # The smallest gift is announced twice by Arvenia, and reported once by Bolaria.
    assert len(rows) == PAIRS + 1
    query = "?senders=XA|XB&relation=same_as&evidence=day=the same day"
    page = text(reviewed.client("planner").get(f"/matching/batch{query}"))
    assert "7 pairs" in page
    digest = rule.digest(rows)
    decide(reviewed, rows[0].id, "different")
    with pytest.raises(Refused, match="have changed"):
        actions.decide_by_rule(viewer=viewer(reviewed), rule=rule, verdict="same", digest=digest)
    one = desk(reviewed)
    rows = one.rows(fitting(one, rule))
    expected = one.now.if_decided({row.id: "same" for row in rows})
    values = {"senders": "XA|XB", "relation": "same_as", "evidence": "day=the same day"}
    answer = reviewed.client("planner").post(
        "/matching/batch/decide", {**values, "digest": rule.digest(rows), "verdict": "same"}, follow=True
    )
    assert f"{len(rows)} pairs were decided." in text(answer)
    assert desk(reviewed).now.total == expected
    assert AuditEvent.objects.filter(action="rule-decided").get().detail == {"verdict": "same", "pairs": 6}


def test_a_desk_reads_pairs_of_its_own_records_and_decides_on_none(reviewed: World) -> None:
    page = text(reviewed.client("desk-xa").get("/matching/", follow=True))
    assert "The coordination cell decides on them." in page
    assert "P-9" in page
    assert "X-6" in page
    other = text(reviewed.client("desk-xb").get("/matching/", follow=True))
    assert "P-9" not in other
    pair = weightiest(reviewed)
    assert reviewed.client("desk-xb").get(f"/matching/pairs/{pair}").status_code == 404
    seen = reviewed.client("desk-xa").get(f"/matching/pairs/{pair}")
    assert "data-key=" not in seen.content.decode()
    for name in ("desk-xa", "auditor"):
        assert reviewed.client(name).post(f"/matching/pairs/{pair}/decide").status_code == 404
    with pytest.raises(Http404):
        actions.undo(viewer=Viewer(uuid.uuid4()), pair=pair)


def test_a_desk_sees_what_was_decided_and_neither_who_nor_why(reviewed: World) -> None:
    pair = weightiest(reviewed)
    decide(reviewed, pair, "same", note="same waybill")
    page = text(reviewed.client("desk-xa").get(f"/matching/pairs/{pair}"))
    assert "same waybill" not in page
    assert "Total pledged: 7,200,000 EUR" in page
    assert state(reviewed, pair) != OPEN


@pytest.mark.slow
def test_pairs_with_a_hidden_record_are_not_there(world: World) -> None:
    with_pairs(world, hidden=True)
    page = text(world.client("desk-xa").get("/matching/", follow=True))
    assert "X-" not in page
    assert "P-9" in page
    assert world.client("desk-xa").get(f"/matching/pairs/{weightiest(world)}").status_code == 404


def test_the_list_keeps_the_order_of_the_queue_in_every_format(reviewed: World) -> None:
    expected = list(desk(reviewed).waiting()["pair"])
    client = reviewed.exporting("planner")
    rows = json.loads(content(client.get("/matching/pairs.json?waits=yes")))["rows"]
    assert [row["pair"] for row in rows] == expected
    table = csv.DictReader(io.StringIO(content(client.get("/matching/pairs.csv?waits=yes")).decode()))
    assert [row["pair"] for row in table] == expected
    decide(reviewed, expected[0], "same")
    after = [row["pair"] for row in client.get("/api/v1/pairs?limit=1000").json()["rows"]]
    assert after == [*expected[1:], expected[0], *after[len(expected) :]]
    assert "decided" in text(client.get("/matching/pairs?state=decided"))
    assert "1 row" in text(client.get("/matching/pairs?state=decided&partner=XA"))
    assert "No row fits" in text(client.get("/matching/pairs?state=decided&partner=XV"))


def test_a_pair_names_the_document_and_row_of_both_records(reviewed: World) -> None:
    page = text(reviewed.client("planner").get(f"/matching/pairs/{weightiest(reviewed)}"))
    for party in ("XA", "XB"):
        assert re.search(rf"{party}/\S+: .*row \d", page)


def test_a_list_shows_no_effect_of_a_pair_that_is_decided_independently(reviewed: World) -> None:
    pair = weightiest(reviewed)
    open_pairs = reviewed.client("planner").get("/api/v1/pairs?limit=1000").json()["rows"]
    assert {row["pair"]: row["change"] for row in open_pairs}[pair] == 600_000
    decide(reviewed, pair, "same")
    ask(reviewed, pair, "planner-b")
    rows = reviewed.client("planner-b").get("/api/v1/pairs?waits=yes&limit=1000").json()["rows"]
    assert (rows[0]["pair"], rows[0]["effect"], rows[0]["change"]) == (pair, None, None)


def test_the_filter_of_pairs_that_wait_says_yes_in_the_readers_language(reviewed: World) -> None:
    client = reviewed.client("planner")
    client.post("/language", {"language": "de", "next": "/"})
    page = content(client.get("/matching/pairs?waits=yes")).decode()
    assert re.search(r'<option value="yes" selected>\s*ja\s*</option>', page)
