"""Companies of sanctions lists known over two lists by name alone, beside logic-v2 of nomenklatura."""

import os

# The goals are of one thread; the table engine counts them when it is first loaded.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from bench.aligning.lists import every, hidden, of_kind
from bench.aligning.peer import asked as asked_pairs
from bench.aligning.peer import scores
from bench.aligning.truth import Truth, between, counts, rates, truth
from bench.record import Benchmark, arguments

from konvoi.align.frames import Frames
from konvoi.align.parties import aligned

TASKS = {
    "companies EU-UA": ("entity", ("eu", "ua")),
    "companies EU-US": ("entity", ("eu", "us")),
    "companies US-UA": ("entity", ("ua", "us")),
}
FASTER = 20.0
TRIED = [n / 100 for n in range(30, 100)]


@dataclass(frozen=True)
class _Task:
    """One task: what both get, and what is true."""

    name: str
    frames: Frames
    known: Truth


def ours(bench: Benchmark, task: _Task) -> pl.DataFrame:
    """Our answer as counts, at the thresholds that ship."""
    found = bench.measure(f"{task.name}: ours", lambda: aligned(task.frames), runs=1)
    regimes = task.frames.listings.select("listing", "regime")
    told = found.parties.join(regimes, on="listing")
    both = told.join(told, on="party").filter(pl.col("regime") < pl.col("regime_right"))
    return counts(task.known, both.select(left="listing", right="listing_right"))


def theirs(bench: Benchmark, task: _Task) -> pl.DataFrame:
    """The peer's answer as counts, at its best threshold of all, which only the truth tells."""
    pairs = asked_pairs(task.frames)
    bench.figures[f"{task.name}: pairs that the peer compares"] = pairs.height
    with tempfile.TemporaryDirectory() as folder:
        found = scores(bench, f"{task.name}: logic-v2", task.frames, pairs, Path(folder))
    each = [counts(task.known, found.filter(pl.col("score") >= least)) for least in TRIED]
    return max(each, key=lambda told: rates(told)["F1"])


def compared(bench: Benchmark, task: _Task, *, alone: bool) -> None:
    """One task, ours and theirs, and the goals."""
    mine = ours(bench, task)
    shown = {f"{task.name}: ours, {what}": value for what, value in rates(mine).items()}
    low, high = between(mine)
    shown |= {f"{task.name}: ours, F1 from": low, f"{task.name}: ours, F1 to": high}
    shown[f"{task.name}: truths"] = task.known.true.height
    shown[f"{task.name}: numbers borne twice, left out"] = task.known.twice
    bench.figures |= shown
    if alone:
        return
    other = theirs(bench, task)
    bench.figures |= {f"{task.name}: logic-v2, best {what}": value for what, value in rates(other).items()}
    low, high = between(mine, other)
    bench.figures |= {f"{task.name}: ours less theirs, from": low, f"{task.name}: ours less theirs, to": high}
    bench.at_least(f"{task.name}: not below the peer's best", high, 0.0, unit="F1")
    runs = (bench.runs[f"{task.name}: {who}"].cpu_median for who in ("logic-v2", "ours"))
    bench.at_least(f"{task.name}: as fast", next(runs) / next(runs), FASTER, unit="times")


def main() -> None:
    """Run all tasks, or those that are named."""
    parser = arguments()
    parser.add_argument("tasks", nargs="*", help=f"{', '.join(TASKS)}; all where none is named")
    parser.add_argument("--alone", action="store_true", help="ours only, without the peer")
    asked = parser.parse_args()
    chosen = {name: told for name, told in TASKS.items() if not asked.tasks or name in asked.tasks}
    whole = every(sorted({regime for _, regimes in chosen.values() for regime in regimes}))
    bench = Benchmark("align", {"tasks": ", ".join(chosen)})
    for name, (kind, regimes) in chosen.items():
        told = of_kind(whole, regimes, kind)
        compared(bench, _Task(name, hidden(told), truth(told, kind)), alone=asked.alone)
    bench.finish(asked)


if __name__ == "__main__":
    main()
