"""A loan that the profits of immobilised assets service: its tranches are paid as far as the loan goes.

What profits came, and what service they were to cover, are tranches of the part "windfall profits"; they are
no money of the recipient and change nothing of what may be paid.
"""

from konvoi.fund.rule import NO_AMOUNT, Estimate, Request, Rule


def estimate(request: Request) -> Estimate:
    """The whole tranche, at most what is left of the loan."""
    known = [one for one in (request.amount, request.room) if one is not None]
    payable = None if request.amount is None else max(0, min(known))
    return Estimate(payable, payable, (), NO_AMOUNT if payable is None else "")


MEMBER = Rule("windfall loan", estimate)
