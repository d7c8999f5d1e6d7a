"""Match five million made-up records on one machine: seconds, and the peak of memory.

Seeds of `bench.pledges` are put side by side, each a few times, in which no two ever meet: as dense as one of
them, and many times as long. Texts of copies are equal, so that more of their likeness is looked up than in
as many records made one by one.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import polars as pl
from bench.reconciling.fitted import fitted
from bench.reconciling.prepared import prepare, settings
from bench.record import Benchmark, arguments, peak_mb

from konvoi.link.match import match

GIGABYTE = 1024


def tiled(folder: Path, seeds: int, each: int, copies: int) -> int:
    """Write copies of seeds (many.parquet), each with units and counterparties of its own; its height."""
    parts = []
    for seed in range(11, 11 + seeds):
        table = pl.read_parquet(prepare(each, seed, 1.0, folder) / "prepared.parquet")
        for copy in range(copies):
            mark = pl.lit(f"{seed}{copy:03d}/")
            parts.append(
                table.with_columns(
                    (mark + pl.col(name)).alias(name) for name in ("id", "unit", "counterparty")
                )
            )
    every = pl.concat(parts)
    every.write_parquet(folder / "many.parquet", compression_level=1)
    return every.height


def run(folder: Path) -> dict[str, float]:
    """Table on disk to scored pairs and clusters on disk, in a process of its own."""
    start = time.process_time()
    asked = replace(settings(), memory="1GB", spill=str(folder / "spill"))
    found = match(pl.read_parquet(folder / "many.parquet"), asked, weights=fitted())
    if found.used is None:
        sys.exit(str(found.findings))
    found.pairs.write_parquet(folder / "found.parquet")
    found.clusters.write_parquet(folder / "found-clusters.parquet")
    return {
        "processor": time.process_time() - start,
        "pairs in blocks": float(found.blocks["pairs"].sum()),
        "pairs found": found.pairs.height,
        "groups put aside": found.overflow.height,
        "peak": peak_mb(),
    }


def measured(asked: argparse.Namespace, folder: Path) -> None:
    """Make the table, match it, set goals."""
    bench = Benchmark("many", {"seeds": asked.seeds, "each": asked.each, "copies": asked.copies})
    script = "import sys; from pathlib import Path; from bench.many import tiled; print(tiled("
    script += f"Path(sys.argv[1]), {asked.seeds}, {asked.each}, {asked.copies}))"
    bench.figures["records"] = float(
        bench.command("make", [sys.executable, "-c", script, str(folder)], runs=1)
    )
    told = bench.command("match", [sys.executable, "-m", "bench.many", "--run", str(folder)], runs=1)
    bench.figures |= json.loads(told.splitlines()[-1])
    bench.at_most("match", bench.runs["match"].median, 600, unit="s")
    bench.at_most("match, peak of memory", bench.runs["match"].peak_mb or 0, 8 * GIGABYTE, unit="MB")
    bench.finish(asked)


def main() -> None:
    """Measure, or be the process that is measured."""
    parser = arguments()
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--each", type=int, default=100_000, help="about so many records a seed")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="where made tables are kept for the next run")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(run(asked.run)))
        return
    with tempfile.TemporaryDirectory() as spare:
        measured(asked, asked.folder or Path(spare))


if __name__ == "__main__":
    main()
