"""Plans of both generators, checked by a program that shares no code with the planner or the audit.

PYTHONPATH=src:. python -m bench.rechecked --sizes S M --seeds 1-2
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import polars as pl
from bench.checking.check import Checked, check
from bench.instances import SIZES, tables
from bench.plan import AS_LARGE, seeds
from bench.record import Benchmark, arguments
from bench.weekly import weekly

from konvoi.gateways.files import write_folder
from konvoi.plan.folder import files
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve
from konvoi.report.tables import csv_files

GENERATORS: Mapping[str, Callable[[str, int], dict[str, pl.DataFrame]]] = {"own": tables, "second": weekly}


def main() -> None:
    """Plan each problem, check the folders, finish."""
    parser = arguments()
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=["S", "M"])
    parser.add_argument("--seeds", type=seeds, default=seeds("1-2"), help="such as 1-5 or 3")
    parser.add_argument("--generators", nargs="*", choices=GENERATORS, default=list(GENERATORS))
    asked = parser.parse_args()
    data = {"sizes": asked.sizes, "seeds": asked.seeds, "generators": asked.generators}
    bench = Benchmark("rechecked", data=data)
    rules: Counter[str] = Counter()
    for size in asked.sizes:
        for seed in asked.seeds:
            for name in asked.generators:
                world = GENERATORS[name](size, seed)
                problem = from_tables(world)
                plan = bench.once("plan", partial(solve, problem, parameters=AS_LARGE.get(size)))
                found = bench.once("check", partial(rechecked, world, plan))
                rules.update(one.rule for one in found.faults)
                told: dict[str, float] = {"movements": found.movements, "faults": len(found.faults)}
                told["below the bound, %"] = round(100 * float(1 - plan.value / plan.bound), 3)
                bench.figures.update({f"{name} {size} {seed}: {what}": told[what] for what in told})
    bench.figures.update({f"faults, {rule}": count for rule, count in sorted(rules.items())})
    bench.at_most("faults", sum(rules.values()), 0, unit="")
    bench.finish(asked)


def rechecked(world: dict[str, pl.DataFrame], plan: Plan) -> Checked:
    """Return the result of checking a plan and its problem as they are written to folders."""
    with tempfile.TemporaryDirectory() as folder:
        problem, out = Path(folder) / "problem", Path(folder) / "plan"
        write_folder(problem, csv_files(world))
        write_folder(out, files(plan))
        return check(problem, out)


if __name__ == "__main__":
    main()
