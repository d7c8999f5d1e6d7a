"""A need takes no more than its quantity, in units of need."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.exact import decimal
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """One row for each need."""
    return rows(
        [Term(f"what {n.id} needs", "need", n.id, None, "served", Decimal(1)) for n in problem.needs],
        [
            Bound(f"what {n.id} needs", "need", n.id, None, "quantity", decimal(n.quantity))
            for n in problem.needs
        ],
    )


MEMBER = Limit("need", _rows, of_needs=True)
