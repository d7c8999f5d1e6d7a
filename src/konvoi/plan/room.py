"""What is still free in each row of a problem, counted exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from konvoi.plan.column import Column
from konvoi.plan.limits import Limits, Load
from konvoi.plan.problem import Problem
from konvoi.plan.value import Delivery

Taken = dict[Column, int]
"""Consignments and how many steps of each are sent."""


@dataclass
class Room:
    """The rest of each row; taking steps of a consignment lowers it, giving them back raises it.

    given_back counts how often something was: what was full before may have room since.
    """

    limits: Limits
    free: list[int] = field(default_factory=list)
    taken: Taken = field(default_factory=dict)
    loads: dict[Column, Load] = field(default_factory=dict)
    given_back: int = 0

    def __post_init__(self) -> None:
        """Start with all that there is."""
        self.free = self.free or list(self.limits.upper)

    def load(self, column: Column) -> Load:
        """What one step of a consignment takes of each row."""
        if column not in self.loads:
            self.loads[column] = self.limits.of_step(column)
        return self.loads[column]

    def most(self, column: Column) -> int:
        """How many more steps of a consignment fit; of a need the last step may go over its quantity."""
        return min((self._steps(row, amount) for row, amount in self.load(column)), default=0)

    def _steps(self, row: int, amount: int) -> int:
        """How many more steps of a size fit into a row."""
        if row in self.limits.rounded:
            return max(0, -(-self.free[row] // amount))
        return self.free[row] // amount

    def take(self, column: Column, steps: int) -> None:
        """Send so many steps; a negative number gives them back."""
        self.given_back += steps < 0
        for row, amount in self.load(column):
            self.free[row] -= amount * steps
        left = self.taken.get(column, 0) + steps
        if left:
            self.taken[column] = left
        else:
            self.taken.pop(column, None)

    def add(self, more: Mapping[int, int]) -> None:
        """Widen rows for a trial; take the same away to end it."""
        self.given_back += 1
        for row, amount in more.items():
            self.free[row] += amount


def deliveries(problem: Problem, taken: Taken) -> list[Delivery]:
    """What consignments bring to their needs."""
    found = []
    for column, steps in sorted(taken.items()):
        step = problem.goods[problem.sources[column.source].good].step * column.ratio
        found.append(Delivery(column.need, steps * step, column.arrives))
    return found
