"""Solve a planning problem: consignments, a bound that proves how good they are, and why not more."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

import numpy as np

import konvoi
from konvoi.kit.progress import Progress, Stop, never
from konvoi.plan import bound as bounds
from konvoi.plan.bound import Bound, repaired
from konvoi.plan.column import Column
from konvoi.plan.explain import unmet
from konvoi.plan.goal import Payoff, blend
from konvoi.plan.goals import MEMBERS as GOALS
from konvoi.plan.greedy import greedy
from konvoi.plan.limits import Limits, limits
from konvoi.plan.master import Master
from konvoi.plan.net import Floats, Net, net
from konvoi.plan.plan import Plan
from konvoi.plan.pricing import Pricing, pricing
from konvoi.plan.problem import Problem
from konvoi.plan.repair import LIKELY, Mix, best_of, repair
from konvoi.plan.room import Taken, deliveries
from konvoi.plan.value import value
from konvoi.plan.write import legs, movements, prices

_CORNER = 20_000
"""From so many columns on, the search for a corner takes longer than it is worth."""


@dataclass(frozen=True)
class Parameters:
    """How long and how a plan is sought; counts only, never seconds.

    rounds: of pricing at most. effort: columns solved over all rounds at most. gap: of the mix below its
    bound at which the search ends. columns: found for a need and good in a round at most. smoothing: how much
    of the best prices so far stays in the next ones.
    goals: weights of goals by name where they differ from their own.
    """

    rounds: int = 60
    effort: int = 300_000
    gap: float = 0.002
    columns: int = 2
    smoothing: float = 0.5
    goals: Mapping[str, float] = field(default_factory=dict)


@dataclass
class _Search:
    """The search so far: the best proven bound, the last mix."""

    net: Net
    limits: Limits
    pricing: Pricing
    payoff: Payoff
    master: Master
    best: Bound
    sent: Floats
    stopped: str = "rounds"


def solve(
    problem: Problem, *, parameters: Parameters | None = None, seed: int = 0, stop: Stop = never
) -> Plan:
    """The best plan found and its proven bound; where nothing can be sent, a diagnosis without movements.

    Equal problems, parameters and seeds give equal plans. `stop` is asked after each round; where it answers
    True the plan so far is given back with its bound, and says that it was stopped.
    """
    chosen = parameters or Parameters()
    ways, rows = net(problem), limits(problem)
    start = greedy(ways, rows)
    search = _start(ways, rows, chosen, list(start))
    _generate(search, chosen, value=float(value(problem, deliveries(problem, start))), stop=stop)
    corner = _corner(search)
    taken, brought = best_of(problem, [start, *_repaired(search)])
    found = value(problem, brought)
    proof = _proof(search, corner)
    most = min(bounds.rounded_up(proof.most), bounds.all_there_is(rows))
    moved, names = movements(problem, taken)
    return Plan(
        problem=problem.digest,
        version=konvoi.__version__,
        parameters=_recorded(problem, chosen),
        seed=seed,
        stopped=search.stopped,
        value=found,
        bound=max(most, found),
        movements=moved,
        legs=legs(problem, taken, names),
        unmet=unmet(ways, rows, taken),
        prices=prices(rows, proof.y),
    )


def _recorded(problem: Problem, chosen: Parameters) -> dict[str, object]:
    """The parameters as a plan keeps them."""
    states = {"states": list(problem.states), "offer_states": list(problem.offer_states)}
    return asdict(chosen) | {"goals": dict(sorted(chosen.goals.items()))} | states


def _start(ways: Net, rows: Limits, chosen: Parameters, columns: list[Column]) -> _Search:
    """A search that knows the rule of thumb's consignments."""
    problem = ways.problem
    goals = tuple(replace(goal, weight=chosen.goals.get(goal.name, goal.weight)) for goal in GOALS)
    payoff = blend(problem, goals)
    weights = [need.weight / 10**6 for need in problem.needs if need.weight]
    scale = 100.0 / float(np.median(weights)) if weights else 1.0
    master = Master(rows, payoff, scale)
    master.add(columns)
    nothing = bounds.nothing_priced(rows)
    return _Search(
        ways,
        rows,
        pricing(ways, rows),
        payoff,
        master,
        Bound(float("inf"), nothing),
        np.zeros(len(columns)),
    )


def _generate(search: _Search, chosen: Parameters, *, value: float, stop: Stop) -> None:
    """Solve the mix, price, add what pays; until nothing pays, the gap is small or the rounds are over."""
    effort = 0
    for number in range(chosen.rounds):
        mix, search.sent, y = search.master.solve()
        effort += len(search.master.columns)
        added = _round(search, chosen, y)
        gap = (search.best.most - mix) / max(abs(mix), 1e-9)
        if not added or gap <= chosen.gap:
            search.stopped = "gap" if gap <= chosen.gap else "nothing pays more"
            return
        if stop(Progress("planning", number + 1, chosen.rounds, value, search.best.most)):
            search.stopped = "by hand"
            return
        if effort >= chosen.effort:
            search.stopped = "effort"
            return


def _round(search: _Search, chosen: Parameters, y: Floats) -> int:
    """Price at smoothed prices, and at the mix's own where those find nothing; gives back what was added."""
    share = chosen.smoothing if np.isfinite(search.best.most) else 0.0
    for part in (share, 0.0) if share else (0.0,):
        tried = part * search.best.y + (1 - part) * y
        priced = search.pricing.run(tried, search.payoff, most=chosen.columns)
        proven = repaired(search.limits, tried, priced.gain)
        if proven.most < search.best.most:
            search.best = proven
        added = search.master.add(priced.columns)
        if added:
            return added
    return 0


def _repaired(search: _Search) -> list[Taken]:
    """Plans in whole steps from the last mix."""
    mix = Mix.of(search.master.mixed, search.sent)
    return [repair(search.net, search.limits, mix, likely=likely) for likely in (2.0, LIKELY)]


def _corner(search: _Search) -> Floats:
    """Take the mix from a corner, which has few consignments, unless it is large; gives back its prices."""
    if not search.master.columns or len(search.master.columns) > _CORNER:
        return search.best.y
    _, search.sent, y = search.master.solve(corner=True)
    return y


def _proof(search: _Search, y: Floats) -> Bound:
    """The lower of two bounds on the value alone, priced without the goals that only break ties."""
    pure = blend(search.net.problem, tuple(replace(g, weight=float(g is GOALS[0])) for g in GOALS))
    found = [
        repaired(search.limits, tried, search.pricing.run(tried, pure, most=0).gain)
        for tried in (search.best.y, y)
    ]
    return min(found, key=lambda bound: bound.most)
