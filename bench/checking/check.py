"""The check of a plan folder against the folder of its problem.

PYTHONPATH=. python -m bench.checking.check PROBLEM PLAN
"""

import argparse
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bench.checking.movements import Fault, faults_of_movements
from bench.checking.sums import faults_of_needs, faults_of_sums, totals, value
from bench.checking.tables import PlanFolder, Problem

_DIGITS = Fraction(1, 10**6)
_SHOWN = 12


@dataclass(frozen=True)
class Checked:
    """The faults of a plan, its value counted anew, and how many movements it has."""

    faults: tuple[Fault, ...]
    value: Fraction
    movements: int


def check(problem: Path, plan: Path) -> Checked:
    """Return the result of a check: every rule, every limit, every sum, the value and that of the bound."""
    tables = Problem(problem)
    folder = PlanFolder(plan)
    sums = totals(tables, folder)
    counted = value(tables, sums)
    found = [
        *faults_of_movements(tables, folder),
        *faults_of_sums(tables, folder, sums),
        *faults_of_needs(tables, folder, sums),
    ]
    stated = folder.stated
    if abs(stated["value"] - counted) > _DIGITS * max(Fraction(1), counted):
        found.append(Fault("another value", "plan", f"{float(counted)}, {float(stated['value'])}"))
    if counted > stated["bound"]:
        found.append(Fault("above the bound", "plan", f"{float(counted)}, {float(stated['bound'])}"))
    return Checked(tuple(found), counted, len(folder.movements))


def main() -> None:
    """Check one plan, tell what was found, and end with 1 if that is anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("problem", type=Path)
    parser.add_argument("plan", type=Path)
    asked = parser.parse_args()
    found = check(asked.problem, asked.plan)
    print(f"{found.movements} movements, value {float(found.value):.6f}, {len(found.faults)} faults")
    for rule, count in Counter(one.rule for one in found.faults).most_common():
        print(f"{count} × {rule}")
    for one in found.faults[:_SHOWN]:
        print(f"  {one.rule}: {one.record} {one.figures}")
    raise SystemExit(bool(found.faults))


if __name__ == "__main__":
    main()
