"""The binding constraint on offers that could arrive in time: a giver's limit, other needs, or the road."""

from collections.abc import Iterable

from konvoi.plan.core.look import Asks, Glimpse
from konvoi.plan.corridor import full_way
from konvoi.plan.exact import decimal
from konvoi.plan.rivals import outbid
from konvoi.plan.scene import Scene
from konvoi.plan.sieve import Cause

_OF_PARTY = frozenset({"cap", "stock"})
"""Limits of a giver over several of its offers."""


def full_or_short(seen: Scene, glimpse: Glimpse, last: int) -> Cause | None:
    """Return the cause if the path for the remainder is full; None if it is not."""
    return full_way(seen.look, seen.limits, glimpse.blocked, last) if glimpse.blocked else None


def exhausted(seen: Scene, number: int, reached: Asks) -> Cause:
    """Return the cause for the exhausted row of the largest source; reached: what could arrive in time."""
    problem = seen.problem
    frame = seen.limits.frame
    largest = _largest(seen, {source for _, source in reached})
    kinds = _full(seen, largest)
    if "offer" in kinds and kinds.keys() & _OF_PARTY:
        # The limit of the giver keeps back nothing of an offer that was sent whole.
        rest = {source for _, source in reached if "offer" not in _full(seen, source)}
        if not rest:
            return outbid(seen, number, reached)
        largest = _largest(seen, rest)
        kinds = _full(seen, largest)
    source = problem.sources[largest]
    good = problem.goods[source.good]
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


def _largest(seen: Scene, sources: Iterable[int]) -> int:
    """Return the source that holds most."""
    return max(sources, key=lambda source: (seen.problem.sources[source].quantity or 0, -source))


def _full(seen: Scene, number: int) -> dict[str, int]:
    """Return the rows of a source that have no room for one more step of it, by their kind."""
    source = seen.problem.sources[number]
    good = seen.problem.goods[source.good]
    return {
        seen.limits.frame["kind"][row]: row
        for row, use, factor in seen.limits.source.get(number, ())
        if seen.look.short(row, factor * good.loads[use] * good.step)
    }
