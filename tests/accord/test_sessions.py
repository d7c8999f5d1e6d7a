"""Sessions in their order, and what a decision became."""

from datetime import date

from tests.accord.talks import tables

from konvoi.accord.sessions import around, before, decided, reservations

FIRST = {"session": "S1", "day": date(2031, 2, 20), "until": date(2031, 2, 21), "town": "Port Merrow"}
SECOND = {"session": "S2", "day": date(2031, 3, 20), "town": "Port Merrow"}


def test_a_session_is_the_next_one_until_its_last_day_is_over() -> None:
    known = tables(sessions=[SECOND, FIRST])
    on_its_day = around(known, day=date(2031, 2, 21))
    assert (on_its_day.last, on_its_day.next and on_its_day.next["session"]) == (None, "S1")
    day_after = around(known, day=date(2031, 2, 22))
    assert day_after.last is not None
    assert (day_after.last["session"], day_after.next and day_after.next["session"]) == ("S1", "S2")
    assert around(known, day=date(2031, 3, 21)).next is None


def test_the_session_before_is_the_one_before_by_day() -> None:
    known = tables(sessions=[SECOND, FIRST])
    earlier = before(known, SECOND)
    assert earlier is not None
    assert earlier["session"] == "S1"
    assert before(known, FIRST) is None


def test_a_decision_of_which_only_the_press_tells_is_reported() -> None:
    """It has its point's topic, and the session's last day where it names none."""
    statement = {"party": "XA", "day": date(2031, 2, 22)}
    decision = {"session": "S1", "words": "…"}
    rows = decided(
        tables(
            statements=[
                {**statement, "statement": "P1", "class": "press"},
                {**statement, "statement": "O1", "class": "official"},
            ],
            sessions=[FIRST],
            agenda=[{"item": "I1", "session": "S1", "topic": "economy", "title": "…"}],
            decisions=[
                {**decision, "decision": "D1", "item": "I1"},
                {**decision, "decision": "D2", "source": "P1", "state": "adopted"},
                {**decision, "decision": "D3", "source": "O1", "state": "rejected", "day": date(2031, 2, 20)},
            ],
        )
    )
    assert rows.select("decision", "became", "topic", "day").rows() == [
        ("D3", "rejected", None, date(2031, 2, 20)),
        ("D1", "adopted", "economy", date(2031, 2, 21)),
        ("D2", "reported", None, date(2031, 2, 21)),
    ]
    assert decided({}).is_empty()


def test_a_reservation_may_hold_a_colon() -> None:
    found = reservations({"reservations": "XB: as follows: budget 2032; XC"})
    assert found == (("XB", "as follows: budget 2032"), ("XC", ""))
