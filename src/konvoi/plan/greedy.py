"""Rules of thumb: most value per tonne first, or highest weight and earliest due day first. Always
available."""

from konvoi.plan.core.filling import FILL
from konvoi.plan.core.whole import Sent, Whole, no_mix, played, sent
from konvoi.plan.goals.earliness import worth
from konvoi.plan.problem import Problem


def rule_of_thumb(whole: Whole) -> Sent:
    """Return a plan by most value per tonne, each need from the source that arrives first."""
    return _filled(whole, density(whole.problem))


def priority_first(whole: Whole) -> Sent:
    """Return a plan by priority, then by due day: the practice without computation, for comparison."""
    return _filled(whole, priority(whole.problem))


def _filled(whole: Whole, order: list[int]) -> Sent:
    """Needs filled in an order; one that is useful only in full is filled or left."""
    return sent(played(whole, no_mix(whole), [(FILL, need) for need in order]))


def density(problem: Problem) -> list[int]:
    """Needs by value for a tonne, kits' weight spread over their components; the densest first."""
    known = {good.id: good.tonnes / 10**9 for good in problem.goods}
    values = worth(problem)
    heavy = [values[n] / max(known.get(need.good, 1.0), 1e-9) for n, need in enumerate(problem.needs)]
    return sorted(range(len(problem.needs)), key=lambda n: (-heavy[n], problem.needs[n].id))


def priority(problem: Problem) -> list[int]:
    """Needs by class of weight, then by due day; one class holds what weighs up to three times its least."""
    values = worth(problem)
    least = min((value for value in values if value > 0), default=1.0)
    needs = problem.needs
    return sorted(range(len(needs)), key=lambda n: (-_class(values[n] / least), needs[n].due, needs[n].id))


def _class(times: float) -> int:
    """Return the number of times that a weight can be divided by three before it is below the least."""
    found = 0
    while times >= 1:
        times = times / 3
        found = found + 1
    return found
