"""The ways in which programmes pay, as `programmes.rule` names them."""

from konvoi.fund.rules import all_or_nothing, proven_spending, step_weight, unconditional, windfall_loan

MEMBERS = (
    step_weight.MEMBER,
    all_or_nothing.MEMBER,
    proven_spending.MEMBER,
    unconditional.MEMBER,
    windfall_loan.MEMBER,
)
BY_NAME = {rule.name: rule for rule in MEMBERS}
