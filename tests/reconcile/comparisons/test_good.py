"""One good, or names that are much the same."""

from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.good import GOOD


def test_one_id_is_one_good() -> None:
    assert answer(GOOD, {"good": "howitzer-155"}, {"good": "Howitzer 155"}) == "the same good"


def test_names_with_the_same_words_are_nearly_the_same() -> None:
    assert answer(GOOD, {"good": "155 mm howitzer"}, {"good": "howitzer 155 mm towed"}) == (
        "goods of nearly the same name"
    )


def test_some_words_in_common() -> None:
    assert (
        answer(GOOD, {"good": "armoured ambulance"}, {"good": "ambulance new"})
        == "goods with words in common"
    )


def test_other_words_are_other_goods() -> None:
    assert answer(GOOD, {"good": "tent"}, {"good": "rifle"}) == "goods of different names"


def test_no_good_is_missing() -> None:
    assert answer(GOOD, {}, {"good": "rifle"}) == "not known on both sides"
