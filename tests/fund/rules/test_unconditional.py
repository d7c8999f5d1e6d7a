"""Without conditions the whole tranche may be paid, whatever is said of steps."""

from datetime import date

from konvoi.fund.rule import NO_AMOUNT, Request, Step
from konvoi.fund.rules.unconditional import estimate

TODAY = date(2031, 6, 1)


def test_the_whole_tranche_is_paid() -> None:
    assert estimate(Request(TODAY, 100)).payable == 100
    assert estimate(Request(TODAY, 100, steps=(Step("a", 100, "not met"),))).payable == 100


def test_an_amount_that_nobody_knows_is_not_reckoned() -> None:
    assert estimate(Request(TODAY)).reason == NO_AMOUNT
