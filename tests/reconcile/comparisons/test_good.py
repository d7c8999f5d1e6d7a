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
        answer(GOOD, {"good": "armoured ambulance"}, {"good": "ambulance new"}) == "goods with similar names"
    )


def test_one_good_is_called_in_many_languages_and_scripts() -> None:
    for other in ("Schutzwesten", "gilets pare-balles", "kamizelka kuloodporna", "бронежилети", "body armor"):
        assert answer(GOOD, {"good": "ballistic-vest"}, {"good": other}) == "goods of nearly the same name"


def test_what_a_line_is_called_by_its_source_counts_beside_the_id_of_its_good() -> None:
    """One catalogue files it under a class, the other under its name."""
    filed: dict[str, object] = {"good": "manpads", "line": "L", "text": "Strela launcher"}
    assert answer(GOOD, filed, {"good": "strela", "line": "M"}) == "goods of nearly the same name"


def test_ammunition_is_not_what_fires_it() -> None:
    assert answer(GOOD, {"good": "155mm howitzer"}, {"good": "155mm howitzer shells"}) == (
        "ammunition, and what fires it"
    )


def test_other_words_are_other_goods() -> None:
    assert answer(GOOD, {"good": "tent"}, {"good": "rifle"}) == "goods of different names"


def test_no_good_is_missing() -> None:
    assert answer(GOOD, {}, {"good": "rifle"}) == "not known on both sides"
