"""Measure the totals of a synthetic coalition of twenty partners with planted faults and known truth."""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.coalition.build import FAULTS, build
from bench.coalition.dialects import DIALECTS, write
from bench.coalition.measure import ClassOutcome, Outcome, as_json, by_class, whole
from bench.coalition.world import PARTNERS
from bench.record import Benchmark, arguments

FIGURES = (
    "error",
    "expected",
    "partners_strict",
    "kinds_strict",
    "goods",
    "alarms",
    "unplaced",
    "pairs",
    "seconds",
)
RIGHT = ("right", "in range", "asked")


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = arguments()
    parser.add_argument("--seed", type=int, help="one seed, instead of --seeds")
    parser.add_argument("--seeds", default="1-3", help="first and last seed, such as 1-3")
    parser.add_argument("--rounds", type=int, default=2, help="how often each class is planted")
    parser.add_argument("--gifts", type=int, default=8, help="clean gifts of each partner")
    parser.add_argument("--by-class", action="store_true", help="each class of faults alone")
    parser.add_argument("--fault", action="append", choices=sorted(FAULTS), help="only this class")
    parser.add_argument("--write", type=Path, help="write the submissions of --seed to a folder and end")
    parser.add_argument("--keep", type=Path, help="keep workspaces and submissions in this folder")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    seeds = [asked.seed] if asked.seed is not None else list(range(int(first), int(last or first) + 1))
    if asked.write:
        coalition = build(seeds[0], rounds=asked.rounds, gifts=asked.gifts)
        for document in coalition.documents:
            write(document, asked.write)
        sys.exit(0)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if asked.by_class:
            outcomes = by_class(seeds[0], folder, asked.fault or tuple(FAULTS))
            _print_classes(outcomes, asked.json)
            sys.exit(0 if all(outcome.verdict in RIGHT for outcome in outcomes) else 1)
        measured = []
        for seed in seeds:
            measured.append(whole(seed, folder, rounds=asked.rounds, gifts=asked.gifts))
            print(json.dumps(as_json(measured[-1]), ensure_ascii=False), file=sys.stderr, flush=True)
    _finish(measured, asked)


def _print_classes(outcomes: Sequence[ClassOutcome], as_document: bool) -> None:
    """Print the table of classes."""
    if as_document:
        print(json.dumps([as_json(outcome) for outcome in outcomes], indent=1, ensure_ascii=False))
        return
    print("class | verdict | true (EUR m) | value | lowest | highest | findings | pairs | not held | codes")
    print("--- | --- | --- | --- | --- | --- | --- | --- | --- | ---")
    for one in outcomes:
        stated = (one.true, one.value, one.lowest, one.highest)
        figures = ["none" if figure is None else f"{figure / 1e6:.2f}" for figure in stated]
        found = f"{one.found} of {one.places}" if one.places else ""
        missed = " ".join([*one.partners, *one.goods])
        parts = [one.fault, one.verdict, *figures, found, str(one.pairs), missed, " ".join(one.codes)]
        print(" | ".join(parts), *one.failures, flush=True)


def _finish(outcomes: Sequence[Outcome], asked: argparse.Namespace) -> None:
    """Set medians against the goals, print everything, and exit."""
    bench = _against_goals(outcomes, {"rounds": asked.rounds, "gifts": asked.gifts})
    if asked.json:
        document = bench.document() | {"outcomes": [as_json(outcome) for outcome in outcomes]}
        print(json.dumps(document, indent=1, ensure_ascii=False))
        sys.exit(0 if all(goal.reached for goal in bench.goals) else 1)
    for outcome in outcomes:
        figures = (outcome.true, outcome.value, outcome.lowest, outcome.highest)
        true, value, lowest, highest = (f"{figure / 1e6:.1f}" for figure in figures)
        print(f"seed {outcome.seed}: EUR m: true {true}, value {value}, range {lowest} to {highest}", end="")
        print(f", error {outcome.error:+.1%}; estimate {outcome.estimate / 1e6:.1f}", end="")
        print(f", error {outcome.expected:+.1%}")
        for what, keys in outcome.missed.items():
            print(f"  not held or found, {what}: {' '.join(keys) or 'none'}")
        for failure in outcome.failures:
            print(f"  no answer: {failure}")
    bench.finish(asked)


def _against_goals(outcomes: Sequence[Outcome], size: dict[str, int]) -> Benchmark:
    """Return the medians of all seeds, and the goals."""
    seeds = [outcome.seed for outcome in outcomes]
    data = {"partners": len(PARTNERS), "dialects": len(DIALECTS), "faults": len(FAULTS), "seeds": seeds}
    bench = Benchmark("coalition", data=data | size)

    def median(name: str) -> float:
        return statistics.median(float(getattr(outcome, name)) for outcome in outcomes)

    for name in FIGURES:
        bench.figures[f"median {name}"] = median(name)
    errors = statistics.median(abs(outcome.error) for outcome in outcomes)
    bench.at_most("error of the total", errors, 0.10, unit="of the truth")
    expected = statistics.median(abs(outcome.expected) for outcome in outcomes)
    bench.at_most("error of the estimate", expected, 0.10, unit="of the truth")
    bench.at_least("partners whose range holds the truth", median("partners"), 0.95, unit="of all")
    bench.at_least("kinds whose range holds the truth", median("kinds"), 0.95, unit="of all")
    least = min(outcome.found for outcome in outcomes)
    bench.at_least("faults of scale or currency with a finding", least, 1.0, unit="of all, worst seed")
    return bench


if __name__ == "__main__":
    main()
