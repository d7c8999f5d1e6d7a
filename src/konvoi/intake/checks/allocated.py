"""Amounts allocated of a line or package, compared with the amount committed."""

from konvoi.intake.check import Whole
from konvoi.intake.excess import excess
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage


def allocated_above_committed(whole: Whole) -> tuple[Finding, ...]:
    """No more may be allocated than was committed."""
    return excess(
        whole, later=(Stage.ALLOCATED,), earlier=(Stage.COMMITTED,), code="allocated-above-committed"
    )
