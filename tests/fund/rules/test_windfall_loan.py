"""A loan that profits service is paid as far as it goes."""

from datetime import date

from konvoi.fund.rule import NO_AMOUNT, Request
from konvoi.fund.rules.windfall_loan import estimate

TODAY = date(2031, 6, 1)


def test_a_tranche_is_paid_at_most_to_the_end_of_the_loan() -> None:
    assert [estimate(Request(TODAY, 40, room=room)).payable for room in (80, 30, 0, -5)] == [40, 30, 0, 0]


def test_where_the_loan_is_not_known_the_tranche_stands_alone() -> None:
    assert estimate(Request(TODAY, 40)).payable == 40
    assert estimate(Request(TODAY, None, room=80)).reason == NO_AMOUNT
