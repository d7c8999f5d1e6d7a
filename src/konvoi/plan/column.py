"""Consignments: units of one source on their path to one need, by legs with their days."""

from dataclasses import dataclass
from operator import attrgetter

from konvoi.plan.problem import Problem


@dataclass(frozen=True, order=True)
class Column:
    """A path by which a source may serve a need; legs are (lane, day of departure).

    departs, arrives: days of the horizon; equal where source and need lie at one site.
    """

    need: int
    source: int
    legs: tuple[tuple[int, int], ...]
    departs: int
    arrives: int
    ratio: int

    def on_time(self, problem: Problem) -> bool:
        """Return True if it arrives by its need's due day."""
        return self.arrives <= problem.needs[self.need].due


by_content = attrgetter("need", "source", "legs", "departs", "arrives", "ratio")
"""Key of the order of consignments, for `sorted`: quicker than to compare them."""

Taken = dict[Column, int]
"""Consignments and how many steps of each are sent."""
