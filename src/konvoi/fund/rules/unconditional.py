"""A tranche is paid on its day, whatever else happens."""

from konvoi.fund.rule import NO_AMOUNT, Estimate, Request, Rule


def estimate(request: Request) -> Estimate:
    """The whole tranche."""
    return Estimate(request.amount, request.amount, (), NO_AMOUNT if request.amount is None else "")


MEMBER = Rule("unconditional", estimate)
