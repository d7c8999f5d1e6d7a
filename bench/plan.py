"""Plan a problem of 200 needs against the rule of thumb, and a small one against the textbook model.

The value, bound and gap are those of one run; the small problem's bound is set against the optimum of flows
on arcs, built and solved in the same run.
"""

from bench.arcs import optimum
from bench.instances import SIZES, tables
from bench.record import Benchmark, peak_mb

from konvoi.plan.core.field import field_of
from konvoi.plan.core.whole import whole_of, worth
from konvoi.plan.greedy import rule_of_thumb
from konvoi.plan.limits import limits
from konvoi.plan.net import net
from konvoi.plan.problem import from_tables
from konvoi.plan.solve import Parameters, solve
from konvoi.plan.value import to_decimal

SIZE, SMALL, SEED = "S", "XXS", 1


def main() -> None:
    """Measure, compare, finish."""
    shape = SIZES[SIZE]
    data = {"needs": shape.needs, "offers": shape.offers, "weeks": shape.weeks, "seed": SEED}
    bench = Benchmark("plan", data=data)
    problem = from_tables(tables(SIZE, SEED))
    ways, rows = net(problem), limits(problem)
    whole = whole_of(field_of(ways, rows), rows)
    thumb = bench.measure("rule of thumb", lambda: rule_of_thumb(whole))
    plan = bench.measure("plan", lambda: solve(problem), runs=1)
    first = float(to_decimal(worth(whole, thumb)))
    bench.at_most("plan, in seconds", bench.runs["plan"].median, 60, unit="s")
    bench.at_least("plan above the rule of thumb", float(plan.value) / first, 1.02, unit="times its value")
    bench.at_most("plan below its bound", 100 * (1 - float(plan.value / plan.bound)), 8, unit="%")
    _against_arcs(bench)
    bench.at_most("memory", peak_mb(), 1000, unit="MB")
    bench.finish()


def _against_arcs(bench: Benchmark) -> None:
    """The same small problem both ways."""
    problem = from_tables(tables(SMALL, SEED))
    ways, rows = net(problem), limits(problem)
    exact = Parameters(gap=1e-6)
    ours = bench.measure(f"{SMALL} by consignments", lambda: solve(problem, parameters=exact))
    theirs = bench.measure(f"{SMALL} by flows on arcs", lambda: optimum(ways, rows))
    bench.ratio("consignments against arcs", f"{SMALL} by consignments", f"{SMALL} by flows on arcs")
    apart = abs(float(ours.bound) / theirs - 1)
    bench.at_most("bound and arc optimum apart", 100 * apart, 0.1, unit="%")


if __name__ == "__main__":
    main()
