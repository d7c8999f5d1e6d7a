"""Plan problems of one size, against greedy rules, solvers on the textbook model, and the goals for it.

Goals on time are set against the smaller of the clock and the processor seconds of all threads, so that a
busy machine changes little; both stand beside them. What a peer does not do within its patience counts as
that patience, so that a ratio is then the least it can be.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import polars as pl
from bench.arcs import model, save
from bench.greedy import filled
from bench.greedy import worth as greedy_worth
from bench.instances import SIZES, START, tables
from bench.record import ROOT, Benchmark, arguments, peak_mb, peer

from konvoi.plan.core.field import Field, field_of
from konvoi.plan.core.search import Pace, Search, search_of
from konvoi.plan.core.whole import Sent, Whole, whole_of, worth
from konvoi.plan.goal import Payoff, blend
from konvoi.plan.goals import MEMBERS as GOALS
from konvoi.plan.goals.coverage import MEMBER as COVERAGE
from konvoi.plan.greedy import density, priority, priority_first, rule_of_thumb
from konvoi.plan.layout import limits, net
from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.plan import Plan
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Scenario, Shut, supposed
from konvoi.plan.solve import Parameters, solve
from konvoi.plan.value import to_decimal

PEERS = {"GLOP": ("ortools", "glop"), "CBC": ("pulp", "cbc"), "HiGHS": ("linopy", "highs")}
FASTER = {"GLOP": 30, "CBC": 200}
ARCS = ("XXS", "XS", "S")
"""The sizes of which the textbook model can be built and solved."""
MIXED = ("XXS", "XS", "S", "SM")
"""The sizes that have a goal for the mix alone, or peers that solve the same."""
MIX, PLAN, BUILD = "mix to a gap of 0.1 %", "plan", "build the model"
SOON = "plan, soon"
CLOSE, ROUNDS = 1e-3, 100
AS_LARGE = {"L": Parameters(rounds=28, clusters=24), "XL": Parameters(rounds=20)}
"""How the largest are planned, where there is not time for all that the planner does by itself."""
HURRIED = Parameters(rounds=24, clusters=8)
"""How the largest are planned where the plan is wanted soon and its bound may be wider."""
BEST = ROOT / "bench" / "best.json"
"""The value of the best plan known of a problem, by the problem's digest."""


Rule = Callable[[Whole], Sent]
Order = Callable[[Problem], list[int]]
RULES: tuple[tuple[str, Rule, Order], ...] = (
    ("priority first", priority_first, priority),
    ("density first", rule_of_thumb, density),
)
"""The rules that plans are held against: compiled, and as the order in which plain code fills needs."""


@dataclass(frozen=True)
class Laid:
    """A problem laid out for planning."""

    problem: Problem
    net: Net
    limits: Limits
    field: Field
    whole: Whole


@dataclass(frozen=True)
class Found:
    """The plan, the one wanted soon, the values of the greedy plans, the gap of the mix in per cent.

    peak: of memory so far, in MB; that of the first problem is what one problem takes.
    """

    plan: Plan
    soon: Plan
    priority: float
    density: float
    mixed: float
    peak: float

    @property
    def value(self) -> float:
        """What the plan is worth."""
        return float(self.plan.value)

    @property
    def bound(self) -> float:
        """What no plan exceeds."""
        return float(self.plan.bound)

    @property
    def gap(self) -> float:
        """How far the plan is below its bound, in per cent."""
        return 100 * (1 - self.value / self.bound)


def main() -> None:
    """Measure all seeds of a size, compare, finish."""
    parser = arguments()
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--seeds", type=seeds, default=seeds("1-5"), help="such as 1-5 or 3")
    parser.add_argument("--patience", type=int, default=900, help="processor seconds for each peer")
    parser.add_argument("--peers", nargs="*", choices=[*PEERS], default=[*PEERS], help="none: leave them out")
    asked = parser.parse_args()
    shape = SIZES[asked.size]
    data = {"size": asked.size, "needs": shape.needs, "offers": shape.offers, "weeks": shape.weeks}
    bench = Benchmark("plan", data=data | {"seeds": asked.seeds})
    _warm()
    peers = _peers(bench, asked) if asked.size in ARCS else {}
    found = [_found(bench, asked.size, seed) for seed in asked.seeds]
    _goals(bench, asked.size, found)
    _against(bench, asked, peers, found[0])
    if asked.size == "M":
        _what_if(bench, tables(asked.size, asked.seeds[0]), found[0].plan)
    bench.finish(asked)


def _warm() -> None:
    """Let all be compiled that will be measured."""
    small = from_tables(tables("XXS", 1))
    solve(small, near=solve(small))


def seeds(text: str) -> list[int]:
    """Seeds as the command line names them."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def _laid(size: str, seed: int) -> Laid:
    """A problem, laid out from its tables."""
    problem = from_tables(tables(size, seed))
    ways, rows = net(problem), limits(problem)
    field = field_of(ways, rows)
    return Laid(problem, ways, rows, field, whole_of(field, rows))


def _found(bench: Benchmark, size: str, seed: int) -> Found:
    """Plan one problem, by the planner and by the rules."""
    problem, (first, dense), mix = _ruled(bench, size, seed)
    plan = bench.once(PLAN, lambda: solve(problem, parameters=AS_LARGE.get(size)))
    soon = bench.once(SOON, lambda: solve(problem, parameters=HURRIED)) if size == "L" else plan
    mixed = 100 * mix.gap if mix else 0.0
    found = Found(plan, soon, first, dense, mixed, peak_mb())
    told = {"value": found.value, "bound": found.bound, "below the bound, %": found.gap}
    told |= {"above priority": found.value / first, "above density": found.value / dense}
    told |= {"gap of the mix, %": mixed} if mix else {}
    told |= {"soon, value": float(soon.value)} if soon is not plan else {}
    best = json.loads(BEST.read_text("utf-8")).get(plan.problem)
    told |= {"below the best plan known, %": 100 * (1 - found.value / best)} if best else {}
    bench.figures.update({f"{size} {seed}: {name}": figure for name, figure in told.items()})
    return found


def _ruled(bench: Benchmark, size: str, seed: int) -> tuple[Problem, list[float], Search | None]:
    """A problem, the values of the rules' plans, the mix where it has a goal.

    What is laid out for them ends here: the planner lays it out anew, and its memory is measured.
    """
    here = bench.once(BUILD, lambda: _laid(size, seed))
    mix = bench.once(MIX, lambda: _mixed(here, blend(here.problem, GOALS))) if size in MIXED else None
    return here.problem, [_greedy(bench, size, here, rule) for rule in RULES], mix


def _greedy(bench: Benchmark, size: str, here: Laid, rule: tuple[str, Rule, Order]) -> float:
    """What is done where nothing is computed; the largest by compiled code, which does the same."""
    name, compiled, order = rule
    if size in AS_LARGE:
        plan = bench.once(name, lambda: compiled(here.whole))
        return float(to_decimal(worth(here.whole, plan)))
    ordered = order(here.problem)
    return greedy_worth(here.problem, bench.once(name, lambda: filled(here.net, here.limits, ordered)))


def _mixed(here: Laid, payoff: Payoff, *, gap: float = CLOSE, to_the_end: bool = False) -> Search:
    """The search for the best mix, as konvoi.plan.solve conducts it, until the gap is as small."""
    pace = Pace(small=10**9) if to_the_end else Pace()
    search = search_of(here.limits, here.field, payoff, rule_of_thumb(here.whole)[0], pace)
    search.settle(ROUNDS, gap)
    return search


def _goals(bench: Benchmark, size: str, found: Sequence[Found]) -> None:
    """The goals for a size."""
    seconds = bench.runs[PLAN].alone_median
    gap = statistics.median(one.gap for one in found)
    if size == "S":
        bench.at_most("plan below its bound", gap, 1, unit="%")
        bench.at_most("seconds to the plan", seconds, 5, unit="s")
    if size in ("S", "SM"):
        bench.at_most("gap of the mix", statistics.median(one.mixed for one in found), 0.1, unit="%")
        bench.at_most("seconds to it", bench.runs[MIX].alone_median, 1 if size == "S" else 5, unit="s")
    elif size == "M":
        bench.at_most("plan below its bound", gap, 1, unit="%")
        bench.at_most("seconds to the plan", seconds, 10, unit="s")
        bench.at_most(
            "part that building takes",
            bench.runs[BUILD].cpu_median / bench.runs[PLAN].cpu_median,
            0.05,
            unit="",
        )
    elif size == "L":
        above = statistics.median(float(one.soon.value) / one.priority for one in found)
        bench.at_least("plan above priority first", above, 1.18, unit="times its value")
        above = statistics.median(float(one.soon.value) / one.density for one in found)
        bench.at_least("plan above density first", above, 1.03, unit="times its value")
        bench.at_most("seconds to that plan", bench.runs[SOON].alone_median, 60, unit="s")
        bench.at_most("plan below its bound", gap, 2, unit="%")
        bench.at_most("seconds to plan and bound", seconds, 60, unit="s")
        bench.at_most("memory for one problem", found[0].peak, 1000, unit="MB")
    elif size == "XL":
        bench.at_most("plan below its bound", gap, 4, unit="%")
        bench.at_most("seconds to plan and bound", seconds, 600, unit="s")
        bench.at_most("memory for one problem", found[0].peak, 4000, unit="MB")


def _what_if(bench: Benchmark, handed: dict[str, pl.DataFrame], force: Plan) -> None:
    """Plan anew with the busiest lane shut for five weeks: near the plan in force, and from nothing."""
    busiest = force.legs.group_by("lane").len().sort("len", "lane")["lane"][-1]
    shut = Shut(busiest, START + timedelta(weeks=10), START + timedelta(weeks=15, days=-1))
    changed = from_tables(supposed(handed, Scenario("shut", shut=(shut,))))
    cold = bench.once("what if, from nothing", lambda: solve(changed))
    near = bench.once("what if, near the plan", lambda: solve(changed, near=force))
    times = bench.runs["what if, from nothing"].cpu_median / bench.runs["what if, near the plan"].cpu_median
    bench.at_least("what if faster than from nothing", times, 5, unit="times")
    gaps = [100 * float(1 - plan.value / plan.bound) for plan in (near, cold)]
    bench.at_most("its gap above that from nothing", gaps[0] - gaps[1], 0.1, unit="%")


def _peers(bench: Benchmark, asked: argparse.Namespace) -> dict[str, float | None]:
    """The optimum that each peer finds on the textbook model of the first seed, None where it found none."""
    here = _laid(asked.size, asked.seeds[0])
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arcs.npz"
        save(model(here.net, here.limits), path)
        for name in asked.peers:
            environment, module = PEERS[name]
            argv = [peer(environment), "-m", f"bench.peers.{module}", str(path)]
            output = bench.within(name, argv, asked.patience)
            told = [line for line in (output or "").splitlines() if line.startswith('{"optimal": true')]
            found[name] = json.loads(told[0])["value"] if told else None
    return found


def _against(
    bench: Benchmark, asked: argparse.Namespace, peers: dict[str, float | None], ours: Found
) -> None:
    """How much faster than the peers, and whether all come to one optimum."""
    if not peers:
        return
    seconds = bench.runs[BUILD].cpu[0] + bench.runs[MIX].cpu[0]
    for name in peers:
        times = bench.ratios[f"{MIX}, against {name}"] = bench.runs[name].cpu[0] / seconds
        if asked.size == "S" and name in FASTER:
            bench.at_least(f"faster than {name}", times, FASTER[name], unit="times")
    known = [value for value in peers.values() if value is not None]
    if known:
        here = _laid(asked.size, asked.seeds[0])
        best = bench.once(
            "mix to the end",
            lambda: _mixed(here, blend(here.problem, (COVERAGE,)), gap=1e-7, to_the_end=True),
        )
        apart = max(abs(best.brings / value - 1) for value in known)
        bench.at_most("optimum apart from that of peers", 1e6 * apart, 1, unit="in a million")
        apart = max(abs(ours.bound / value - 1) for value in known)
        bench.at_most("bound of the plan apart from it", 100 * apart, 0.1, unit="%")


if __name__ == "__main__":
    main()
