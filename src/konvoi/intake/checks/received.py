"""Quantities received of a line, compared with the quantity dispatched."""

from konvoi.intake.check import Whole
from konvoi.intake.excess import excess
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage

_SENT = (Stage.DISPATCHED, Stage.HANDED_OVER)


def received_above_dispatched(whole: Whole) -> tuple[Finding, ...]:
    """No more may be received than was sent or handed over."""
    return excess(whole, later=(Stage.RECEIVED,), earlier=_SENT, code="received-above-dispatched")
