"""Simulate a plan: ours, beside the same model in vectorised numpy and as a loop of simpy.

All sides count which consignments are late; ours counts the day of each, too. Consignment-samples a second
are of the processor, of one thread. The peers run a part of the runs: their speed does not hang on how many.
"""

import argparse
import json
import math
import statistics
import tempfile
from pathlib import Path

import numpy as np
from bench.record import PEERS, Benchmark, arguments, peak_mb, peer
from bench.simulating.exact import errors
from bench.simulating.plan import made_up
from bench.simulating.vectorised import Vectorised

from konvoi.forecast.core.draw import BY, WAIT, Seen, Span, journeys
from konvoi.forecast.delays import BY_NAME
from konvoi.forecast.journeys import Journeys
from konvoi.forecast.journeys import journeys as laid_out
from konvoi.forecast.tally import BLOCK, shared_luck

SMALL = 500
"""Consignments that the loop of simpy runs."""


def main() -> None:
    """Lay one plan out, run it on each side, compare speed and what comes out."""
    parser = arguments()
    parser.add_argument("--consignments", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    data = {"consignments": asked.consignments, "runs": asked.runs, "steps": 7, "seed": asked.seed}
    bench = Benchmark("simulate", data)
    late = {"simpy": _simpy(bench, asked)}
    laid = laid_out(*made_up(asked.consignments, asked.seed))
    late["ours, small"] = _late(laid_out(*made_up(SMALL, asked.seed)), 100, asked.seed)
    before = peak_mb()
    late["ours"] = _ours(bench, laid, asked)
    bench.figures["memory that the runs take (MB)"] = peak_mb() - before
    late["numpy"] = _numpy(bench, laid, asked)
    _goals(bench, asked, late)
    bench.finish(asked)


def _blocks(laid: Journeys, seed: int, count: int) -> list[float]:
    """Run blocks one after the other: the share that is late in each run."""
    days = np.zeros((len(laid.ids), BLOCK), dtype=np.uint16)
    seen: Seen = np.zeros((len(laid.ids), laid.last), dtype=np.int32)
    for block in range(count):
        luck = np.uint64(seed * 1_000_003 + block)
        journeys(laid.ways, shared_luck(laid, luck, BLOCK), Span(0, len(laid.ids), luck), days, seen)
    by = sum(int(line[: due + 1].sum()) for line, due in zip(seen, laid.due.tolist(), strict=True))
    return [1.0 - by / (len(laid.ids) * BLOCK * count)]


def _late(laid: Journeys, blocks: int, seed: int) -> list[float]:
    """The share that is late in each of some blocks."""
    return [_blocks(laid, seed * 100 + number, 1)[0] for number in range(blocks)]


def _ours(bench: Benchmark, laid: Journeys, asked: argparse.Namespace) -> list[float]:
    """All runs, after one block that compiles what is not compiled yet."""
    _blocks(laid, asked.seed, 1)
    count = -(-asked.runs // BLOCK)
    bench.measure("ours", lambda: _blocks(laid, asked.seed, count), runs=5)
    bench.figures["ours, samples a second"] = len(laid.ids) * count * BLOCK / bench.runs["ours"].cpu_median
    return _late(laid, 20, asked.seed)


def _numpy(bench: Benchmark, laid: Journeys, asked: argparse.Namespace) -> list[float]:
    """Blocks of fifty runs, which keeps what it holds near the processor; a twentieth of the runs."""
    model, size = Vectorised(laid), 50
    late: list[float] = []

    def work() -> None:
        for block in range(max(1, asked.runs // 20 // size)):
            day = model.block(size, len(late) + block + asked.seed * 1000)
            late.extend(float(one) for one in (day > model.due).mean(axis=1))

    bench.measure("numpy", work, runs=3)
    runs = len(late) / 3
    bench.figures["numpy, samples a second"] = len(laid.ids) * runs / bench.runs["numpy"].cpu_median
    return late


def _simpy(bench: Benchmark, asked: argparse.Namespace) -> list[float]:
    """A loop of simpy over a small part of the plan, in its own environment."""
    laid = laid_out(*made_up(SMALL, asked.seed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps(_document(laid)))
        loop = str(PEERS / "simpy_loop.py")
        outputs = [
            json.loads(bench.command("simpy", [peer("simpy"), loop, str(path), "60", str(seed)], runs=1))
            for seed in range(asked.seed, asked.seed + 3)
        ]
    speed = statistics.median(one["samples"] / one["seconds"] for one in outputs)
    bench.figures["simpy, samples a second"] = speed
    return [late for one in outputs for late in one["late"]]


def _document(laid: Journeys) -> dict[str, object]:
    """A plan that is laid out, as the loop reads it."""
    words = {BY: "by", WAIT: "wait"}
    ways = laid.ways
    steps = [
        {
            "spread": [step.spread.low, step.spread.middle, step.spread.high],
            "around": BY_NAME[step.kind].times,
            "shared": BY_NAME[step.kind].shared,
            "group": int(ways.group[at]),
            "how": words.get(int(ways.how[at]), "add"),
            "base": int(ways.base[at]),
            "departs": int(ways.onward[ways.line[at]][0]),
        }
        for at, step in enumerate(laid.steps)
    ]
    consignments = [
        {
            "starts": int(ways.starts[number]),
            "due": int(ways.due[number]),
            "steps": steps[int(ways.first[number]) : int(ways.first[number + 1])],
        }
        for number in range(len(laid.ids))
    ]
    return {"groups": len(laid.chance.keys), "consignments": consignments}


def _goals(bench: Benchmark, asked: argparse.Namespace, late: dict[str, list[float]]) -> None:
    """Speed, what comes out alike, what is known exactly, memory."""
    ours, numpy, simpy = (bench.figures[f"{name}, samples a second"] for name in ("ours", "numpy", "simpy"))
    bench.ratios |= {"ours over numpy": ours / numpy, "ours over simpy": ours / simpy}
    bench.at_least("ours over simpy", ours / simpy, 5000, unit="times")
    bench.at_least("ours over numpy", ours / numpy, 5, unit="times")
    bench.at_least("consignment-samples a second", ours / 1e6, 150, unit="million")
    for name, mine in (("numpy", "ours"), ("simpy", "ours, small")):
        bench.figures[f"late, {mine}"] = statistics.fmean(late[mine])
        bench.figures[f"late, {name}"] = statistics.fmean(late[name])
        bench.at_most(f"late: {mine} and {name}", _apart(late[mine], late[name]), 3, unit="standard errors")
    for name, apart in errors(asked.seed).items():
        bench.at_most(name, apart, 3, unit="standard errors")
    matrix = asked.consignments * asked.runs * 2 / 2**20
    bench.figures["one matrix of all days (MB)"] = matrix
    bench.at_most(
        "memory of the runs", bench.figures["memory that the runs take (MB)"], matrix / 2, unit="MB"
    )


def _apart(one: list[float], other: list[float]) -> float:
    """The distance of two means in standard errors; runs share luck, so it is runs that are independent."""
    error = math.sqrt(statistics.variance(one) / len(one) + statistics.variance(other) / len(other))
    return abs(statistics.fmean(one) - statistics.fmean(other)) / error


if __name__ == "__main__":
    main()
