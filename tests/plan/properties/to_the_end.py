"""Parameters for a bound that has converged."""

from konvoi.plan.goals import MEMBERS
from konvoi.plan.solve import Parameters

VALUE_ALONE = Parameters(gap=0.0, goals={goal.name: 0.0 for goal in MEMBERS[1:]})
"""Until nothing pays more, without the goals that only decide between equals, which loosen a bound."""
