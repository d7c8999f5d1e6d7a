"""No more of a line is delivered than was committed of it."""

from typing import ClassVar

from tests.intake.excesses import Excess

from konvoi.intake.check import Check
from konvoi.intake.checks.delivered import delivered_above_committed


class TestDelivered(Excess):
    """What is handed over, against what was committed."""

    check: ClassVar[Check] = staticmethod(delivered_above_committed)
    code = "delivered-above-committed"
    earlier, later = "committed", "handed over"
