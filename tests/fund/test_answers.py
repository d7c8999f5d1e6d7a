"""Which principles are asked of which projects, and whose attestations are heard."""

from datetime import date

import pytest
from tests.fund.rebuilding import DAY, SENDERS, attested, fact, principle, project, rebuilt

from konvoi.fund.answers import answers
from konvoi.model.oc4ids import TENDERERS

Row = dict[str, object]


def told(*facts: Row, **rows: list[Row]) -> list[tuple[str, str, str]]:
    found = answers(rebuilt(*facts, **rows), DAY, SENDERS)
    return list(found.select("project", "principle", "verdict").iter_rows())


def test_each_answer_names_what_adopted_it_its_threshold_and_where_it_is_read() -> None:
    tables = rebuilt(fact(TENDERERS, 3, process="a"), principles=[principle("more than one tenderer", 2)])
    row = answers(tables, DAY, SENDERS).row(0, named=True)
    assert (row["adopted_by"], row["threshold"], row["sense"], row["reads"]) == (
        "D",
        2,
        "at least",
        TENDERERS,
    )
    assert row["behind"] == [
        "projects/P#a.xlsx:2",
        "principles/more than one tenderer#a.xlsx:2",
        "project_facts/P#b.json:1",
    ]


def test_a_clause_adopts_as_well_as_a_decision() -> None:
    clause = principle("demined", decision=None, document="M", clause="7/6")
    found = answers(rebuilt(principles=[clause]), DAY, SENDERS)
    assert found["adopted_by"].to_list() == ["M 7/6"]


@pytest.mark.parametrize(
    "more",
    [
        {"decision": None},
        {"decision": None, "clause": "7/6"},
        {"in_force": date(2031, 3, 4)},
        {"ends": date(2031, 3, 2)},
    ],
)
def test_what_nobody_adopted_or_does_not_hold_today_is_asked_of_nobody(more: Row) -> None:
    assert told(principles=[{**principle("demined"), **more}]) == []


def test_what_a_decision_deferred_is_asked_of_nobody() -> None:
    deferred: Row = {"decision": "D", "session": "S", "words": "…", "state": "deferred"}
    assert told(decisions=[deferred], principles=[principle("demined")]) == []


def test_of_a_bare_need_and_of_what_is_cancelled_nothing_is_asked() -> None:
    stages = (
        "need",
        "identified",
        "prepared",
        "under way",
        "completed",
        "maintained",
        "out of use",
        "cancelled",
    )
    rows = [project(stage, stage=stage) for stage in stages]
    found = told(projects=rows, principles=[principle("demined")])
    assert [row[0] for row in found] == sorted(
        ["identified", "prepared", "under way", "completed", "maintained"]
    )


def heard(**more: object) -> str:
    row = attested("demined", **more)  # type: ignore[arg-type]
    return told(principles=[principle("demined", attested_by="XV;owner")], attestations=[row])[0][2]


def test_who_may_attest_and_hands_it_in_is_heard() -> None:
    assert heard() == "met"


def test_who_may_not_attest_is_not_heard() -> None:
    assert heard(party="XA", source="SAID") == "unknown"


def test_who_may_attest_and_did_not_hand_it_in_needs_an_official_statement() -> None:
    town = [project(owner="TOWN")]
    rule = [principle("demined", attested_by="owner")]
    for source, verdict in ((None, "unknown"), ("OTHER", "unknown"), ("SAID", "met")):
        row = attested("demined", party="TOWN", source=source)
        assert told(projects=town, principles=rule, attestations=[row])[0][2] == verdict, source


def test_what_is_attested_for_a_later_day_is_not_heard_today() -> None:
    assert heard(day=date(2031, 3, 4)) == "unknown"


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [attested("demined", "met", day=date(2031, 1, day)) for day in (1, 2)]
    rows[1]["verdict"] = "not met"
    for order in (rows, rows[::-1]):
        assert told(principles=[principle("demined")], attestations=order)[0][2] == "not met"
