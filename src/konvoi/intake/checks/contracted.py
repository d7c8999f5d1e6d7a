"""Amounts contracted for a line, compared with the amount allocated to it."""

from konvoi.intake.check import Whole
from konvoi.intake.excess import excess
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage


def contracted_above_allocated(whole: Whole) -> tuple[Finding, ...]:
    """No more may be signed for than was allocated."""
    return excess(
        whole, later=(Stage.CONTRACTED,), earlier=(Stage.ALLOCATED,), code="contracted-above-allocated"
    )
