"""The plan in force, as the goal of closeness uses it: amounts by source and need."""

from konvoi.plan.goal import Force
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem


def in_force(problem: Problem, plan: Plan) -> Force:
    """Return units by source and need; sources and needs no longer in the problem are left out.

    A purchase by several tranches counts for the first of them.
    """
    needs = {need.id: number for number, need in enumerate(problem.needs)}
    sources: dict[tuple[str, str, str, str], int] = {}
    for number, one in enumerate(problem.sources):
        good = problem.goods[one.good].id
        sources.setdefault((one.offer, one.budget, one.supplier, good), number)
    found: dict[tuple[int, int], float] = {}
    names = ("offer", "budget", "supplier", "good")
    for row in plan.movements.sort("movement").iter_rows(named=True):
        source = sources.get(tuple(row[name] or "" for name in names))  # type: ignore[arg-type]
        if source is not None and row["need"] in needs:
            pair = (source, needs[row["need"]])
            found[pair] = found.get(pair, 0.0) + float(row["quantity"])
    return found
