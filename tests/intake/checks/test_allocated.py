"""No more is allocated than was committed."""

from typing import ClassVar

from tests.intake.excesses import Excess

from konvoi.intake.check import Check
from konvoi.intake.checks.allocated import allocated_above_committed


class TestAllocated(Excess):
    """What is allocated, against what was committed."""

    check: ClassVar[Check] = staticmethod(allocated_above_committed)
    code = "allocated-above-committed"
    earlier, later = "committed", "allocated"
