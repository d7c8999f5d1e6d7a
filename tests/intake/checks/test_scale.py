"""Unit prices and amounts are held against comparable ones."""

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
