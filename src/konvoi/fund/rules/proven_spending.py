"""Repay spending as far as it was proven, at most the tranche."""

from konvoi.fund.rule import NO_AMOUNT, NO_STEPS, Estimate, Request, Rule, Step, added
from konvoi.model.tables.funds import MET


def estimate(request: Request) -> Estimate:
    """Return the sum of all spending found proven; each condition is a spending, its amount the claim."""
    if not request.steps:
        return Estimate(None, request.amount, (), NO_STEPS)
    proven = added([_proven(one) for one in request.steps if one.verdict == MET])
    payable = proven if proven is None or request.amount is None else min(proven, request.amount)
    assessed = all(one.verdict is not None for one in request.steps)
    return Estimate(
        payable, payable if assessed else request.amount, (), NO_AMOUNT if payable is None else ""
    )


def _proven(step: Step) -> int | None:
    return step.amount if step.proven is None else step.proven


MEMBER = Rule("proven spending", estimate)
