"""Findings on sessions, decisions and steps: each with its place, what was read and what to do."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.accord.talks import tables

from konvoi.accord.validate import faults
from konvoi.model.finding import Finding, Place, Severity, filled

SESSION = {"session": "S1", "day": date(2031, 2, 20), "town": "Port Merrow"}
DECISION = {"decision": "D1", "session": "S1", "words": "Lorries leave in March."}


def step(name: str, **more: object) -> dict[str, object]:
    return {"step": name, "title": f"do {name}", "party": "XA", **more}


def one(**rows: Sequence[Mapping[str, object]]) -> Finding:
    (found,) = faults(tables(**rows))
    return found


def test_steps_that_wait_for_each_other_are_told_of_once_with_their_circle() -> None:
    found = one(
        steps=[
            step("a", waits_for="c"),
            step("b", waits_for="a"),
            step("c", waits_for="b"),
            step("d", waits_for="a"),
        ]
    )
    assert (found.code, found.severity) == ("steps-in-circle", Severity.ERROR)
    assert found.place == Place("a.xlsx", "steps", 2, "waits_for")
    assert filled(found.expected, found.values).endswith("a → c → b → a")


def test_a_step_that_waits_for_itself_is_a_circle_too() -> None:
    found = one(steps=[step("a", waits_for="a")])
    assert (found.code, found.values["circle"]) == ("steps-in-circle", "a → a")


def test_two_circles_are_two_findings() -> None:
    found = faults(
        tables(
            steps=[
                step("a", waits_for="b"),
                step("b", waits_for="a"),
                step("c", waits_for="d"),
                step("d", waits_for="c"),
            ]
        )
    )
    assert [finding.values["circle"] for finding in found] == ["a → b → a", "c → d → c"]


def test_a_decision_without_its_session_is_an_error_where_no_session_was_handed_in() -> None:
    """Where some were, the reference itself is told of as unknown when the tables are read."""
    found = one(decisions=[DECISION])
    assert (found.code, found.place.column, found.read) == ("session-unknown", "session", "S1")
    assert faults(tables(decisions=[DECISION], sessions=[SESSION])) == ()


def test_what_a_step_waits_for_must_have_been_handed_in_and_the_nearest_is_named() -> None:
    known = tables(steps=[step("STEP-1"), step("STEP-2", waits_for="STEP-11; W-9")])
    near, far = faults(known)
    assert (near.code, near.read, near.values) == ("record-unknown", "STEP-11", {"meant": "STEP-1"})
    assert (far.read, far.remedy) == ("W-9", "Correct it, or submit the row that it names.")
    assert [found.read for found in faults(known, also={"W-9"})] == ["STEP-11"]


def test_a_step_follows_from_a_decision_or_session_and_from_nothing_else() -> None:
    found = one(
        sessions=[SESSION], decisions=[DECISION], steps=[step("a", follows="a"), step("b", follows="D1")]
    )
    assert (found.code, found.place.column, found.read) == ("record-unknown", "follows", "a")


def test_days_go_forward() -> None:
    early = date(2031, 2, 19)
    found = faults(
        tables(
            sessions=[{**SESSION, "until": early}],
            decisions=[{**DECISION, "day": early}],
            steps=[
                step("a", follows="S1", due=early),
                step("b", follows="S1", done=early),
                step("c", follows="D1", due=early),
                step("d", due=early),
            ],
        )
    )
    places = [
        (finding.code, finding.place.sheet, finding.place.row, finding.place.column) for finding in found
    ]
    assert places == [
        ("days-out-of-order", "decisions", 2, "day"),
        ("days-out-of-order", "sessions", 2, "until"),
        ("days-out-of-order", "steps", 2, "due"),
        ("days-out-of-order", "steps", 3, "done"),
    ]
    assert filled(found[0].expected, found[0].values) == "a day not before 2031-02-20, that of S1"


def test_a_reservation_names_a_party() -> None:
    found = one(
        sessions=[SESSION], decisions=[{**DECISION, "reservations": "PL: until May;no money before June"}]
    )
    assert (found.code, found.read) == ("reservation-unreadable", "no money before June")


def test_what_the_press_says_ends_no_step_and_takes_no_decision() -> None:
    statement = {"statement": "P1", "party": "XA", "day": date(2031, 3, 1), "class": "press"}
    ended, taken = faults(
        tables(
            statements=[statement],
            sessions=[SESSION],
            decisions=[{**DECISION, "source": "P1"}],
            steps=[step("a", state="done", source="P1"), step("b", state="begun", source="P1")],
        )
    )[::-1]
    assert (ended.code, ended.place.sheet, ended.values["state"]) == (
        "statement-not-official",
        "steps",
        "open",
    )
    assert (taken.place.sheet, taken.values["state"]) == ("decisions", "reported")
