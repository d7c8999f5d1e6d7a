"""No more is signed for than was allocated."""

from typing import ClassVar

from tests.intake.excesses import Excess

from konvoi.intake.check import Check
from konvoi.intake.checks.contracted import contracted_above_allocated


class TestContracted(Excess):
    """What is signed for, against what was allocated."""

    check: ClassVar[Check] = staticmethod(contracted_above_allocated)
    code = "contracted-above-allocated"
    earlier, later = "allocated", "contracted"
