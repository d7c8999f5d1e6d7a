"""Spending is paid back as far as it was proven."""

from datetime import date

from konvoi.fund.rule import NO_AMOUNT, NO_STEPS, Request, Step
from konvoi.fund.rules.proven_spending import estimate

TODAY = date(2031, 6, 1)


def test_what_was_proven_is_paid_and_the_rest_of_a_claim_is_not() -> None:
    """70 claimed, 62 proven; 20 claimed and proven; 5 not yet looked at, so the tranche may still come."""
    steps = (Step("a", 70, "met", proven=62), Step("b", 20, "met"), Step("c", 5))
    found = estimate(Request(TODAY, 120, steps=steps))
    assert (found.payable, found.expected) == (82, 120)
    assert estimate(Request(TODAY, 120, steps=steps[:2])).expected == 82


def test_what_was_found_unproven_pays_nothing() -> None:
    steps = (Step("a", 70, "not met"), Step("b", 20, "met"))
    assert estimate(Request(TODAY, 120, steps=steps)).payable == 20


def test_never_more_than_the_tranche() -> None:
    assert estimate(Request(TODAY, 50, steps=(Step("a", 70, "met"),))).payable == 50


def test_a_sum_that_is_not_known_is_not_reckoned() -> None:
    assert estimate(Request(TODAY, 50, steps=(Step("a", None, "met"),))).reason == NO_AMOUNT
    assert estimate(Request(TODAY, 50)).reason == NO_STEPS
