"""Reasons for unmet needs: the causes of each gap, confirmed in the room that the plan leaves."""

import json
from collections.abc import Iterator

import polars as pl

from konvoi.plan.core.whole import Sent, Whole
from konvoi.plan.exact import day_of, decimal
from konvoi.plan.kitted import of_kit
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.parts import Lane, Need
from konvoi.plan.plan import UNMET
from konvoi.plan.rivals import too_little
from konvoi.plan.scarce import exhausted, full_or_short
from konvoi.plan.scene import Scene, scene
from konvoi.plan.sieve import Cause
from konvoi.plan.split import split
from konvoi.plan.value import usable

_MILLION = 10**6
_TOO_LATE = frozenset({"too-late"})
"""Causes that the end of the horizon may have, each with the day from which it would be different."""


def unmet(net: Net, limits: Limits, whole: Whole, plan: Sent) -> pl.DataFrame:
    """Return one line for each need and cause, by need and the largest amount first.

    The amounts arrive late, or do not arrive. None of the causes is confirmed yet (konvoi.plan.confirm).
    """
    seen = scene(net, limits, whole, plan)
    lines = [line for number in range(len(net.problem.needs)) for line in _lines(seen, number)]
    frame = pl.DataFrame({name: [line[name] for line in lines] for name in UNMET}, schema=UNMET)
    return frame.sort("need", "quantity", "cause", descending=[False, True, False])


def _lines(seen: Scene, number: int) -> Iterator[dict[str, object]]:
    """Yield the late and the missing amounts of one need."""
    need = seen.problem.needs[number]
    found = seen.brought.get(number, [])
    in_time, late = usable(need, found)
    missing = need.quantity * _MILLION - in_time - late
    if late:
        day = day_of(max(d.arrives for d in found), seen.problem.start)
        yield _line(need, late, ("arrives-late", {"day": str(day)}))
    if missing > 0:
        for amount, cause in split(seen, number, missing, _cause(seen, number)):
            yield _line(need, amount, _at_the_end(seen, need, cause))


def _at_the_end(seen: Scene, need: Need, cause: Cause) -> Cause:
    """Return the cause; where only the end of the horizon makes it too late, say so."""
    code, values = cause
    end = day_of(seen.problem.days - 1, seen.problem.start)
    if code in _TOO_LATE and (seen.useful[need.id] > end or values["day"] > str(end)):
        return "horizon-end", {"day": values["day"], "end": str(end)}
    return cause


def _line(need: Need, amount: int, cause: Cause) -> dict[str, object]:
    """One line of UNMET."""
    code, values = cause
    text = json.dumps(dict(values), sort_keys=True, ensure_ascii=False)
    quantity = round(decimal(amount, 12), 6)
    return {"need": need.id, "quantity": quantity, "cause": code, "parameters": text, "confirmed": None}


def _cause(seen: Scene, number: int) -> Cause:
    """Return the first cause of a gap: checks run from the offer to the road."""
    need = seen.problem.needs[number]
    last = seen.until(number)
    if not seen.problem.days:
        return "horizon-none", {}
    if last < 0:
        return "past" if need.last < 0 else "past-due", {}
    asks, why = seen.sieve.usable(number, last)
    if why is not None:
        return why
    glimpse = seen.look.at(asks, last)
    if not glimpse.reached:
        return seen.unreached(asks)
    if short := too_little(seen, number, glimpse.reached):
        return short
    if not need.weight:
        return of_kit(seen, number)
    if not glimpse.able:
        return exhausted(seen, number, glimpse.reached)
    return full_or_short(seen, glimpse, last) or _left(seen, number, seen.look.brings(glimpse.able, last))


def _left(seen: Scene, number: int, could: int) -> Cause:
    """Return the cause if the only obstacle is that all of it is needed; could: the amount that fits."""
    if seen.problem.needs[number].whole:
        return "not-in-full", {"quantity": str(decimal(could, 12))}
    for pair in seen.net.pairs_of[number]:
        good = seen.problem.goods[seen.problem.pairs[pair].good]
        if could < good.least * seen.problem.pairs[pair].ratio:
            return "consignment-small", {"good": good.id, "quantity": str(decimal(good.least))}
        if lane := _too_small(seen, pair, could):
            return "consignment-small-lane", {"lane": lane.id, "tonnes": str(decimal(lane.least))}
    if any(lane.counts_vehicles for lane in _leading(seen, number)):
        return "vehicles-full", {}
    return "not-found", {}


def _leading(seen: Scene, number: int) -> list[Lane]:
    """Return the lanes on any way to a need."""
    problem = seen.problem
    behind = {problem.needs[number].site}
    while more := {lane.start for lane in problem.lanes if lane.end in behind} - behind:
        behind |= more
    return [lane for lane in problem.lanes if lane.end in behind]


def _too_small(seen: Scene, pair: int, could: int) -> Lane | None:
    """Return the lane to a need on whose way all that could still come is too small; None if there is none.

    Where several lead there, the one with the smallest consignment is named.
    """
    problem = seen.problem
    good = problem.goods[problem.pairs[pair].good]
    step = good.step * problem.pairs[pair].ratio
    if not any(lane.least for lane in problem.lanes):
        return None
    leading = _leading(seen, problem.pairs[pair].need)
    small = [lane for lane in leading if could < lane.fewest_steps(good) * step]
    return min(small, key=lambda lane: (lane.least, lane.id), default=None)
