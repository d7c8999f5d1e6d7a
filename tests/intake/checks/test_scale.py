"""Unit prices and amounts are held against comparable ones."""

from datetime import date

from tests.intake.checks.plausible import line, package, told

from konvoi.intake.checks.scale import amounts_out_of_scale

USUAL = (line(300_000, 10), line(640_000, 20), line(90_000, 3))


def test_a_unit_price_a_thousand_times_the_usual_one_is_found() -> None:
    (finding,) = told(amounts_out_of_scale, *USUAL, line(300_000_000, 10))
    assert (finding.code, finding.place.row, finding.place.column) == ("amount-out-of-scale", 5, "amount")
    assert finding.read == "300000000 EUR / 10 piece"
    assert (finding.values["usual"], finding.values["count"]) == ("30000", "3")


def test_so_is_one_a_thousand_times_too_small_also_in_another_currency() -> None:
    (finding,) = told(amounts_out_of_scale, *USUAL, line(310, 10, "USD"))
    assert (finding.code, finding.values["currency"]) == ("amount-out-of-scale", "USD")


def test_a_unit_price_off_by_the_rate_of_the_party_s_currency_is_asked_about_as_a_currency() -> None:
    """SEK 3.4 m for ten generators, entered as euro: the price is 11 times the usual one."""
    (finding,) = told(amounts_out_of_scale, *USUAL, line(3_400_000, 10))
    assert (finding.code, finding.place.column) == ("currency-implausible", "currency")
    assert finding.values["own"] == "SEK"


def test_prices_that_differ_tenfold_without_such_a_rate_are_none() -> None:
    polish = line(3_400_000, 10, party="PL", source="PL")
    assert told(amounts_out_of_scale, *USUAL, polish) == []
    assert told(amounts_out_of_scale, *USUAL, line(3_400_000, 10, "SEK")) == []


def test_many_prices_that_agree_suffice_for_a_factor_of_ten() -> None:
    polish = line(3_200_000, 10, party="PL", source="PL")
    assert _places(*USUAL, line(310_000, 10), line(290_000, 10), polish) == [(5, "amount-out-of-scale")]
    assert _places(*USUAL, line(310_000, 10), polish) == []


def test_prices_that_differ_among_themselves_measure_nothing() -> None:
    wild = (line(300, 10), line(640_000, 20), line(9_000_000, 3))
    assert told(amounts_out_of_scale, *wild, line(900_000_000, 3)) == []


def test_with_one_other_price_nothing_is_compared() -> None:
    assert told(amounts_out_of_scale, USUAL[0], line(300_000_000, 10)) == []


def test_an_amount_far_above_all_others_of_its_party_and_kind_is_found() -> None:
    others = (package(10_000_000), package(40_000_000), package(25_000_000))
    (finding,) = told(amounts_out_of_scale, *others, package(25_000_000_000))
    assert (finding.place.row, finding.read) == (5, "25000000000 EUR")
    assert told(amounts_out_of_scale, *others, package(900_000_000)) == []
    assert told(amounts_out_of_scale, *others, package(25_000_000_000, kind="energy")) == []


def test_two_stages_of_one_line_are_one_price() -> None:
    """Else a wrong line would be its own measure."""
    twice = (
        line(300_000_000, 10, package="P", entry="a"),
        line(300_000_000, 10, package="P", stage="committed"),
    )
    assert len(told(amounts_out_of_scale, *USUAL, *twice)) == 1


def _usual_of(party: str, *amounts: int) -> list[dict[str, object]]:
    """Return packages of a party that show the order of its amounts."""
    return [package(amount, party=party, source=party, kind="energy") for amount in amounts]


TWO_PARTIES = (*_usual_of("PL", 300_000, 500_000, 800_000), *_usual_of("FI", 300_000, 500_000, 800_000))


def _places(*rows: dict[str, object]) -> list[tuple[int, str]]:
    return [(one.place.row - 2, one.code) for one in told(amounts_out_of_scale, *rows)]


def test_of_two_prices_a_thousand_times_apart_the_one_against_the_usual_amounts_is_asked_about() -> None:
    """EUR 400 m from a party that gives up to 0.8 m, beside 0.4 m: the first is the slip."""
    wrong = line(400_000_000, 10, party="PL", source="PL")
    right = line(400_000, 10, party="FI", source="FI")
    assert _places(right, wrong, *TWO_PARTIES) == [(1, "amount-out-of-scale")]
    assert _places(wrong, right, *TWO_PARTIES) == [(0, "amount-out-of-scale")]


def test_of_two_prices_ten_times_apart_only_a_party_s_largest_amount_is_asked_about() -> None:
    right = line(400_000, 10, party="FI", source="FI")
    wrong = line(4_000_000, 10, party="PL", source="PL")
    assert _places(right, wrong, *TWO_PARTIES) == [(1, "amount-out-of-scale")]
    larger = _usual_of("PL", 5_000_000)
    assert _places(right, wrong, *TWO_PARTIES, *larger) == []


def test_of_two_prices_that_a_rare_currency_explains_only_its_row_is_asked_about() -> None:
    crowns = [package(n * 10**6, "SEK", kind="energy") for n in (3, 4, 5, 6)]
    wrong = line(4_600_000, 10)
    right = line(400_000, 10, party="FI", source="FI")
    assert _places(right, wrong, *crowns) == [(1, "currency-implausible")]
    euros = [package(n * 10**5, kind="energy") for n in (3, 4, 5, 6)]
    assert _places(right, wrong, *crowns, *euros) == [(1, "amount-out-of-scale")]


def test_one_slip_does_not_hide_another() -> None:
    """Five prices near 30,000, and two slips of a thousand in both directions."""
    rows = [*USUAL, line(310_000, 10), line(290_000, 10), line(300_000_000, 10), line(300, 10)]
    assert _places(*rows) == [(5, "amount-out-of-scale"), (6, "amount-out-of-scale")]


def test_an_amount_off_by_the_rate_of_the_party_s_currency_from_its_likes_is_found() -> None:
    likes = [package(amount) for amount in (80_000_000, 85_000_000, 75_000_000)]
    (finding,) = told(amounts_out_of_scale, *likes, package(1_100_000_000))
    assert (finding.code, finding.place.row, finding.place.column) == ("currency-implausible", 5, "currency")
    assert (finding.values["own"], finding.values["usual"]) == ("SEK", "80000000")
    assert told(amounts_out_of_scale, *likes[:2], package(1_100_000_000)) == []
    assert told(amounts_out_of_scale, *likes, package(500_000_000)) == []


def test_a_package_and_its_line_item_are_told_of_once() -> None:
    packages = [package(amount, package=f"S-{amount}") for amount in (300_000, 310_000, 290_000)]
    wrong = (package(3_400_000, package="X"), line(3_400_000, 10, package="X"))
    assert _places(*USUAL, *packages, *wrong) == [(7, "currency-implausible")]


def test_a_receipt_without_a_value_hides_no_price_and_a_withdrawal_does() -> None:
    wrong = line(300_000_000, 10, package="P", entry="a", reference="L")
    later: dict[str, object] = {"package": "P", "amount_minor": None, "known_on": date(2031, 5, 1)}
    received = line(0, 10) | later | {"entry": "b", "stage": "received", "reference": "R-1"}
    withdrawn = line(0, 10) | later | {"entry": "b", "stage": "withdrawn", "reference": "L"}
    assert len(told(amounts_out_of_scale, *USUAL, wrong, received)) == 1
    assert told(amounts_out_of_scale, *USUAL, wrong, withdrawn) == []
