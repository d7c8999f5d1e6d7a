"""For one place or another, in whatever language the texts name it."""

from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.place import PLACE


def test_one_place_has_many_names() -> None:
    assert answer(PLACE, {"text": "tents for Kharkiv"}, {"text": "намети для Харків"}) == "the same place"


def test_two_places_are_two() -> None:
    assert answer(PLACE, {"text": "Zelte für Charkiw"}, {"text": "tents for Sumy"}) == "different places"


def test_a_text_without_a_place_says_nothing() -> None:
    assert answer(PLACE, {"text": "tents"}, {"text": "tents for Sumy"}) == "not known on both sides"
