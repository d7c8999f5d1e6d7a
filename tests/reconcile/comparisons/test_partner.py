"""The same partner gives, or a group for its member."""

from tests.reconcile.comparisons.pairs import answer

from konvoi.reconcile.comparisons.partner import PARTNER


def test_one_id_is_one_partner() -> None:
    assert answer(PARTNER, {"party": "DE"}, {"party": "DE"}) == "the same partner"


def test_ids_of_nearly_one_name_are_told_apart_from_others() -> None:
    assert answer(PARTNER, {"party": "Ministry of Norland"}, {"party": "Ministry of Norlands"}) == (
        "names nearly alike"
    )


def test_the_union_may_report_what_a_member_gives() -> None:
    assert answer(PARTNER, {"party": "EU"}, {"party": "DE"}) == "a group and its member"


def test_two_partners_are_two() -> None:
    assert answer(PARTNER, {"party": "DE"}, {"party": "PL"}) == "different partners"


def test_a_partner_that_is_not_named_is_missing() -> None:
    assert answer(PARTNER, {"party": None}, {"party": "PL"}) == "not known on both sides"
