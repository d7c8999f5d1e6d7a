"""The rules are those that a workbook may name; none of them finds a step met."""

from datetime import date

import pytest

from konvoi.fund.rule import REASONS, Request, Rule, Step
from konvoi.fund.rules import MEMBERS
from konvoi.model.tables.funds import RULES

EVERY = pytest.mark.parametrize("rule", MEMBERS, ids=lambda rule: rule.name)


def test_each_name_of_the_workbook_has_a_rule() -> None:
    assert tuple(rule.name for rule in MEMBERS) == RULES


@EVERY
def test_a_reason_is_given_where_nothing_is_reckoned_and_only_there(rule: Rule) -> None:
    for steps in ((), (Step("a", None, "met", met=date(2031, 1, 1)),), (Step("a", 5, "not met"),)):
        for amount in (None, 5):
            found = rule.estimate(Request(date(2031, 6, 1), amount, steps=steps))
            assert (found.payable is None) == (found.reason in REASONS)


@EVERY
def test_more_steps_met_never_pay_less(rule: Rule) -> None:
    """By weights 40, 31, 29 of a tranche of 100, one step after the other."""
    steps = [Step(str(weight), weight) for weight in (40, 31, 29)]
    paid = []
    for number in range(4):
        met = [Step(one.condition, one.amount, "met", met=date(2031, 1, 1)) for one in steps[:number]]
        found = rule.estimate(Request(date(2031, 6, 1), 100, steps=(*met, *steps[number:])))
        paid.append(found.payable or 0)
    assert paid == sorted(paid)
    assert paid[-1] == 100
