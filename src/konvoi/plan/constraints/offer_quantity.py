"""No more is sent of an offer than it holds."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.exact import decimal
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """One row for each offer."""
    held = [(f"what offer {s.offer} holds", s) for s in problem.sources if s.offer]
    return rows(
        [Term(name, "source", s.key, None, "unit", Decimal(1)) for name, s in held],
        [Bound(name, "offer", s.offer, None, "quantity", decimal(s.quantity or 0)) for name, s in held],
    )


MEMBER = Limit("offer", _rows)
