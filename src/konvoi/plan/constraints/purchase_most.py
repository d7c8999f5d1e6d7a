"""No more is bought of a good than its supplier can make."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.exact import decimal
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """One row for each purchase that has a most, whichever tranche pays."""
    bought = [s for s in problem.sources if s.budget and s.quantity is not None]
    most = {s.option: s.quantity or 0 for s in bought}
    return rows(
        [Term(f"the most of {s.option}", "source", s.key, None, "unit", Decimal(1)) for s in bought],
        [Bound(f"the most of {o}", "purchase", o, None, "quantity", decimal(q)) for o, q in most.items()],
    )


MEMBER = Limit("purchase", _rows)
