"""Replanning near the plan in force: all that can still be sent is sent, and the search begins with its
prices."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import numpy as np

from konvoi.kit.progress import BY_HAND, Progress, Stop, never
from konvoi.plan.closer import as_good
from konvoi.plan.column import Column, by_content
from konvoi.plan.core.field import LEGS, Field
from konvoi.plan.core.filling import CUT, DROP, FILL, PUT
from konvoi.plan.core.pool import columns_of
from konvoi.plan.core.search import Search, Warm
from konvoi.plan.core.whole import Sent, Whole, mix_of, played, sent, worth
from konvoi.plan.dive import dive
from konvoi.plan.exact import micro, offset
from konvoi.plan.exchange import improved
from konvoi.plan.greedy import density
from konvoi.plan.limits import Limits
from konvoi.plan.neighbourhood import Until, reconsidered
from konvoi.plan.net import Bools, Floats, Ints, Net
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.repair import best_of, filled, repaired
from konvoi.plan.value import to_decimal
from konvoi.plan.write import movement

_NEARLY = 1e-9
ROUNDS = 2
"""Number of rounds after which the paths around the changes are known."""
_HOPE = Decimal("0.1")
"""A plan that has lost more than this part of its value is hardly mended."""
_FEW = 12_000
"""Number of consignments up to which it is quick to decide coverage in full anew, and to exchange again."""


def warmth(whole: Whole, net: Net, limits: Limits, near: Plan) -> Warm | None:
    """Return the start of a search that knows a plan; None if nothing of that plan can be sent any more."""
    found = {column: steps for column, steps in _possible(net, near) if len(column.legs) <= LEGS}
    if not found:
        return None
    columns = columns_of(whole.problem, found)
    size = np.array([whole.problem.goods[pair.good].step / 10**6 for pair in whole.problem.pairs])
    steps = np.array([found[one] for one in sorted(found, key=by_content)], dtype=np.float64)
    return Warm(columns, steps * size[columns.pair], duals(net, whole.field, limits, near))


def mostly(warm: Warm, near: Plan) -> bool:
    """Return True if more than half of a plan can still be sent, so that a search had best begin from it."""
    return 2 * len(warm.columns) > near.movements.height


def in_steps(whole: Whole, warm: Warm) -> Sent:
    """Return the part of the plan in force that can still be sent, in steps."""
    step = np.array([whole.problem.goods[pair.good].step / 10**6 for pair in whole.problem.pairs])
    return warm.columns, np.rint(warm.units / step[warm.columns.pair]).astype(np.int64)


def kept_to(
    search: Search, whole: Whole, warm: Warm, near: Plan, plan: Sent, *, turns: int, stop: Stop = never
) -> Sent:
    """Return the plan in force as far as possible, filled up and improved, or the plan if that is better.

    For where little of the plan in force is left, so that the search began without it.
    """
    kept = remaining(whole, warm)
    if as_good(whole, kept, plan):
        return kept
    search.programme.add(warm.columns)
    until = Until(turns, worth(whole, plan), warm.columns.marks(), _had(whole, near))
    mended = _improved(search, whole, kept, until, stop)
    return mended if as_good(whole, mended, plan) else plan


def replanned(
    search: Search,
    whole: Whole,
    warm: Warm,
    near: Plan,
    *,
    near_enough: float,
    turns: int,
    stop: Stop = never,
) -> tuple[Sent, str]:
    """Return a plan near another, and the reason why the search ended; search: begun with a warm start.

    All that can still be sent is sent, and more that then fits. That is the plan if it is as near to its
    bound as the other was to its own, or as `near_enough` states; else new paths are priced, and the needs
    with the largest gaps are planned anew, cluster by cluster, until it is. After very large losses the mix
    is tried, too. A gain of less than WORTH is not taken.
    """
    kept = remaining(whole, warm)
    enough = _enough(near, near_enough)
    for number in range(ROUNDS):
        if _gap(search, whole, kept) <= enough:
            return kept, "gap"
        search.round(exactly=search.small)
        value = float(to_decimal(worth(whole, kept)))
        if stop(Progress("planning", number + 1, ROUNDS, value, search.best.most)):
            return kept, BY_HAND
    until = _until(search, whole, warm, near, enough=enough, turns=turns)
    best, ended = _mended(search, whole, kept, until, enough=enough, stop=stop)
    if ended != "gap" and to_decimal(worth(whole, kept)) < near.value * (1 - _HOPE):
        mixed = _improved(search, whole, _mixed(search, whole, stop), until, stop)
        best = best if as_good(whole, best, mixed) else mixed
    return best, ended


def mended(
    search: Search,
    whole: Whole,
    warm: Warm,
    near: Plan,
    *,
    near_enough: float,
    turns: int,
    stop: Stop = never,
) -> tuple[Sent, str]:
    """Return what remains of a plan, its largest gaps planned anew, and why that ended; see `replanned`."""
    enough = _enough(near, near_enough)
    until = _until(search, whole, warm, near, enough=enough, turns=turns)
    return _mended(search, whole, remaining(whole, warm), until, enough=enough, stop=stop)


def _mended(
    search: Search, whole: Whole, kept: Sent, until: Until, *, enough: float, stop: Stop
) -> tuple[Sent, str]:
    """Return what was kept of a plan, improved until it is near enough to the bound, and why that ended."""
    if _gap(search, whole, kept) <= enough:
        return kept, "gap"
    better = _improved(search, whole, kept, until, stop)
    best = kept if as_good(whole, kept, better) else better
    return best, "gap" if _gap(search, whole, best) <= enough else "rounds"


def _enough(near: Plan, near_enough: float) -> float:
    """Return the distance from the bound that is accepted: stated, or that of the plan in force."""
    return max(near_enough, float(1 - near.value / near.bound) if near.bound else 0.0) + _NEARLY


def _until(search: Search, whole: Whole, warm: Warm, near: Plan, *, enough: float, turns: int) -> Until:
    least = int((1 - enough) * search.most * 10**6) * 10**18
    return Until(turns, least, warm.columns.marks(), _had(whole, near))


def _improved(search: Search, whole: Whole, plan: Sent, until: Until, stop: Stop) -> Sent:
    """Return a plan improved at needs that get less than before, then by exchange if quick, then anywhere."""
    programme = search.programme
    y = search.best.y
    plan = reconsidered(whole, plan, programme, y, until=until._replace(turns=until.turns // 2), stop=stop)
    if len(programme.columns) <= _FEW and worth(whole, plan) < until.worth:
        plan = improved(whole, plan)
    rest = until._replace(turns=until.turns - until.turns // 2, had=None)
    return filled(whole, reconsidered(whole, plan, programme, y, until=rest, stop=stop))


def _had(whole: Whole, near: Plan) -> Ints:
    """Return the amount of each need that a plan brings in time, in the need's parts."""
    problem = whole.problem
    needs = {need.id: number for number, need in enumerate(problem.needs)}
    ratio = {(pair.need, problem.goods[pair.good].id): pair.ratio for pair in problem.pairs}
    found = np.zeros(len(needs), dtype=np.int64)
    for row in near.movements.filter("on_time").iter_rows(named=True):
        need = needs.get(row["need"], -1)
        if (need, row["good"]) in ratio:
            found[need] += micro(row["quantity"]) * ratio[need, row["good"]] // whole.parts[need]
    return found


def _gap(search: Search, whole: Whole, plan: Sent) -> float:
    """Return the distance of a plan from the bound, as a part of the bound."""
    return 1 - float(to_decimal(worth(whole, plan))) / max(search.most, _NEARLY)


def remaining(whole: Whole, warm: Warm, *, first: Sequence[int] = ()) -> Sent:
    """Return all that can still be sent, or the densest needs first, and more that then fits.

    first: needs for which more is sent before all others.
    """
    order = density(whole.problem)
    mix = mix_of(whole, warm.columns, warm.units)
    room = played(whole, mix, [(PUT, need) for need in order]).room
    # The last step for a need may go over.
    step = np.zeros_like(room.free)
    np.maximum.at(step, room.own[:, 0], room.own[:, 1] * room.own[:, 2])
    put = PUT if (room.free + step >= (step > 0)).all() else CUT
    tape = [(put, need) for need in order]
    tape += [(DROP, need) for need in order if whole.problem.needs[need].whole]
    tape += [(FILL, need) for need in (*first, *order)]
    return sent(played(whole, mix, tape))


def _mixed(search: Search, whole: Whole, stop: Stop) -> Sent:
    """Whole steps of the mix."""
    programme = search.programme
    plan = repaired(whole, programme.columns, programme.units)
    if len(programme.columns) > _FEW:
        return plan
    return best_of(whole, [plan, *dive(search, whole, stop=stop)])


def _possible(net: Net, near: Plan) -> Iterator[tuple[Column, int]]:
    """The consignments of a plan that no barrier stops, with their steps."""
    problem = net.problem
    needs = {need.id: number for number, need in enumerate(problem.needs)}
    lanes = {lane.id: number for number, lane in enumerate(problem.lanes)}
    pairs = {(pair.need, problem.goods[pair.good].id): at for at, pair in enumerate(problem.pairs)}
    serving = cache(lambda at: frozenset(net.serving[at].tolist()))
    number_of = cache(lambda day: offset(day, problem.start))
    sources: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(problem.sources):
        sources.setdefault((one.offer, one.budget, one.supplier), []).append(number)
    ways: dict[str, list[tuple[int, int]]] = {}
    for name, lane, day in (
        near.legs.sort("movement", "leg").select("movement", "lane", "departs").iter_rows()
    ):
        ways.setdefault(name, []).append((lanes.get(lane, -1), number_of(day)))
    for row in near.movements.iter_rows(named=True):
        at = pairs.get((needs.get(row["need"], -1), row["good"]))
        if at is None:
            continue
        pair = problem.pairs[at]
        legs = tuple(ways.get(row["movement"], ()))
        days = number_of(row["departs"]), number_of(row["arrives"])
        known = sources.get(tuple(row[name] or "" for name in ("offer", "budget", "supplier")), ())
        able = [Column(pair.need, one, legs, *days, pair.ratio) for one in known if one in serving(at)]
        able = [one for one in able if _open(net, one)]
        if able:
            yield (
                _paid(problem, able, row["movement"]),
                micro(row["quantity"]) // problem.goods[pair.good].step,
            )


def _paid(problem: Problem, able: Sequence[Column], name: str) -> Column:
    """The one of a movement's id; else that of the latest tranche, which takes least from others."""
    same = (one for one in able if len(able) > 1 and movement(problem, one) == name)
    return next(same, max(able, key=lambda one: (problem.sources[one.source].order, one.source)))


def _open(net: Net, column: Column) -> bool:
    """Return True if a consignment may travel as it stands."""
    problem = net.problem
    need = net.problem.needs[column.need]
    at = problem.sources[column.source].site
    day = column.departs
    if not (0 <= day < problem.days and net.source_open[column.source, day]):
        return False
    for lane, leaves in column.legs:
        if lane < 0 or net.tails[lane] != at or not day <= leaves < problem.days:
            return False
        if not net.lane_open[lane, leaves]:
            return False
        at = int(net.heads[lane])
        day = leaves + int(net.transit[lane])
    return at == need.site and day == column.arrives <= need.last


def duals(net: Net, field: Field, limits: Limits, near: Plan) -> Floats:
    """Return the prices of a plan for the rows that still exist; 0 for a row that nothing can use now."""
    known = dict(near.prices.select("row", "price").iter_rows())
    prices = np.array([known.get(row, 0.0) for row in limits.frame["row"]], dtype=np.float64)
    return np.where(_drawn(net, field), prices, 0.0)


def _drawn(net: Net, field: Field) -> Bools:
    """The rows on which some source that may leave, lane or site that is open, or need can draw."""
    serving = np.zeros(len(net.problem.sources), dtype=np.bool_)
    serving[net.serving.sources] = True
    needs = np.ones(len(net.problem.needs), dtype=np.bool_)
    found = np.zeros(len(field.upper), dtype=np.bool_)
    for terms, able in (
        (field.source, serving & net.source_open.any(axis=1)),
        (field.lane, _weekly(net.lane_open, field.weeks)),
        (field.site, _weekly(net.site_open, field.weeks)),
        (field.served, needs),
        (field.in_time, needs),
    ):
        found[terms.row[np.repeat(able, np.diff(terms.first))]] = True
    return found


def _weekly(days: Bools, weeks: int) -> Bools:
    """For each place and week, place by place, whether any of its days is open."""
    whole = np.zeros((len(days), 7 * weeks), dtype=np.bool_)
    whole[:, : days.shape[1]] = days
    return whole.reshape(len(days), weeks, 7).any(axis=2).ravel()
