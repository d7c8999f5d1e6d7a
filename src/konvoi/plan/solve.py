"""Solve a planning problem: consignments, a bound that proves how good they are, and why not more."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

import polars as pl

import konvoi
from konvoi.kit.progress import BY_HAND, Progress, Stop, never
from konvoi.plan import bound as bounds
from konvoi.plan.bound import Bound
from konvoi.plan.closer import as_good, closer
from konvoi.plan.closest import Ground, closest
from konvoi.plan.core.field import Field, field_of
from konvoi.plan.core.pool import consignments
from konvoi.plan.core.search import Pace, Search, Warm, search_of, warm_search
from konvoi.plan.core.whole import Sent, Whole, whole_of, worth
from konvoi.plan.dive import dived
from konvoi.plan.exchange import improved
from konvoi.plan.executable import executable, is_limited
from konvoi.plan.explain import unmet
from konvoi.plan.force import in_force
from konvoi.plan.goal import Goal, Payoff, blend
from konvoi.plan.goals import MEMBERS as GOALS
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.layout import limits, net
from konvoi.plan.limits import Limits
from konvoi.plan.mindful import expected, mindful
from konvoi.plan.near import in_steps, kept_to, mended, mostly, remaining, replanned, warmth
from konvoi.plan.neighbourhood import Until, reconsidered, together
from konvoi.plan.net import Net
from konvoi.plan.optimum import NEEDS, optimum
from konvoi.plan.ordered import ordered, standing
from konvoi.plan.payments import payments
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.reach import pairs_in, searched
from konvoi.plan.repair import best_of, filled, trimmed
from konvoi.plan.retouch import retouched
from konvoi.plan.value import to_decimal
from konvoi.plan.without import frame_of
from konvoi.plan.write import legs, movement_costs, movements, own_prices, prices

_VERY_MANY = 5_000
_STEADY = 0.9
"""Number of needs above which the search is steadier, and then the share of the best prices while the mix is
far from its bound (L, seed 2, 20 rounds: a plan worth 2.736 million, 2.696 with the usual share; of 2,000
needs it takes more rounds, not fewer)."""

_FEW = 300
_FAR_BELOW = 0.02
"""Number of needs up to which all are planned anew together, where a plan is still further below its bound
than this part of it (bench.weekly, S, seeds 1 and 2: 2.5 and 4.0 % below it, then 1.0 and 1.4 %)."""

_NEAR_ENOUGH = 0.001
"""Gap of the mix to which the search goes on where there are not many needs: there the last rounds are quick,
and both plan and bound gain (S, seed 1: plan 1.7 % below its bound at a gap of 0.5 %, 1.2 % at 0.1 %)."""

PROVEN = "no better plan exists"
"""The reason of a search that ended because all plans of a small problem were compared."""

_TIGHTER = 30
"""Rounds at most in which needs useful only in full are kept from being met in part by what is cheapest."""

_SHARPER = 12
"""Rounds at most that lower the bound after the plan is found (S, seed 1: by half a per cent in six)."""

_FURTHER = 6
"""Rounds at most after which a plan of many needs is made once more from the mix where it is still further
below its bound than _FAR_BELOW (second structure, M, seed 2: 4 s of processor; the bound falls by 0.2 %)."""

_WARM_ROUNDS = 8
"""Rounds of a search with very many needs that begins from a plan, its pool and its prices: after them plans
were 0.1 % from those of a cold search of 80 rounds (2,000 needs, three scenarios)."""


@dataclass(frozen=True)
class Parameters:
    """Parameters of a search for a plan; counts only, never seconds.

    rounds: of pricing at most. gap: of the mix below its bound at which the search ends. steps: of the
    mix in a round. columns: found for a need and good at one pricing at most. kept: consignments for each
    row at most. clusters: of needs that are planned anew together at most. goals: weights of goals by name
    where they differ from their own. ordered: whether the goals after coverage decide one after the other,
    instead of in a blend.
    """

    rounds: int = 80
    gap: float = 0.005
    steps: int = Pace.steps
    columns: int = Pace.columns
    kept: float = Pace.times
    clusters: int = 40
    goals: Mapping[str, float] = field(default_factory=dict)
    ordered: bool = False


def solve(
    problem: Problem,
    *,
    parameters: Parameters | None = None,
    seed: int = 0,
    near: Plan | None = None,
    chances: pl.DataFrame | None = None,
    stop: Stop = never,
) -> Plan:
    """Return the best plan found and its proven bound; if nothing can be sent, a diagnosis without movements.

    Equal problems, parameters and seeds give equal plans. `stop` is asked after each round; where it answers
    True the plan so far is returned with its bound, marked as stopped. near: the plan in force: all of it
    that can still be sent is sent, unless another plan is worth more by konvoi.plan.closer.WORTH; if nothing
    has changed, the same is sent. chances: distribution of delays (konvoi.plan.mindful); the plan allows for
    them, while its value and bound stay those without delays.
    """
    chosen = parameters or Parameters()
    posed = _laid(problem)
    inner = _searched_part(posed)
    part, ways, rows, laid, whole = inner.ways.problem, inner.ways, inner.rows, inner.field, inner.whole
    start = rule_of_thumb(whole)
    payoff = _payoff(part, chosen, chances)
    minding = chances is not None
    warm = warmth(whole, ways, rows, near) if near else None
    if near and warm and mostly(warm, near):
        search = warm_search(rows, laid, payoff, start[0], _pace(chosen, whole), warm=warm)
        enough = chosen.gap
        turns = chosen.clusters
        plan, stopped = replanned(search, whole, warm, near, near_enough=enough, turns=turns, stop=stop)
        corners = [search.best]
    else:
        search = search_of(rows, laid, payoff, start[0], _pace(chosen, whole))
        plan, stopped, corners = _searched(search, whole, start, chosen, minding=minding, stop=stop)
        if near and warm:
            plan = kept_to(search, whole, warm, near, plan, turns=chosen.clusters, stop=stop)
    if warm:
        known = search.programme.columns
        goals = _goals(chosen)[1:]
        plan = trimmed(whole, closer(whole, plan, in_steps(whole, warm), known, goals))
    if chosen.ordered:
        plan = _weighed(search, whole, plan, near, stop)
    told = {"stopped": stopped, "seed": seed, "parameters": _recorded(problem, chosen, mindful=minding)}
    proof = _proof(search, corners)
    del search  # Its data are the largest of all, and writing the plan needs memory of its own.
    return _told(posed, inner, (whole, plan), proof, told)


@dataclass(frozen=True)
class _Laid:
    """A problem, laid out for planning."""

    ways: Net
    rows: Limits
    field: Field

    @cached_property
    def whole(self) -> Whole:
        """Return it in whole steps."""
        return whole_of(self.field, self.rows)


def _laid(problem: Problem, *, like: _Laid | None = None) -> _Laid:
    """Lay a problem out; like: one that differs in needs, pairs and kits alone."""
    ways = net(problem, like=like.ways if like else None)
    rows = limits(problem, like=like.rows if like else None)
    return _Laid(ways, rows, field_of(ways, rows))


def _searched_part(posed: _Laid) -> _Laid:
    """Return the part of a problem that is searched: without what nothing can meet."""
    problem = posed.ways.problem
    part = searched(posed.ways, posed.rows, posed.field)
    return posed if part is problem else _laid(part, like=posed)


def _told(
    posed: _Laid, inner: _Laid, sent: tuple[Whole, Sent], proof: Bound, more: Mapping[str, Any]
) -> Plan:
    """Return the consignments as a plan, with the proven bound and the causes of gaps; more: other fields.

    inner: the part of the problem that was searched; the causes are those of all needs.
    """
    whole, first = sent
    plan = executable(whole, first, later=not more["parameters"]["mindful"])
    problem = inner.ways.problem
    rows = inner.rows
    value = worth(whole, plan)
    found = to_decimal(value)
    # The proof is of plans that may have smaller consignments.
    idle = more["stopped"] == PROVEN and value < worth(whole, first)
    more = {**more, "stopped": "rounds"} if idle else more
    most = min(bounds.rounded_up(proof), bounds.all_there_is(rows))
    taken = dict(zip(consignments(problem, plan[0]), plan[1].tolist(), strict=True))
    moved, names = movements(problem, taken)
    stages = legs(problem, taken, names)
    told = {**more, "parameters": more["parameters"] | movement_costs(problem, stages)}
    return Plan(
        problem=problem.digest,
        version=konvoi.__version__,
        value=found,
        bound=max(most, found),
        movements=moved,
        legs=stages,
        unmet=_unmet(posed, inner, whole, plan),
        prices=prices(rows, proof.y),
        own_prices=own_prices(rows, proof.own),
        payments=payments(problem, taken, names),
        without=frame_of(problem.without),
        **told,
    )


def _unmet(posed: _Laid, inner: _Laid, whole: Whole, plan: Sent) -> pl.DataFrame:
    """Return the causes of all gaps, those of needs that left before the search too."""
    problem = posed.ways.problem
    part = inner.ways.problem
    if part is problem:
        return unmet(posed.ways, posed.rows, whole, plan)
    pairs = pairs_in(problem, part).astype(plan[0].pair.dtype)
    every = (replace(plan[0], pair=pairs[plan[0].pair]), plan[1])
    return unmet(posed.ways, posed.rows, posed.whole, every)


def _weighed(search: Search, whole: Whole, plan: Sent, near: Plan | None, stop: Stop) -> Sent:
    """Return the plan after the other goals, one after the other, unless there are too many consignments."""
    if len(search.programme.columns) > search.pace.corner:
        return plan
    stop(Progress("weighing", 0))
    search.widen()
    force = in_force(whole.problem, near) if near else None
    return ordered(search.programme, whole, plan, GOALS, force=force)


def _pace(chosen: Parameters, whole: Whole) -> Pace:
    """Return the pace; with very many needs prices stay nearer to the best: the first mislead most."""
    far = _STEADY if len(whole.problem.needs) > _VERY_MANY else Pace.far
    return Pace(steps=chosen.steps, columns=chosen.columns, times=chosen.kept, far=far)


class _Searched(NamedTuple):
    """The best plan of a search, the reason why it ended, and prices that may prove a lower bound."""

    plan: Sent
    stopped: str
    corners: list[Bound]


def _searched(
    search: Search, whole: Whole, start: Sent, chosen: Parameters, *, minding: bool, stop: Stop
) -> _Searched:
    """Search for a plan from nothing, in stages; the best plan of any stage is kept.

    A small problem is solved to the end from all its consignments; its search then only lowers the bound.
    """
    value = float(to_decimal(worth(whole, start)))
    goals = _goals(chosen)
    found = list[Sent]()
    corners = list[Bound]()
    proven = False
    for number, stage in enumerate(_stages(chosen)):
        halted = number > 0 and stop(Progress("planning", 0, stage.rounds, value, search.most))
        if halted:
            stopped = BY_HAND
            break
        enough = stage.gap if whole.many else min(stage.gap, _NEAR_ENOUGH)
        stopped = search.settle(stage.rounds, enough, stop, value)
        if not (minding or stopped == BY_HAND) and search.tighten(_TIGHTER, enough, stop, value):
            stopped = "gap" if search.gap <= enough else "rounds"
        corners.append(_corner(search))
        halted = stopped == BY_HAND
        to_the_end = not (number or minding or halted) and len(whole.problem.needs) <= NEEDS
        if to_the_end and stop(Progress("planning", stage.rounds, stage.rounds, value, search.most)):
            stopped = BY_HAND
            halted = True
        best = optimum(whole) if to_the_end and not halted else None
        if best is not None and best.proven:
            proven = True
            found = [_equal(search, whole, trimmed(whole, best.plan), goals)]
        elif not proven:
            plans = [start, *([best.plan] if best else []), dived(search, whole, stop=stop)]
            found.append(
                _minded(whole, plans, search.programme.payoff)
                if minding
                else _chosen(search, whole, plans, stage, stop)
            )
        if halted:
            break
    if minding:
        best_plan = max(found, key=lambda plan: expected(whole, plan, search.programme.payoff))
    else:
        best_plan = min(found, key=lambda plan: standing(whole, plan, goals, {}))
    reached = float(to_decimal(worth(whole, best_plan)))
    if not (minding or halted or proven or whole.many) and reached < (1 - _NEAR_ENOUGH) * search.most:
        search.sharpen(_SHARPER, _NEAR_ENOUGH, stop)
        corners.append(_corner(search))
    far = whole.many and len(whole.problem.needs) <= _VERY_MANY and reached < (1 - _FAR_BELOW) * search.most
    if far and not (minding or halted):
        if search.settle(_FURTHER, _NEAR_ENOUGH, stop, reached) == BY_HAND:
            stopped = BY_HAND
        else:
            best_plan = _chosen(search, whole, [best_plan, dived(search, whole, stop=stop)], chosen, stop)
    return _Searched(best_plan, PROVEN if proven and not halted else stopped, corners)


def _stages(chosen: Parameters) -> list[Parameters]:
    """Return the searches to conduct in turn: where more is asked for than usual, the usual one comes first.

    So more rounds, more clusters or a smaller gap never lead to a plan that is worth less than the usual one.
    """
    usual = replace(chosen, rounds=Parameters.rounds, gap=Parameters.gap, clusters=Parameters.clusters)
    more = chosen.rounds >= usual.rounds and chosen.gap <= usual.gap and chosen.clusters >= usual.clusters
    return [usual, chosen] if more and chosen != usual else [chosen]


def _chosen(search: Search, whole: Whole, plans: list[Sent], chosen: Parameters, stop: Stop) -> Sent:
    """Return the best of some plans, improved: for many needs by clusters alone, which gain more in time."""
    goals = _goals(chosen)
    turns = chosen.clusters
    best = min(plans, key=lambda plan: standing(whole, plan, goals, {}))
    if not (whole.many and turns):
        best = improved(whole, best)
    again = reconsidered(whole, best, search.programme, search.best.y, until=Until(turns), stop=stop)
    value = float(to_decimal(worth(whole, again)))
    far = len(whole.problem.needs) <= _FEW and value < (1 - _FAR_BELOW) * search.most
    if turns and far and not stop(Progress("improving", turns, turns)):
        again = improved(whole, together(whole, again, search.programme, search.best.y))
    return _equal(search, whole, trimmed(whole, filled(whole, again)), goals)


def _equal(search: Search, whole: Whole, plan: Sent, goals: tuple[Goal, ...]) -> Sent:
    """A plan of no less value that is less late, then earlier, then cheaper, as far as is found quickly."""
    if not whole.many:
        search.widen()
    better = retouched(whole, plan, search.programme.columns, goals[1:])
    plan = trimmed(whole, filled(whole, better))
    return ordered(search.programme, whole, plan, goals) if search.small else plan


def _goals(chosen: Parameters) -> tuple[Goal, ...]:
    """The goals of the blend: coverage, and those with a payoff that weigh anything."""
    weights = [(goal, chosen.goals.get(goal.name, goal.weight)) for goal in GOALS]
    return (GOALS[0], *(goal for goal, weight in weights[1:] if weight > 0 and goal.level is None))


def _minded(whole: Whole, plans: list[Sent], paid: Payoff) -> Sent:
    """Return the plan of the highest mean value, with delays."""
    return trimmed(whole, max(plans, key=lambda plan: expected(whole, plan, paid)))


def _recorded(problem: Problem, chosen: Parameters, *, mindful: bool) -> dict[str, object]:
    """The parameters as a plan keeps them."""
    states = {"states": list(problem.states), "offer_states": list(problem.offer_states), "mindful": mindful}
    return asdict(chosen) | {"goals": dict(sorted(chosen.goals.items()))} | states


def _payoff(problem: Problem, chosen: Parameters, chances: pl.DataFrame | None) -> Payoff:
    """The goals in the blend that was chosen; with chances, as they are to be expected."""
    goals = tuple(replace(goal, weight=chosen.goals.get(goal.name, goal.weight)) for goal in GOALS)
    paid = blend(problem, goals)
    return paid if chances is None else mindful(problem, paid, chances)


def _corner(search: Search) -> Bound:
    """Take the mix from a corner, which has few consignments, unless it is large; return its prices."""
    if not 0 < len(search.programme.columns) <= search.pace.corner:
        return search.best
    search.programme.solve(corner=True)
    return Bound(float("inf"), search.programme.y, search.programme.links)


def _proof(search: Search, corners: list[Bound]) -> Bound:
    """The lowest of some bounds on the value alone, priced without the goals that only break ties."""
    problem = search.limits.problem
    pure = blend(problem, tuple(replace(goal, weight=float(goal is GOALS[0])) for goal in GOALS))
    tried = [search.best, *(one for one in corners if one is not search.best)]
    found = [search.proven(one.y, pure, one.own) for one in tried]
    return min(found, key=lambda bound: bound.most)


Kind = Literal["remaining", "independent", "close"]


@dataclass(frozen=True)
class Candidate:
    """A plan found while replanning (kind: see `replan`); its tables are made when `plan` is called."""

    kind: Kind
    value: Decimal
    bound: Decimal
    plan: Callable[[], Plan]


def replan(
    problem: Problem,
    near: Plan,
    *,
    parameters: Parameters | None = None,
    seed: int = 0,
    chances: pl.DataFrame | None = None,
    closely: bool = True,
    stop: Stop = never,
) -> Iterator[Candidate]:
    """Yield plans of a changed problem, all begun from the consignments and the prices of the plan in force.

    First the part of it that remains, filled up (`remaining`), then the best plans found whatever they change
    (`independent`), then the best one close to the plan in force (`close`). The last one of each kind is the
    answer; the close plan is never worth more than the independent one. Where nothing of the plan in force
    remains, both are one plan. closely: False to leave out the search for a close plan.
    """
    chosen = parameters or Parameters()
    posed = _laid(problem)
    inner = _searched_part(posed)
    part, ways, rows, whole = inner.ways.problem, inner.ways, inner.rows, inner.whole
    warm = warmth(whole, ways, rows, near)
    if warm:
        payoff = _payoff(part, chosen, chances)
        rest = remaining(whole, warm)
        search = warm_search(rows, whole.field, payoff, rest[0], _pace(chosen, whole), warm=warm)
        told = {"seed": seed, "parameters": _recorded(problem, chosen, mindful=chances is not None)}
        yield from _Replanning(
            posed, inner, whole, warm, rest, near, search, chosen, told, chances is not None, stop
        ).run(closely=closely)
    else:
        anew = solve(problem, parameters=chosen, seed=seed, chances=chances, stop=stop)
        found = Candidate("independent", anew.value, anew.bound, lambda: anew)
        yield found
        yield replace(found, kind="close")


@dataclass
class _Replanning:
    """A changed problem, the part that is searched, and its start.

    rest: what remains of the plan in force, filled up; told: fields of every plan.
    """

    posed: _Laid
    inner: _Laid
    whole: Whole
    warm: Warm
    rest: Sent
    near: Plan
    search: Search
    chosen: Parameters
    told: Mapping[str, Any]
    minding: bool
    stop: Stop

    def run(self, *, closely: bool) -> Iterator[Candidate]:
        """Yield the candidates, the quickest first. closely: whether a close plan is sought."""
        whole = self.whole
        search = self.search
        remains = self._executable(trimmed(whole, self.rest))
        proof = _proof(search, [])
        yield self._candidate("remaining", remains, proof, "gap")
        start = rule_of_thumb(whole)
        search.programme.add(start[0])
        search.widen()
        value = float(to_decimal(worth(whole, remains)))
        stopped = search.settle(self._rounds(), self.chosen.gap, self.stop, value)
        proof = min(proof, _proof(search, [_corner(search)]), key=lambda one: one.most)
        plans = [remains, start, dived(search, whole, stop=self.stop)]
        if not self.minding:
            best = best_of(whole, plans)
            plans.append(best if whole.many else improved(whole, best))
            small = optimum(whole)
            plans += [] if small is None else [small.plan]
            quick = self._executable(best_of(whole, plans))
            yield self._candidate("independent", quick, proof, stopped)
        free = self._executable(self._independent(plans))
        yield self._candidate("independent", free, proof, stopped)
        if not closely:
            return
        close, ended = self._close(remains, free)
        close = self._executable(close)
        near = self._candidate("close", close, proof, ended)
        yield near
        if self._merit(close) >= self._merit(free):
            yield replace(near, kind="independent")

    def _rounds(self) -> int:
        """Return the rounds of search: few where very many needs are served as before."""
        many = self.whole.many and mostly(self.warm, self.near)
        return min(_WARM_ROUNDS, self.chosen.rounds) if many else self.chosen.rounds

    def _independent(self, plans: list[Sent]) -> Sent:
        """Return the best plan found; between equal consignments those of the plan in force are taken."""
        whole = self.whole
        if self.minding:
            return _minded(whole, plans, self.search.programme.payoff)
        plan = _chosen(self.search, whole, plans, self.chosen, self.stop)
        force = in_steps(whole, self.warm)
        plan = retouched(whole, plan, self.search.programme.columns, _goals(self.chosen)[1:], kept=force)
        plan = trimmed(whole, plan)
        return _weighed(self.search, whole, plan, None, self.stop) if self.chosen.ordered else plan

    def _with_few_changes(self, remains: Sent, free: Sent) -> Sent | None:
        """Return the best plan of few changes; None if it is not sought: too many, by delays, or stopped."""
        whole = self.whole
        if self.minding or self.chosen.ordered or self.stop(Progress("improving", 0)):
            return None
        if as_good(whole, remains, free):
            return remains
        ground = Ground.of(whole, self.inner.ways, self.inner.rows, self.near)
        return closest(ground, executable(whole, remains), executable(whole, free))

    def _close(self, remains: Sent, free: Sent) -> tuple[Sent, str]:
        """Return the best plan close to the one in force, and the reason why its search ended."""
        whole = self.whole
        search = self.search
        chosen = self._with_few_changes(remains, free)
        if chosen is not None:
            return chosen, "rounds"
        turns = self.chosen.clusters // 2
        stopped = "rounds"
        if mostly(self.warm, self.near):
            enough = self.chosen.gap
            plan, stopped = mended(
                search, whole, self.warm, self.near, near_enough=enough, turns=turns, stop=self.stop
            )
        else:
            plan = kept_to(search, whole, self.warm, self.near, free, turns=turns, stop=self.stop)
        goals = _goals(self.chosen)[1:]
        plan = closer(whole, plan, in_steps(whole, self.warm), search.programme.columns, goals)
        plan = trimmed(whole, plan)
        if self.chosen.ordered:
            plan = _weighed(search, whole, plan, self.near, self.stop)
        return plan, stopped

    def _executable(self, plan: Sent) -> Sent:
        """Return the plan without consignments that are too small; else it is left as it is until written."""
        limited = is_limited(self.whole.problem)
        return executable(self.whole, plan, later=not self.minding) if limited else plan

    def _merit(self, plan: Sent) -> float:
        """Return the value of a plan, with delays where they are minded."""
        if self.minding:
            return expected(self.whole, plan, self.search.programme.payoff)
        return worth(self.whole, plan)

    def _candidate(self, kind: Kind, plan: Sent, proof: Bound, stopped: str) -> Candidate:
        limits = self.search.limits
        value = to_decimal(worth(self.whole, plan))
        most = min(bounds.rounded_up(proof), bounds.all_there_is(limits))
        told = {**self.told, "stopped": stopped}
        return Candidate(
            kind,
            value,
            max(most, value),
            lambda: _told(self.posed, self.inner, (self.whole, plan), proof, told),
        )
