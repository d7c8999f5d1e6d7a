"""Rounds of a draft: their order, who is asked, which stands on a day."""

from datetime import date

import pytest
from tests.accord.negotiating import drafts
from tests.accord.talks import tables

from konvoi.accord.rounds import standing_round, text_names

SECOND = {"round": "R2", "document": "D", "deadline": date(2031, 2, 20)}


def test_a_round_that_was_opened_later_is_later_whatever_its_deadline() -> None:
    """One that names no day begins with the last deadline before its own."""
    wrong = {**SECOND, "deadline": date(2031, 1, 10), "opened": date(2031, 3, 1)}
    unnamed = {**SECOND, "round": "R3"}
    assert [one.name for one in drafts(wrong, unnamed)] == ["R1", "R3", "R2"]


def test_silence_accepts_nothing_where_the_deadline_is_before_the_opening() -> None:
    wrong = {**SECOND, "opened": date(2031, 2, 21)}
    right = {**SECOND, "opened": date(2031, 2, 20)}
    assert [one.silence_accepts for one in drafts(wrong)] == [True, False]
    assert [one.silence_accepts for one in drafts(right)] == [True, True]


def test_rounds_are_numbered_by_their_deadlines() -> None:
    early = {"round": "R0", "document": "D", "deadline": date(2030, 12, 1)}
    assert [(one.name, one.number) for one in drafts(SECOND, early)] == [("R0", 1), ("R1", 2), ("R2", 3)]


def test_who_is_asked_are_the_parties_of_the_round_else_of_its_document() -> None:
    first, second = drafts({**SECOND, "parties": "C; A; C"})
    assert (first.parties, second.parties) == (("A", "B", "C"), ("C", "A"))


@pytest.mark.parametrize(
    ("opened", "day", "number"),
    [
        (None, date(2031, 1, 20), 1),
        (None, date(2031, 1, 21), 2),
        (date(2031, 2, 1), date(2031, 1, 31), 1),
        (date(2031, 2, 1), date(2031, 2, 1), 2),
        (None, date(2020, 1, 1), 1),
    ],
)
def test_the_round_of_a_day_is_the_last_that_has_begun(opened: date | None, day: date, number: int) -> None:
    """One that names no day begins when the one before is over; before all of them it is the first."""
    assert standing_round(drafts({**SECOND, "opened": opened}), day).number == number


def test_a_round_is_about_the_file_that_it_names_else_about_the_text_of_its_document() -> None:
    own = tables(rounds=[{"round": "R1", "document": "D", "text": "d-1.md"}, SECOND])
    assert text_names(own) == {"R1": "d-1.md", "R2": "D"}
