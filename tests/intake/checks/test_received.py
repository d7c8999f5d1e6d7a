"""No more is received than was sent."""

from typing import ClassVar

from tests.intake.excesses import Excess, tanks

from konvoi.intake.check import Check
from konvoi.intake.checks.received import received_above_dispatched


class TestReceived(Excess):
    """What is received, against what was sent."""

    check: ClassVar[Check] = staticmethod(received_above_dispatched)
    code = "received-above-dispatched"
    earlier, later = "dispatched", "received"

    def test_what_was_handed_over_counts_as_sent(self) -> None:
        assert self.found(tanks("dispatched", 4), tanks("handed over", 5), tanks("received", 5)) == []
