"""A partner's workbook of 50,000 rows comes back marked."""

import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from bench.record import Benchmark

from konvoi.model.tables import BY_NAME
from konvoi.report.submissions.template import template

ROWS = 50_000
FAULTY = 20
DAY = date(2031, 4, 2)
SECONDS, MEGABYTES = 60, 1024


def workbook(rows: int = ROWS, *, party: str = "PL") -> bytes:
    """Lines of fifty packages; of every so many one has a day or a choice that nobody can read."""
    packages = pl.DataFrame(
        {
            "package": [f"P-{at}" for at in range(50)],
            "party": [party] * 50,
            "day": [DAY] * 50,
            "kind": ["energy"] * 50,
        }
    )
    lines = pl.DataFrame(
        {
            "line": [f"L-{at}" for at in range(rows)],
            "package": [f"P-{at % 50}" for at in range(rows)],
            "good": [f"good-{at % 200}" for at in range(rows)],
            "quantity": [Decimal(at % 900 + 1) for at in range(rows)],
            "unit": ["piece"] * rows,
            "amount": [at * 100 for at in range(rows)],
            "currency": ["EUR"] * rows,
            "valuation": ["given"] * rows,
            "route": ["from stock" if at % FAULTY else "by balloon" for at in range(rows)],
            "promised": [DAY] * rows,
        }
    )
    tables = {"packages": packages, "lines": lines}
    whole = {
        name: pl.concat([BY_NAME[name].empty(), frame], how="diagonal_relaxed")
        for name, frame in tables.items()
    }
    head = {"party": party, "day": DAY.isoformat(), "marking": "coalition"}
    return template("de", day=DAY, head=head, rows=whole)


def marking(bench: Benchmark) -> None:
    """Read and mark it as a person does, each time in a process of its own; errors in it are no failure."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "list.xlsx", Path(folder) / "marked.xlsx"
        # Made elsewhere: what it takes must not count for the measured process.
        _python(bench, "make the workbook", _MAKE, str(path), runs=1)
        _python(bench, "mark a workbook", _MARK, "read", str(path), "--mark", str(out), "--over", runs=3)
    runs = bench.runs["mark a workbook"]
    bench.at_most(f"a workbook of {ROWS:,} rows marked", runs.median, SECONDS, unit="s")
    # The verb and the child that opens the file are there at the same time; the larger of them was measured.
    bench.at_most("memory of verb and child together", 2 * (runs.peak_mb or 0), MEGABYTES, unit="MB")


_MAKE = """
import pathlib, sys
from bench.daily_marked import workbook
pathlib.Path(sys.argv[1]).write_bytes(workbook())
"""
_MARK = """
import subprocess, sys
sys.exit(subprocess.call([sys.executable, "-m", "konvoi.cli", *sys.argv[1:]]) > 1)
"""


def _python(bench: Benchmark, name: str, code: str, *argv: str, runs: int) -> None:
    bench.command(name, [sys.executable, "-c", code, *argv], runs=runs)
