"""Caps: no partner gives more than its stated limit, from stock and from its budgets together."""

from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.plan.constraint import Bound, Limit, Rows, Term, rows
from konvoi.plan.parts import Source
from konvoi.plan.problem import Problem


def _rows(problem: Problem) -> Rows:
    """One row for each cap; of two caps of one partner on the same, the smaller holds."""
    # A cap by value has a currency, and what it limits a value in it: anything else was closed before.
    caps = (
        problem.tables["caps"]
        .with_columns(
            pl.col("good").fill_null(""), currency=pl.when(pl.col("what") == "value").then("currency")
        )
        .sort("most")
        .unique(("party", "what", "currency", "good"), keep="first", maintain_order=True)
    )
    terms = []
    bounds = []
    for cap in caps.sort("party", "what", "currency", "good").iter_rows(named=True):
        name = f"what {cap['party']} gives at most in {_resource(cap)}"
        most = max(Decimal(0), cap["most"])
        bounds.append(Bound(name, "cap", cap["party"], None, _resource(cap), most))
        per = "tonnes" if cap["what"] == "tonnes" else "unit"
        by_value = cap["what"] == "value"
        held = [s for s in problem.sources if _under(problem, s, cap)]
        terms += [
            Term(name, "source", s.key, None, per, s.unit_value if by_value else Decimal(1)) for s in held
        ]
    return rows(terms, bounds)


def _resource(cap: dict[str, Any]) -> str:
    """Return the resource of a cap: tonnes, quantity or a currency, of all or of a good."""
    what = cap["currency"] if cap["what"] == "value" else cap["what"]
    return f"{what} of {cap['good']}" if cap["good"] else str(what)


def _under(problem: Problem, source: Source, cap: dict[str, Any]) -> bool:
    """Return True if a source counts under a cap."""
    return source.party == cap["party"] and (not cap["good"] or problem.goods[source.good].id == cap["good"])


MEMBER = Limit("cap", _rows)
