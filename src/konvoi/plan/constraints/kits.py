"""A kit counts only where each of its components is there in time."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.exact import decimal
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """Return one row for each component: its use by kits is at most the amount served on time."""
    parts = [(kit, problem.needs[need], per_kit) for kit in problem.kits for need, per_kit in kit.parts]
    terms = []
    for kit, need, per_kit in parts:
        name = f"{need.id} in kit {kit.id}"
        terms.append(Term(name, "need", need.id, None, "served on time", Decimal(-1)))
        terms.append(Term(name, "kit", kit.id, None, "kit", decimal(per_kit)))
    return rows(
        terms,
        [Bound(f"{n.id} in kit {k.id}", "kit", k.id, None, n.id, Decimal(0)) for k, n, _ in parts],
    )


MEMBER = Limit("kit", _rows, of_needs=True)
