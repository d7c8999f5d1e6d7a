"""The plan in force, as the goal that keeps to it sees it: how much of what goes to which need."""

from konvoi.plan.goal import Force
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem


def in_force(problem: Problem, plan: Plan) -> Force:
    """Units by source and need; what the problem does not know any more is left out.

    What is bought by several tranches counts for the first of them.
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
