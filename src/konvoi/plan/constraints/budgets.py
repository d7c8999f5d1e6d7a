"""Budgets: spending up to any day is at most the tranches up to that day."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.exact import day_of, decimal
from konvoi.plan.parts import Tranche
from konvoi.plan.problem import Problem


def _name(problem: Problem, tranche: Tranche) -> str:
    """The row's name, as people read it."""
    return f"money of {tranche.budget} until the tranche of {day_of(tranche.day, problem.start)}"


def _rows(problem: Problem) -> Rows:
    """One row for each tranche, in minor units: all that is ordered with this or an earlier one."""
    terms = [
        Term(_name(problem, t), "source", s.key, None, "unit", decimal(s.price, 0))
        for t in problem.tranches
        for s in problem.sources
        if s.budget == t.budget and s.order <= t.day
    ]
    bounds = [
        Bound(_name(problem, t), "budget", t.budget, day_of(t.day, problem.start), "money", Decimal(t.total))
        for t in problem.tranches
    ]
    return rows(terms, bounds)


MEMBER = Limit("budget", _rows)
