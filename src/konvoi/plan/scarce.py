"""The binding constraint on offers that could arrive in time: a giver's limit, other needs, or the road."""

from konvoi.plan.core.look import Asks, Glimpse
from konvoi.plan.corridor import full_way
from konvoi.plan.exact import decimal
from konvoi.plan.rivals import outbid
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause


def full_or_short(seen: Scene, glimpse: Glimpse, last: int) -> Cause | None:
    """Return the cause if the path for the remainder is full; None if it is not."""
    return full_way(seen.look, seen.limits, glimpse.blocked, last) if glimpse.blocked else None


def exhausted(seen: Scene, number: int, reached: Asks) -> Cause:
    """Return the cause for the exhausted row of the largest source; reached: what could arrive in time."""
    problem = seen.problem
    frame = seen.limits.frame
    largest = max((source for _, source in reached), key=lambda s: (problem.sources[s].quantity or 0, -s))
    source = problem.sources[largest]
    good = problem.goods[source.good]
    kinds = {}
    for row, use, factor in seen.limits.source.get(largest, ()):
        if seen.look.short(row, factor * good.loads[use] * good.step):
            kinds[frame["kind"][row]] = row
    if "purchase" in kinds:
        return "purchase-most", {"quantity": str(decimal(source.quantity or 0)), "good": good.id}
    if "budget" in kinds:
        return "budget-spent", {"budget": source.budget}
    if "cap" in kinds:
        line = frame.row(kinds["cap"], named=True)
        most = str(line["upper"].normalize() + 0)
        return "cap-reached", {"party": line["key"], "most": most, "resource": line["resource"]}
    if "stock" in kinds:
        spare = frame["upper"][kinds["stock"]].normalize() + 0
        return "stock-floor", {"party": source.party, "quantity": str(spare), "good": good.id}
    return outbid(seen, number, reached)
