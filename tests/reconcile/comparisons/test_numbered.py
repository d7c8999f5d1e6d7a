"""A number that names a thing is compared; how many of a thing there are is not."""

from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.numbered import NUMBERED


def test_one_number_in_two_languages() -> None:
    assert answer(NUMBERED, {"text": "tents (hospital no. 7)"}, {"text": "Zelte (Krankenhaus Nr. 7)"}) == (
        "the same number"
    )


def test_two_numbers_are_two() -> None:
    assert answer(NUMBERED, {"text": "package № 3"}, {"text": "package no. 4"}) == "different numbers"


def test_a_quantity_is_no_such_number() -> None:
    assert answer(NUMBERED, {"text": "300 tents"}, {"text": "tents (clinic 3)"}) == "not known on both sides"
