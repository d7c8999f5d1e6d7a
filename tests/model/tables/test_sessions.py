"""The tables of what people meet about, decide and do next: what each row cannot do without."""

from konvoi.model.table import Table
from konvoi.model.tables.sessions import AGENDA, ATTENDANCE, DECISIONS, MEMBERS, SESSIONS, STEPS, TOPICS


def _must(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.must}


def test_a_step_says_what_and_who_and_may_be_without_a_day() -> None:
    """A step without a day is a step all the same: it is told apart from one that is late."""
    assert _must(STEPS) == {"step", "title", "party"}


def test_a_point_a_decision_and_who_took_part_name_their_session() -> None:
    """A child names its parent."""
    for table in (AGENDA, DECISIONS, ATTENDANCE):
        (session,) = [column for column in table.columns if column.name == "session"]
        assert (session.must, session.refers) == (True, "sessions"), table.name


def test_each_party_takes_part_in_a_session_once() -> None:
    """In person, online, or not."""
    assert ATTENDANCE.key == ("session", "party")
    assert next(c.choices for c in ATTENDANCE.columns if c.name == "how") == ("in person", "online", "absent")


def test_every_row_can_name_the_statement_that_says_so() -> None:
    """Only official statements change where a step stands, so each must be able to cite one."""
    for table in MEMBERS:
        assert [c.refers for c in table.columns if c.name == "source"] == ["statements"], table.name


def test_a_session_wants_its_day_alone() -> None:
    """Who receives whom where is told if somebody knows it."""
    assert _must(SESSIONS) == {"session", "day"}
    assert {"security", "economy", "sanctions", "reconstruction", "documents"} < set(TOPICS)
