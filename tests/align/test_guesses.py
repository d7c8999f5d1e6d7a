"""A number that a table and a list call by other names asks a person, and decides nothing."""

import pytest
from tests.align.screened import LISTINGS, found, listed, lists, number, party

from konvoi.align.guesses import guessed
from konvoi.align.hits import How, Said
from konvoi.align.listing import Identifier

INN, OTHER_INN = "7707083893", "7731559044"
SMELTER = listed("8", "Sample Smelter", identifiers=(number("inn", INN),))
WHERE = lists([*LISTINGS, SMELTER])


@pytest.mark.parametrize("type", ["tax", "registration", "national-id", "other", "rnokpp"])
def test_a_number_under_another_type_is_a_question_and_no_match(type: str) -> None:
    (hit,) = found(party("Quite Another", identifiers=(number(type, INN),)), where=WHERE)
    assert (hit.said, hit.how, hit.score, hit.source.reference) == (Said.REVIEW, How.NUMBER, 0.5, "8")
    assert f"identifier:inn:{INN}" in hit.speaks_for


def test_what_a_list_calls_otherwise_is_found_too() -> None:
    where = lists([*LISTINGS, listed("8", "Sample Smelter", identifiers=(number("other", "123456789"),))])
    for type in ("registration", "other"):
        (hit,) = found(party("Quite Another", identifiers=(number(type, "12-345-6789"),)), where=where)
        assert (hit.said, hit.how) == (Said.REVIEW, How.NUMBER), type


def test_a_guess_contradicts_nobody() -> None:
    """A tax number of ten digits may be of another country: that it is not the listed INN says nothing."""
    (hit,) = found(party("Sample Smelter", identifiers=(number("tax", OTHER_INN),)), where=WHERE)
    assert (hit.said, hit.how, hit.against) == (Said.MATCH, How.NAME, ())


def test_short_numbers_and_marks_of_ships_are_what_they_are_called() -> None:
    assert guessed([number("tax", "123456"), number("imo-ship", "9074729")]) == ()
    assert guessed([number("inn", INN), number("tax", INN)])[0].type == "rnokpp"
    assert {one.country or one.valid for one in guessed([number("other", "9074729")])} == {None}
    assert Identifier("imo-ship", "9074729", text="9074729") in guessed([number("other", "9074729")])
