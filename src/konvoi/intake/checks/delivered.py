"""Quantities delivered of a line, compared with the quantity committed."""

from konvoi.intake.check import Whole
from konvoi.intake.excess import excess
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage

_GONE = (Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.RECEIVED)


def delivered_above_committed(whole: Whole) -> tuple[Finding, ...]:
    """No more of a line may be sent, handed over or received than was committed."""
    return excess(whole, later=_GONE, earlier=(Stage.COMMITTED,), code="delivered-above-committed")
