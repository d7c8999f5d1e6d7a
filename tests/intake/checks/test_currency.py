"""A currency is held against the one in which a party states its other amounts."""

from tests.intake.checks.plausible import package, told

from konvoi.intake.checks.currency import currency_out_of_place

CROWNS = (package(900_000_000, "SEK"), package(1_400_000_000, "SEK"))


def test_a_number_like_the_others_in_a_currency_of_far_more_worth_is_found() -> None:
    (finding,) = told(currency_out_of_place, *CROWNS, package(1_100_000_000, "EUR"))
    assert (finding.code, finding.place.row, finding.place.column) == ("currency-implausible", 4, "currency")
    assert (finding.read, finding.values["own"], finding.values["times"]) == ("1100000000 EUR", "SEK", "11")


def test_an_amount_of_the_usual_worth_in_another_currency_is_none() -> None:
    assert told(currency_out_of_place, *CROWNS, package(95_000_000, "EUR")) == []
    assert told(currency_out_of_place, *CROWNS, package(1_100_000_000, "NOK")) == []


def test_a_party_that_states_as_much_elsewhere_gives_as_much() -> None:
    assert told(currency_out_of_place, *CROWNS, *(package(n * 10**9, "EUR") for n in (1, 2))) == []


def test_what_a_document_converts_itself_is_not_the_party_s_currency() -> None:
    rows = (*CROWNS, package(1_100_000_000, "USD"))
    assert len(told(currency_out_of_place, *rows)) == 1
    assert told(currency_out_of_place, *rows, currency="USD") == []


def test_a_party_without_a_known_currency_has_the_one_of_most_of_its_amounts() -> None:
    exercise = [package(n * 10**8, "SEK", party="XA", source="XA") for n in (9, 10, 12)]
    wrong = package(11 * 10**8, "EUR", party="XA", source="XA")
    assert [one.values["own"] for one in told(currency_out_of_place, *exercise, wrong)] == ["SEK"]
    assert told(currency_out_of_place, *exercise[:2], wrong) == []


def test_a_single_exception_beside_four_amounts_need_not_be_five_times_the_largest() -> None:
    crowns = [package(n * 10**6, "SEK") for n in (27, 33, 61, 90)]
    wrong = package(17_000_000, "EUR")
    (finding,) = told(currency_out_of_place, *crowns, wrong)
    assert (finding.place.row, finding.values["own"]) == (6, "SEK")
    assert told(currency_out_of_place, *crowns[:3], wrong) == []
    assert told(currency_out_of_place, *crowns, wrong, package(4_000_000, "EUR")) == []
    assert told(currency_out_of_place, *crowns, package(5_000_000, "EUR")) == []
