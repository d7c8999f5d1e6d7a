"""What contradicts itself in rounds and positions is told with its place and what to do."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from tests.accord.negotiating import AFTER, CLAUSE, DEADLINE, OPENED, PARTIES, said, text
from tests.accord.talks import tables

from konvoi.accord.clause_positions import heard
from konvoi.accord.position_validation import faults
from konvoi.accord.rounds import rounds
from konvoi.model.finding import Finding, Severity, filled

FIRST = {"round": "R1", "document": "D", "deadline": DEADLINE, "opened": OPENED}
SECOND = {"round": "R2", "document": "D", "deadline": date(2031, 2, 20), "opened": date(2031, 1, 21)}
Said = Mapping[str, object]


def told(
    *positions: Said, more: Sequence[Said] = (), day: date = AFTER, parties: str = PARTIES, texts: int = 2
) -> tuple[Finding, ...]:
    """The findings on some positions; the second round's text has I/2 as I/3 and II/1 no more."""
    moved = {"I/1": CLAUSE["I/1"], "I/3": CLAUSE["I/2"], "II/2": CLAUSE["II/2"]}
    own = tables(
        documents=[{"document": "D", "parties": parties}], rounds=[FIRST, *more], positions=positions
    )
    held = rounds(own, dict(list({"R1": text(), "R2": text(moved)}.items())[:texts]))
    spoken = {name: heard(of, own["positions"], day) for name, of in held.items()}
    return faults(own, held, spoken, day=day)


def codes(*positions: Said, **more: object) -> list[tuple[str, str, int]]:
    """Their codes and places."""
    return [(one.code, one.place.column, one.place.row) for one in told(*positions, **more)]  # type: ignore[arg-type]


def test_what_is_in_order_is_not_told_of() -> None:
    lifts = date(2031, 1, 30)
    assert codes(said("A", "accept"), said("B", "scrutiny reserve", "I/1", lifts=lifts)) == []


def test_a_position_on_a_clause_that_never_was_names_the_nearest() -> None:
    (one,) = told(said("A", "reject", "II/11"))
    assert (one.code, one.severity, one.place.column) == (
        "position-clause-unknown",
        Severity.ERROR,
        "clause",
    )
    assert filled(one.remedy, one.values) == "Did you mean II/1?"


def test_a_position_on_a_clause_that_is_gone_is_told_so_and_where_it_went_if_it_moved() -> None:
    day = date(2031, 1, 25)
    gone, moved = (
        said("A", "reject", "II/1", day=day, round="R2"),
        said("B", "reject", "I/2", day=day, round="R2"),
    )
    first, other = told(gone, moved, more=[SECOND])
    assert [first.code, other.code] == ["position-clause-gone"] * 2
    assert first.remedy == "Withdraw the position, or move it to another clause."
    assert filled(other.remedy, other.values) == "The current clause is I/3: refer to it."


def test_a_reserve_whose_clause_is_gone_in_the_next_round_is_a_warning_at_its_own_row() -> None:
    (one,) = told(said("A", "ad referendum", "II/1", lifts=date(2031, 2, 1)), more=[SECOND])
    assert (one.code, one.severity, one.place.row) == ("position-clause-gone", Severity.WARNING, 2)


@pytest.mark.parametrize(
    ("position", "place"),
    [
        (said("Z", "reject", "I/1"), ("position-of-other", "party")),
        (said("A", "reject", "I/1", day=21), ("position-late", "day")),
        (said("A", "reject", "I/1", lifted=date(2031, 1, 9)), ("position-out-of-order", "lifted")),
        (said("A", "ad referendum", "I/1"), ("reserve-without-day", "lifts")),
        (said("A", "ad referendum", "I/1", lifts=date(2031, 1, 20)), ("reserve-overdue", "lifts")),
        (said("A", "support", "I/1"), ("amendment-unnamed", "amendment")),
        (said("A", "amend", "I/1", words=None), ("amendment-without-words", "words")),
    ],
)
def test_each_fault_is_told_at_its_cell(position: Said, place: tuple[str, str]) -> None:
    assert codes(position) == [(*place, 2)]


def test_a_reserve_that_is_lifted_is_not_overdue() -> None:
    lifted = said("A", "ad referendum", "I/1", lifts=date(2031, 1, 15), lifted=date(2031, 1, 14))
    assert codes(lifted) == []


def test_a_position_before_its_round_was_opened_is_out_of_order() -> None:
    assert codes(said("A", "reject", "I/1", day=date(2030, 12, 31))) == [("position-out-of-order", "day", 2)]


def test_a_deadline_before_the_opening_is_told_at_the_round() -> None:
    wrong = {"round": "R2", "document": "D", "deadline": date(2031, 2, 1), "opened": date(2031, 2, 2)}
    found = told(more=[{**wrong, "_sheet": "rounds", "_row": 3}])
    assert [one.code for one in found] == ["round-out-of-order"]


def test_acceptance_and_rejection_on_one_day_contradict_and_name_each_other() -> None:
    (one,) = told(said("A", "accept", "I/1"), said("A", "reject", "I/1"))
    assert (one.code, one.values["other"]) == ("positions-contradict", "A-reject-I/1-10")


@pytest.mark.parametrize(
    "other", [said("B", "reject", "I/1", position="X"), said("B", "amend", "I/2", position="X", words="No.")]
)
def test_an_amendment_that_is_none_or_of_another_clause_is_told_of(other: Said) -> None:
    assert ("amendment-elsewhere", "amendment", 3) in codes(other, said("A", "support", "I/1", amendment="X"))


def test_a_round_that_asks_nobody_or_has_no_text_is_told_of() -> None:
    assert codes(parties="") == [("round-without-parties", "parties", 2)]
    assert codes(texts=0) == [("round-without-text", "text", 2)]


def test_positions_without_any_round_are_not_passed_over() -> None:
    own = tables(positions=[said("A", "reject", "I/1")])
    assert [one.code for one in faults(own, {}, {}, day=AFTER)] == ["round-unknown"]
