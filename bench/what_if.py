"""What-if beside planning anew: money later, a corridor shut, three changes at once, at 200 and 2,000 needs.

For each scenario: seconds until the first valid plan, until an independent plan that is within 1 % of
planning anew, and until both answers are there; how far each answer is below the plan made anew. Goals on
time are set against the smaller of the clock and the processor seconds, as in bench.plan.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import polars as pl
from bench.instances import SIZES, START, tables
from bench.plan import seeds
from bench.record import Benchmark, arguments

from konvoi.plan.difference import difference
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Answers, Planner
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, Shut, Without, supposed
from konvoi.plan.solve import Candidate, solve

WITHIN = 0.99
FIRST, NEARLY, BELOW = 3.0, 8.0, 1.0
"""Goals: seconds to the first plan, seconds to one within 1 %, per cent below planning anew."""


@dataclass
class Clock:
    """Seconds since its start, by the clock or the processor, whichever is less."""

    seconds: float = 0.0
    ticks: float = 0.0

    def start(self) -> "Clock":
        """Start now."""
        self.seconds = time.perf_counter()
        self.ticks = time.process_time()
        return self

    def read(self) -> float:
        """Return the seconds so far."""
        return min(time.perf_counter() - self.seconds, time.process_time() - self.ticks)


def main() -> None:
    """Measure all seeds of the sizes, compare, finish."""
    parser = arguments()
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=["S", "M"])
    parser.add_argument("--seeds", type=seeds, default=seeds("1"), help="such as 1-5 or 3")
    asked = parser.parse_args()
    bench = Benchmark("what_if", data={"sizes": asked.sizes, "seeds": asked.seeds})
    _warm()
    for size in asked.sizes:
        for seed in asked.seeds:
            handed = tables(size, seed)
            problem = from_tables(handed)
            planner = Planner(problem, solve(problem))
            for scenario in scenarios(handed, planner.plan):
                _measured(bench, f"{size} {seed} {scenario.name}", planner, scenario)
    bench.finish(asked)


def scenarios(handed: Mapping[str, pl.DataFrame], plan: Plan) -> list[Scenario]:
    """The busiest lane shut, the money most used six weeks later, and both without the largest giver."""
    by_lane = plan.legs.group_by("lane").len().sort("len", "lane")["lane"]
    given = plan.movements.join(handed["offers"].select("offer", "party"), on="offer")
    by_party = given.group_by("party").len().sort("len", "party")["party"]
    by_budget = (
        plan.payments.group_by("budget").agg(pl.col("amount").sum()).sort("amount", "budget")["budget"]
    )
    shut = Shut(by_lane[-1], START + timedelta(weeks=2), START + timedelta(weeks=7, days=-1))
    later = tuple(Later(budget, 6) for budget in by_budget[-1:])
    found = [Scenario("corridor", shut=(shut,))]
    if later:
        found.append(Scenario("budget", later=later))
    return [*found, Scenario("three", shut=(shut,), later=later, without=(Without(by_party[-1]),))]


def _warm() -> None:
    """Let all be compiled that will be measured."""
    small = from_tables(tables("XXS", 1))
    Planner(small, solve(small)).answers(small)


def _measured(bench: Benchmark, name: str, planner: Planner, scenario: Scenario) -> None:
    """Answer one scenario, plan it anew, and set the goals."""
    changed = from_tables(supposed(planner.problem.tables, scenario), **planner.plan.states())
    anew = bench.once(f"{name}: planned anew", lambda: solve(changed))
    found: list[tuple[float, Candidate]] = []
    clock = Clock()
    answers = bench.once(f"{name}: both answers", lambda: _answered(planner, changed, found, clock.start()))
    gain = float(anew.value - planner.plan.value)
    figures = {"difference, planned anew": gain}
    figures |= {"difference, independent": float(answers.independent.difference.value)}
    figures |= {"difference, close": float(answers.close.difference.value)}
    figures |= {"kept of the plan in force, close": answers.close.difference.kept}
    figures |= {"kept of the plan in force, independent": answers.independent.difference.kept}
    kits = difference(planner.plan, anew, changed.tables).kits.height
    figures |= {"kits that change, planned anew": kits}
    figures |= {"kits that change, independent": answers.independent.difference.kits.height}
    bench.figures.update({f"{name}: {what}": figure for what, figure in figures.items()})
    best = float(anew.value) * WITHIN
    near = next((at for at, one in found if one.kind == "independent" and float(one.value) >= best), 1e9)
    below = 100 * (1 - float(answers.independent.plan.value / anew.value)) if anew.value else 0.0
    bench.at_most(f"{name}: seconds to the first plan", found[0][0], FIRST, unit="s")
    bench.at_most(f"{name}: seconds to within 1 % of planning anew", near, NEARLY, unit="s")
    bench.at_most(f"{name}: independent below planning anew", below, BELOW, unit="%")
    cost = float(answers.cost_of_staying_close)
    bench.at_least(f"{name}: independent above close", cost, 0, unit="value")


def _answered(
    planner: Planner, changed: Problem, found: list[tuple[float, Candidate]], clock: Clock
) -> Answers:
    """Both answers; each plan found with the seconds until it was; the tables of the first are made."""

    def heard(one: Candidate) -> None:
        if not found:
            one.plan()
        found.append((clock.read(), one))

    return planner.answers(changed, heard=heard)


if __name__ == "__main__":
    main()
