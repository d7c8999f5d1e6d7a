"""The best plans known: problems planned at length, and their values kept in best.json.

    PYTHONPATH=src:. python -m bench.best --size L --seeds 1-5

A value is replaced by a better one alone, so that long runs on many machines add up. `bench.plan` then says
how far a plan is from the best known: nobody mistakes the slack of its bound for its own.
"""

import argparse
import json
import sys

from bench.instances import SIZES, tables
from bench.plan import BEST, seeds

from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import Parameters, solve

LONG = Parameters(rounds=160, gap=5e-4, clusters=400)
"""Twice the rounds that a plan usually has, to a gap that ends few of them, and ten times the clusters."""


def main() -> None:
    """Plan each problem at length, and keep what is better than what is known."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", choices=SIZES, default="L")
    parser.add_argument("--seeds", type=seeds, default="1-5")
    asked = parser.parse_args()
    for seed in asked.seeds:
        plan = solve(from_tables(tables(asked.size, seed)), parameters=LONG)
        kept(plan.problem, float(plan.value))
        gap = 100 * float(1 - plan.value / plan.bound)
        print(f"{asked.size} {seed}: {plan.value}, {gap:.2f} % below its bound", file=sys.stderr, flush=True)


def kept(problem: str, value: float) -> None:
    """Keep a value of a problem, by its digest, unless a better one is known."""
    known = json.loads(BEST.read_text("utf-8"))
    known[problem] = max(value, known.get(problem, value))
    BEST.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
