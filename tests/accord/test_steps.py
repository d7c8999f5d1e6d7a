"""Where a step stands: by its row, its statement, and what it waits for."""

from datetime import date

from tests.accord.talks import tables

from konvoi.accord.steps import standing

TODAY = date(2031, 3, 10)
SESSION = {"session": "S1", "day": date(2031, 2, 20), "town": "Port Merrow"}
PRESS = {"statement": "P1", "party": "XA", "day": date(2031, 3, 1), "class": "press"}
OFFICIAL = {**PRESS, "statement": "O1", "class": "official"}


def step(name: str, **more: object) -> dict[str, object]:
    return {"step": name, "title": f"do {name}", "party": "XA", **more}


def test_a_step_is_late_by_the_days_since_it_was_due_and_on_the_day_itself_is_not() -> None:
    rows = standing(
        tables(
            steps=[
                step("a", due=date(2031, 3, 7)),
                step("b", due=TODAY),
                step("c"),
                step("d", due=date(2031, 3, 1), done=date(2031, 3, 4)),
                step("e", due=date(2031, 3, 1), state="dropped"),
            ]
        ),
        day=TODAY,
    )
    late = {row["step"]: (row["state"], row["late"]) for row in rows.iter_rows(named=True)}
    assert late == {
        "a": ("open", 3),
        "b": ("open", None),
        "c": ("open", None),
        "d": ("done", 3),
        "e": ("dropped", None),
    }


def test_open_steps_stand_first_and_the_longest_late_leads() -> None:
    rows = standing(
        tables(
            steps=[
                step("done", state="done"),
                step("soon", due=date(2031, 3, 12)),
                step("late", due=date(2031, 3, 1)),
                step("whenever"),
            ]
        ),
        day=TODAY,
    )
    assert rows["step"].to_list() == ["late", "soon", "whenever", "done"]


def test_only_an_official_statement_ends_a_step() -> None:
    """The press's word is kept beside it as a claim; without any statement the row itself speaks."""
    rows = standing(
        tables(
            statements=[PRESS, OFFICIAL],
            steps=[
                step("press", state="done", source="P1", due=date(2031, 3, 1)),
                step("official", state="done", source="O1"),
                step("own word", state="done"),
                step("begun", state="begun", source="P1"),
            ],
        ),
        day=TODAY,
    )
    said = {row["step"]: (row["state"], row["claimed"]) for row in rows.iter_rows(named=True)}
    assert said == {
        "press": ("open", "done"),
        "official": ("done", None),
        "own word": ("done", None),
        "begun": ("begun", None),
    }
    assert rows.filter(rows["step"] == "press")["late"].to_list() == [9]


def test_a_step_waits_for_what_has_not_come() -> None:
    """A step that ended and an approval that was given have come; of other records nobody knows."""
    approval = {"kind": "transit", "party": "XB", "covers": "L1"}
    rows = standing(
        tables(
            approvals=[
                {**approval, "approval": "A1", "given": date(2031, 3, 1)},
                {**approval, "approval": "A2"},
            ],
            steps=[
                step("first", state="done"),
                step("last", waits_for="first;A1;A2; second"),
                step("second"),
            ],
        ),
        day=TODAY,
    )
    assert rows.filter(rows["step"] == "last")["waits"].to_list() == [["A2", "second"]]


def test_a_step_has_the_session_and_topic_of_the_decision_that_it_follows_from() -> None:
    rows = standing(
        tables(
            sessions=[SESSION],
            agenda=[{"item": "I1", "session": "S1", "topic": "security", "title": "air defence"}],
            decisions=[{"decision": "D1", "session": "S1", "words": "…", "item": "I1"}],
            steps=[step("a", follows="D1"), step("b", follows="S1"), step("c")],
        ),
        day=TODAY,
    )
    assert rows.select("step", "session", "topic").rows() == [
        ("a", "S1", "security"),
        ("b", "S1", None),
        ("c", None, None),
    ]


def test_without_any_table_there_is_no_step() -> None:
    assert standing({}, day=TODAY).is_empty()
