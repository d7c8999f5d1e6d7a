"""Stock floors: a partner keeps the stock it declared as its floor; purchases do not draw on stock."""

from decimal import Decimal

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.problem import Problem

_NOTHING = Decimal(0)


def _rows(problem: Problem) -> Rows:
    """Return one row for each stock: its offers together send at most the amount above the floor."""
    terms = []
    bounds = []
    for stock in problem.tables["stocks"].sort("party", "good").iter_rows(named=True):
        party = stock["party"]
        good = stock["good"]
        name = f"what {party} can spare of {good}"
        spare = max(_NOTHING, max(_NOTHING, stock["stock"]) - max(_NOTHING, stock["floor"]))
        bounds.append(Bound(name, "stock", party, None, f"quantity of {good}", spare))
        held = [s for s in problem.sources if s.offer and s.party == party]
        terms += [
            Term(name, "source", s.key, None, "unit", Decimal(1))
            for s in held
            if problem.goods[s.good].id == good
        ]
    return rows(terms, bounds)


MEMBER = Limit("stock", _rows)
