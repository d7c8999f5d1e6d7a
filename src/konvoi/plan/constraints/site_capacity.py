"""In no week does a site handle more than it can."""

from konvoi.plan.constraint import Limit, Rows
from konvoi.plan.constraints._capacity import capacity
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """A movement counts once at each site: at its start when it leaves, elsewhere when it arrives."""
    return capacity(problem, "site", (site.id for site in problem.sites))


MEMBER = Limit("site", _rows)
