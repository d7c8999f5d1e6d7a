"""Levels are packed into one number and come back as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.link.comparison import OTHERWISE, Codes, Comparison, Level
from konvoi.link.levels import alike, equal, near

THREE = (equal("name"), alike("surname"), near("amount"))


@given(st.integers(0, 3 * 5 * 5 - 1))
def test_a_code_and_its_answers_are_two_ways_to_say_one_thing(code: int) -> None:
    """Otherwise a score could not explain itself."""
    codes = Codes(THREE)
    assert codes.sizes == (3, 5, 5)
    assert codes.pack(codes.unpack(code)) == code


def test_missing_is_a_level_of_its_own() -> None:
    assert Codes((equal("name"),)).words(0) == [("name", "not known on both sides")]
    assert [answer.label for answer in equal("name").answers] == [
        "not known on both sides",
        "equal",
        "different",
    ]


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="no such level: 3 of 3"):
        Codes((equal("name"),)).pack((3,))


def test_more_answers_than_a_number_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="too many levels"):
        Codes(tuple(equal(f"c{n}") for n in range(40)))


def test_a_level_weighs_what_it_says_for_a_pair_in_bits() -> None:
    """True pairs give it eight times as often as others: three bits."""
    assert Level("equal", "x", 0.8, 0.1).weight == pytest.approx(3)


def test_labels_that_contradict_themselves_are_told() -> None:
    twice = Comparison("x", (), (Level("a", "l.x = r.x", 0.5, 0.5), Level("a", OTHERWISE, 0.5, 0.5)))
    assert twice.faults() == ["the answer 'a' stands twice"]
    open_ended = Comparison("x", (), (Level("a", "l.x = r.x", 0.5, 0.5),))
    assert open_ended.faults() == ["its last level does not hold always"]
    impossible = Comparison("x", (), (Level("a", OTHERWISE, 0.0, 0.5),))
    assert impossible.faults() == ["a share is not above 0 and at most 1"]
