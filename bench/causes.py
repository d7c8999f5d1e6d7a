"""Reasons for unmet needs, drawn at random, their remedies applied and planned anew: how many are confirmed.

A reason is confirmed if its need receives more once its remedy is applied (konvoi.plan.confirm).
"""

import random
from collections import Counter

from bench.instances import SIZES, tables
from bench.plan import seeds
from bench.record import Benchmark, arguments

from konvoi.plan.confirm import receives_more, trials
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

SHARE = 0.9


def main() -> None:
    """Draw reasons over all seeds, try them, finish."""
    parser = arguments()
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=["XS", "S"])
    parser.add_argument("--seeds", type=seeds, default=seeds("1-4"), help="such as 1-5 or 3")
    parser.add_argument("--draw", type=int, default=60, help="reasons in all")
    asked = parser.parse_args()
    data = {"sizes": asked.sizes, "seeds": asked.seeds, "drawn": asked.draw}
    bench = Benchmark("causes", data=data)
    drawn = []
    unique = True
    for size in asked.sizes:
        for seed in asked.seeds:
            problem = from_tables(tables(size, seed))
            plan = solve(problem)
            unique = unique and bool(plan.unmet.select("need", "cause").is_unique().all())
            drawn += [(plan, one) for one in trials(problem, plan)]
    random.Random(1).shuffle(drawn)
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for plan, one in drawn[: asked.draw]:
        cause = plan.unmet["cause"][one.line]
        tried[cause] += 1
        found = bench.once("a reason", lambda: receives_more(one.tables, plan, one.need))  # noqa: B023
        held[cause] += found
    bench.figures.update({f"{cause}: drawn": tried[cause] for cause in sorted(tried)})
    bench.figures.update({f"{cause}: confirmed": held[cause] for cause in sorted(tried)})
    share = sum(held.values()) / max(1, sum(tried.values()))
    bench.at_least("reasons confirmed", share, SHARE, unit="of those drawn")
    bench.at_least("needs with one line for each reason", float(unique), 1, unit="")
    bench.finish(asked)


if __name__ == "__main__":
    main()
