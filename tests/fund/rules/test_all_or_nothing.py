"""All or nothing: a waiver stands for a step, one that is not met holds everything."""

from datetime import date

import pytest

from konvoi.fund.rule import NO_AMOUNT, NO_STEPS, Held, Request, Step
from konvoi.fund.rules.all_or_nothing import estimate

TODAY = date(2031, 6, 1)


@pytest.mark.parametrize(
    ("verdicts", "payable", "expected"),
    [
        (("met", "met"), 100, 100),
        (("met", "waived"), 100, 100),
        (("met", None), 0, 100),
        (("met", "not met"), 0, 0),
        (("waived", "not met"), 0, 0),
    ],
)
def test_the_whole_tranche_or_nothing(verdicts: tuple[str | None, ...], payable: int, expected: int) -> None:
    steps = tuple(Step(str(number), 50, verdict) for number, verdict in enumerate(verdicts))
    found = estimate(Request(TODAY, 100, steps=steps))
    assert (found.payable, found.expected) == (payable, expected)
    assert found.held == ((Held("", 100),) if "not met" in verdicts else ())


def test_weights_need_not_be_known_but_the_tranche_must() -> None:
    assert estimate(Request(TODAY, 100, steps=(Step("a", None, "met"),))).payable == 100
    found = estimate(Request(TODAY, None, steps=(Step("a", 1, "met"),)))
    assert (found.payable, found.reason) == (None, NO_AMOUNT)


def test_without_steps_nothing_is_reckoned() -> None:
    assert estimate(Request(TODAY, 100)).reason == NO_STEPS
