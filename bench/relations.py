"""Directed relations found in made-up records: money passed on, joint packages, totals to date, contracts."""

import statistics
import tempfile
import time
from pathlib import Path

import polars as pl
from bench.reconciling.ceiling import first_hop
from bench.reconciling.ours import paired
from bench.reconciling.prepared import prepare
from bench.reconciling.proposed import GOALS, measured
from bench.record import Benchmark, arguments

DEV = (11, 12, 13)
RECORDS = 60_000


def ceiling(folder: Path, seed: int) -> dict[str, float]:
    """How many first hops anybody could find."""
    totals = pl.read_parquet(folder / "totals.parquet").select("counted", "replaced", "unpriced")
    undertakings = int(totals.sum().sum_horizontal().item())
    return {f"first hop, ceiling: {name}": value for name, value in first_hop(seed, undertakings).items()}


def main() -> None:
    """Each seed by itself; medians and the worst are set against the goals."""
    parser = arguments()
    parser.add_argument("--records", type=int, default=RECORDS, help="records of each set")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(DEV), help="seeds of the sets")
    options = parser.parse_args()
    bench = Benchmark("relations", data={"records": options.records, "seeds": list(options.seeds)})
    start = time.process_time()
    every = []
    with tempfile.TemporaryDirectory() as spare:
        for seed in options.seeds:
            folder = prepare(options.records, seed, 1, Path(spare))
            pairs = paired(pl.read_parquet(folder / "prepared.parquet"))
            every.append(measured(folder, pairs) | ceiling(folder, seed))
    bench.figures["processor seconds"] = time.process_time() - start
    for name in every[0]:
        values = [one[name] for one in every]
        bench.figures[name] = statistics.median(values)
        bench.figures[f"{name}, worst"] = (max if "wrong" in name or "seconds" in name else min)(values)
    for name, sign, bound in GOALS:
        goal = bench.at_least if sign == ">=" else bench.at_most
        for asked in (name, f"{name}, worst"):
            goal(asked, bench.figures[asked], bound, unit="")
    bench.finish(options)


if __name__ == "__main__":
    main()
