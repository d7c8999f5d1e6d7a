"""All steps are met or waived, or nothing is paid."""

from konvoi.fund.rule import NO_AMOUNT, NO_STEPS, Estimate, Held, Request, Rule
from konvoi.model.tables.funds import MET, NOT_MET, WAIVED


def estimate(request: Request) -> Estimate:
    """Return the whole tranche once no step is open; until then all of it is held back without end."""
    if not request.steps:
        return Estimate(None, request.amount, (), NO_STEPS)
    if any(one.verdict == NOT_MET for one in request.steps):
        return Estimate(0, 0, (Held("", request.amount),))
    if any(one.verdict not in (MET, WAIVED) for one in request.steps):
        return Estimate(0, request.amount)
    return Estimate(request.amount, request.amount, (), NO_AMOUNT if request.amount is None else "")


MEMBER = Rule("all or nothing", estimate)
