"""Plan problems of the second structure, with and without needs that nothing can meet, and the goals for it.

PYTHONPATH=src:. python -m bench.structures --size M --seeds 1-2 [--sharing] [--by-value]
"""

import statistics
from functools import partial

from bench.instances import SIZES
from bench.plan import seeds
from bench.record import Benchmark, arguments
from bench.weekly import weekly

from konvoi.plan.audit import audit
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

HOPELESS = 0.3
"""Part of the needs that nothing can meet, in the second problem of each seed."""

SMALL_GAP, GAP = 1, 2
"""Goals for the distance of plans from their bounds, in per cent: at S, and at other sizes."""


def main() -> None:
    """Plan each seed twice, audit both plans, finish."""
    parser = arguments()
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--seeds", type=seeds, default=seeds("1-2"), help="such as 1-5 or 3")
    parser.add_argument("--sharing", action="store_true", help="kits have needs in common")
    parser.add_argument("--by-value", action="store_true", help="partners are capped by value, too")
    asked = parser.parse_args()
    kinds = {"sharing": asked.sharing, "by_value": asked.by_value}
    data = {"size": asked.size, "seeds": asked.seeds, **kinds}
    bench = Benchmark("structures", data=data)
    solve(from_tables(weekly("XXS", 1)))
    gaps: dict[float, list[float]] = {0.0: [], HOPELESS: []}
    faults = 0
    for seed in asked.seeds:
        for part, found in gaps.items():
            world = weekly(asked.size, seed, hopeless=part, **kinds)
            problem = from_tables(world)
            plan = bench.once(f"plan, {part:.0%} hopeless", partial(solve, problem))
            found.append(100 * float(1 - plan.value / plan.bound))
            faults += len(audit(world, plan))
            bench.figures[f"{asked.size} {seed}, {part:.0%} hopeless: below the bound, %"] = found[-1]
    most = SMALL_GAP if asked.size == "S" else GAP
    bench.at_most("plan below its bound", statistics.median(gaps[0.0]), most, unit="%")
    bench.at_most("the same with hopeless needs", statistics.median(gaps[HOPELESS]), most, unit="%")
    bench.at_most("faults by the audit", faults, 0, unit="")
    bench.finish(asked)


if __name__ == "__main__":
    main()
