"""Scenarios answered from one plan in force: the best plan close to it, and the best independent of it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.kit.progress import Stop, never
from konvoi.plan.difference import Difference, difference
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Scenario, supposed
from konvoi.plan.solve import Candidate, Kind, Parameters, replan

Heard = Callable[[Candidate], None]
"""Called with each plan as soon as it is found, before the answer is complete."""


@dataclass(frozen=True)
class Outcome:
    """A plan of a changed problem, and its difference from the plan in force."""

    plan: Plan
    difference: Difference


@dataclass(frozen=True)
class Answers:
    """Both answers to a scenario; the independent plan is never worth less than the close one."""

    close: Outcome
    independent: Outcome

    @property
    def cost_of_staying_close(self) -> Decimal:
        """Return the value that the close plan gives up."""
        return self.independent.plan.value - self.close.plan.value


class Planner:
    """A problem and its plan in force, kept in memory for repeated questions.

    Questions do not change it, so the answers do not depend on their order. parameters: of each search.

    >>> from datetime import date
    >>> tables = {
    ...     "horizon": pl.DataFrame([{"start": date(2026, 1, 5), "weeks": 4}]),
    ...     "goods": pl.DataFrame([{"good": "tent", "unit": "piece", "weight_kg": 1000}]),
    ...     "sites": pl.DataFrame({"site": ["depot", "town"]}),
    ...     "lanes": pl.DataFrame([{"lane": "road", "from": "depot", "to": "town", "days_p50": 2}]),
    ...     "needs": pl.DataFrame(
    ...         [{"need": "N", "good": "tent", "quantity": 10, "site": "town", "due": date(2026, 1, 18)}]
    ...     ),
    ...     "offers": pl.DataFrame(
    ...         [
    ...             {"offer": "O-1", "party": "AR", "good": "tent", "quantity": 6, "site": "depot"},
    ...             {"offer": "O-2", "party": "BO", "good": "tent", "quantity": 4, "site": "depot"},
    ...         ]
    ...     ),
    ... }
    >>> from konvoi.plan.scenario import Without
    >>> from konvoi.plan.solve import solve
    >>> problem = from_tables(tables)
    >>> planner = Planner(problem, solve(problem))
    >>> answers = planner.what_if(Scenario("without BO", without=(Without("BO"),)))
    >>> [int(one.difference.value) for one in (answers.close, answers.independent)]
    [-4, -4]
    >>> int(answers.cost_of_staying_close)
    0
    """

    def __init__(self, problem: Problem, plan: Plan, *, parameters: Parameters | None = None) -> None:
        self.problem = problem
        self.plan = plan
        self.parameters = parameters

    def what_if(self, scenario: Scenario, *, heard: Heard | None = None, stop: Stop = never) -> Answers:
        """Return both answers to a scenario."""
        return self.answers(
            from_tables(supposed(self.problem.tables, scenario), **self.plan.states()),
            heard=heard,
            stop=stop,
        )

    def answers(
        self,
        changed: Problem,
        *,
        chances: pl.DataFrame | None = None,
        heard: Heard | None = None,
        stop: Stop = never,
    ) -> Answers:
        """Return both answers for a changed problem; chances: distribution of delays, if they are minded."""
        return answers(
            changed, self.plan, parameters=self.parameters, chances=chances, heard=heard, stop=stop
        )

    def best(self, changed: Problem, *, stop: Stop = never) -> Outcome:
        """Return the best plan found for a changed problem, without the search for one close to the plan.

        It takes a fraction of the time of both answers.
        """
        found = replan(
            changed, self.plan, parameters=self.parameters, seed=self.plan.seed, closely=False, stop=stop
        )
        plan = max(found, key=lambda one: one.value).plan()
        return Outcome(plan, difference(self.plan, plan, changed.tables))


def answers(
    changed: Problem,
    force: Plan,
    *,
    parameters: Parameters | None = None,
    chances: pl.DataFrame | None = None,
    heard: Heard | None = None,
    stop: Stop = never,
) -> Answers:
    """Return both answers for a changed problem; force: the plan in force. See Planner.answers."""
    best: dict[Kind, Candidate] = {}
    found = replan(changed, force, parameters=parameters, seed=force.seed, chances=chances, stop=stop)
    for one in found:
        if heard:
            heard(one)
        best[one.kind] = one

    def outcome(plan: Plan) -> Outcome:
        return Outcome(plan, difference(force, plan, changed.tables))

    close = outcome(best["close"].plan())
    if best["independent"].plan is best["close"].plan:
        return Answers(close, close)
    return Answers(close, outcome(best["independent"].plan()))
