"""Clauses with triggers: who acts towards whom, within what time, and whether the document is in force."""

from datetime import date

import polars as pl

from konvoi.accord.guarantees import guarantees_on
from konvoi.model.tables import BY_NAME

DAY = date(2031, 3, 1)


def on(day: date, *rows: dict[str, object], **document: object) -> list[dict[str, object]]:
    known = {"document": "D-1", "parties": "AR; BO", "in_force": date(2031, 2, 1), "ends": date(2041, 2, 1)}
    documents = pl.DataFrame([known | document], schema=BY_NAME["documents"].schema())
    clauses = pl.DataFrame(
        [{"document": "D-1", "kind": "consultation", "trigger": "attack", **row} for row in rows],
        schema=BY_NAME["guarantees"].schema(),
    )
    return guarantees_on(clauses, documents, day=day).to_dicts()


def test_a_clause_that_names_nobody_binds_all_parties_towards_one_another() -> None:
    (row,) = on(DAY, {"guarantee": "G-1", "hours": 24})
    assert (row["who"], row["whom"], row["hours"], row["state"]) == ("AR; BO", "AR; BO", 24, "in force")


def test_who_acts_alone_answers_to_the_others() -> None:
    (row,) = on(DAY, {"guarantee": "G-1", "who": "AR"})
    assert (row["who"], row["whom"]) == ("AR", "BO")


def test_the_state_is_that_of_the_document_on_the_day() -> None:
    clause: dict[str, object] = {"guarantee": "G-1"}
    assert on(date(2031, 1, 31), clause)[0]["state"] == "not in force yet"
    assert on(date(2041, 2, 1), clause)[0]["state"] == "in force"
    assert on(date(2041, 2, 2), clause)[0]["state"] == "ended"
    assert on(DAY, clause, in_force=None)[0]["state"] == "not known"


def test_the_shortest_time_comes_first_and_one_that_is_not_stated_last() -> None:
    rows = on(DAY, {"guarantee": "A"}, {"guarantee": "B", "hours": 48}, {"guarantee": "C", "hours": 24})
    assert [row["guarantee"] for row in rows] == ["C", "B", "A"]
