"""Partial payment: what is met pays its weight, what is not is held for twelve months, then lost."""

from datetime import date

from konvoi.fund.rule import NO_STEPS, NO_SUM, NO_WEIGHT, Held, Request, Step
from konvoi.fund.rules.step_weight import estimate

TODAY = date(2031, 6, 1)
MET = Step("a", 60, "met", met=date(2031, 2, 3))
OPEN = Step("b", 30)
FAILED = Step("c", 10, "not met", failed=date(2031, 2, 3))


def test_the_weights_of_the_steps_that_are_met_are_paid() -> None:
    """60 of 100; the open 30 are still to be expected, the 10 that failed are held for a year."""
    found = estimate(Request(TODAY, 100, steps=(MET, OPEN, FAILED)))
    assert (found.payable, found.expected, found.reason) == (60, 90, "")
    assert found.held == (Held("c", 10, date(2032, 2, 3)),)


def test_the_last_day_of_the_twelve_months_still_counts() -> None:
    def held(day: date) -> bool:
        return estimate(Request(day, 100, steps=(MET, OPEN, FAILED))).held[0].lost

    assert [held(date(2032, 2, 3)), held(date(2032, 2, 4))] == [False, True]


def test_a_late_step_is_paid_with_the_tranche_it_is_claimed_with() -> None:
    """With its own it pays no more; met after a year it pays with none and is lost."""
    late = Step("c", 10, "met", met=date(2032, 2, 3), failed=date(2031, 2, 3), moved=True)
    own = estimate(Request(TODAY, 100, steps=(MET, OPEN, late)))
    assert (own.payable, own.expected, own.held) == (60, 90, ())
    other = estimate(Request(TODAY, 50, steps=(Step("d", 50),), late=(late,)))
    assert (other.payable, other.expected) == (10, 60)
    after = Step("c", 10, "met", met=date(2032, 2, 4), failed=date(2031, 2, 3), moved=True)
    assert estimate(Request(TODAY, 50, steps=(Step("d", 50),), late=(after,))).payable == 0
    assert estimate(Request(TODAY, 100, steps=(MET, OPEN, after))).held == (
        Held("c", 10, date(2032, 2, 3), lost=True),
    )


def test_nothing_is_paid_from_a_weight_that_is_not_known() -> None:
    """An unknown weight that is not met yet hinders nothing."""
    unknown = Step("d", None, "met", met=date(2031, 2, 3))
    found = estimate(Request(TODAY, 100, steps=(MET, unknown)))
    assert (found.payable, found.reason) == (None, NO_WEIGHT)
    assert estimate(Request(TODAY, 100, steps=(MET, Step("d")))).payable == 60


def test_weights_that_do_not_add_up_pay_nothing() -> None:
    """Where the tranche is about so much they need not."""
    steps = (MET, OPEN)
    assert estimate(Request(TODAY, 100, steps=steps)).reason == NO_SUM
    assert estimate(Request(TODAY, 100, exact=False, steps=steps)).payable == 60
    assert estimate(Request(TODAY, 90, steps=steps)).payable == 60


def test_a_waiver_is_no_step_met() -> None:
    assert estimate(Request(TODAY, 60, steps=(Step("a", 60, "waived"),))).payable == 0


def test_without_steps_nothing_is_reckoned() -> None:
    found = estimate(Request(TODAY, 100))
    assert (found.payable, found.expected, found.reason) == (None, 100, NO_STEPS)
