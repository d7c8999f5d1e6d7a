"""How much processor time commands take that only read, and the first picture that a new user sees.

    PYTHONPATH=src:. .venv/bin/python -m bench.verbs

The workspace is the exercise (50 files). Each command runs once before it is measured, so that documents are
read and tables kept; then three times, of which the median counts. `konvoi demo` runs in an empty folder.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.record import ROOT, Benchmark, arguments

VERBS = (
    "total",
    "total --stage delivered --json",
    "show XA-1",
    "table pipeline",
    "table source_rows --for public",
    "report pipeline",
    "report overdue",
    "report stalled",
    "agreement contracts",
    "meeting actions",
    "funding tranches",
    "delivery reconcile",
)
MOST, MODULES, DEMO = 1, 200, 25
_COUNTED = """
import sys
from konvoi.cli import main
try:
    main(["total"])
except SystemExit:
    print(sum(one.split(".")[0] == "konvoi" for one in sys.modules), file=sys.stderr)
"""


def shell(folder: Path, words: str) -> list[str]:
    """Return a command of konvoi in a folder; exit codes for faults of the exercise's files pass."""
    passes = "case $? in 0 | 1 | 3) ;; *) exit 2 ;; esac"
    run = f'cd "$0" && "$1" -P -m konvoi.cli {words} >/dev/null 2>&1; {passes}'
    return ["sh", "-c", run, str(folder), sys.executable]


def modules(folder: Path) -> int:
    """Return the number of modules of konvoi that a total loads where documents are read already."""
    run = [sys.executable, "-P", "-c", _COUNTED]
    done = subprocess.run(
        run, cwd=folder, env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True
    )
    return int(done.stderr.splitlines()[-1])


def main() -> None:
    """Measure each command, what a total loads, and the demo."""
    asked = arguments().parse_args()
    bench = Benchmark("verbs", {"workspace": "examples/exercise", "verbs": len(VERBS)})
    with tempfile.TemporaryDirectory() as folder:
        at = Path(shutil.copytree(ROOT / "examples" / "exercise", Path(folder) / "exercise"))
        for verb in VERBS:
            subprocess.run(shell(at, verb), check=True, env={"PYTHONPATH": str(ROOT / "src")})
            bench.command(verb, shell(at, verb), runs=3)
        demo = Path(folder) / "demo"
        demo.mkdir()
        bench.command("demo", shell(demo, "demo"), runs=1)
        bench.figures["modules that a total loads"] = modules(at)
    median = statistics.median(bench.runs[verb].cpu_median for verb in VERBS)
    bench.at_most("processor time of a command that reads, median", median, MOST, unit="s")
    bench.at_most("modules that a total loads", bench.figures["modules that a total loads"], MODULES, unit="")
    bench.at_most("processor time of the demo", bench.runs["demo"].cpu_median, DEMO, unit="s")
    bench.finish(asked)


if __name__ == "__main__":
    main()
