"""Answer scenarios on the web: seconds from sending the form to the first plan on the page.

    PYTHONPATH=src:. .venv/bin/python -m bench.web_scenario --size M

A problem is handed in and one run computes the results of the coordination cell. A planner then closes the
busiest lane, delays an offer, and both at once, through the form. Each scenario is answered twice, in a
process of its own: in one that starts when it is asked, and in one that stands by with the plan loaded, as
the worker keeps it while the form is open. Measured is when the first plan is there, and when the answer is
kept. Goals on time are set against the smaller of the clock and the processor seconds of that process, as in
bench.plan, for the process that stands by.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from bench.instances import SIZES, tables
from bench.record import Benchmark, arguments
from bench.web_instance import made
from django.db import connections
from django.test import Client
from tests.web.packages import AT
from tests.web.world import compute

from konvoi.flow.submissions.import_submission import take
from konvoi.report.tables import frame_csv
from konvoi.web.planning.models import Scenario
from konvoi.web.runs.models import Job
from konvoi.web.runs.queue import claim

STANDS_BY = "process stands by"
FIRST = 3.0
"""Goal: seconds until the first plan."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Taken:
    """Seconds until the first plan and until the answer, by the clock and the processor."""

    first: float
    first_cpu: float
    answer: float
    answer_cpu: float


def hand_in(folder: Path, place: Path, handed: Mapping[str, pl.DataFrame]) -> None:
    """Store the tables of a problem as one submission of the coordination cell."""
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text("party,X-CELL\nday,2031-02-20\nmarking,coalition\n", encoding="utf-8")
    for name, rows in handed.items():
        shown = rows.drop([one for one in rows.columns if one.startswith("_")])
        if not shown.is_empty():
            (place / f"{name}.csv").write_bytes(frame_csv(shown))
    take([place], party="X-CELL", folder=folder, at=AT)


def answered(folder: Path, client: Client, values: Mapping[str, str], *, waiting: bool) -> Taken:
    """Send the form of a scenario, and have it answered by a process as the worker starts it.

    waiting: in a process that stands by with the plan loaded.
    """
    root = Path(__file__).parents[1]
    environment = {**os.environ, "KONVOI_DIR": str(folder), "PYTHONPATH": str(root / "src")}
    ready: subprocess.Popen[bytes] | None = None
    if waiting:
        command = [sys.executable, "-P", "-m", "konvoi.web.stand_by"]
        ready = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
        _settled(ready)
    before = _used(ready.pid) if ready else 0.0
    key = str(uuid.uuid4())
    begun = time.perf_counter()
    answer = client.post("/planning/scenarios", {**values, "key": key})
    assert answer.status_code == 302, answer.content[:2000]
    job = claim("bench", ["scenarios"])
    assert job is not None
    if ready is not None and ready.stdin is not None:
        child = ready
        ready.stdin.write(f"{job.pk}\n".encode())
        ready.stdin.close()
    else:
        command = [sys.executable, "-P", "-m", "konvoi.web.do_job", str(job.pk)]
        child = subprocess.Popen(command, env=environment)
    first = first_cpu = 0.0
    used = 0.0
    while child.poll() is None:
        used = max(_used(child.pid) - before, used)
        if not first and Job.objects.get(pk=job.pk).result.get("found"):
            first, first_cpu = time.perf_counter() - begun, used
        time.sleep(0.02)
    assert child.returncode == 0
    assert Scenario.objects.filter(pk=job.pk).exists()
    return Taken(first, first_cpu, time.perf_counter() - begun, used)


def _settled(process: "subprocess.Popen[bytes]") -> None:
    """Wait until a process that loads no longer uses the processor."""
    used, since = -1.0, time.monotonic()
    while time.monotonic() - since < 4:
        assert process.poll() is None
        if _used(process.pid) - used > 0.1:
            used, since = _used(process.pid), time.monotonic()
        time.sleep(0.2)


def _used(process: int) -> float:
    """Return the processor seconds of a process so far; 0 where it has ended."""
    try:
        parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(parts[11]) + int(parts[12])) / _TICKS


def main() -> None:
    """Measure."""
    parser = arguments()
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bench = Benchmark("web_scenario", data={"size": asked.size, "seed": asked.seed})
    handed = tables(asked.size, asked.seed)
    with tempfile.TemporaryDirectory() as base:
        world = made(Path(base) / "instance")
        hand_in(world.folder, Path(base) / "rows", handed)
        ticks = time.process_time()
        compute(world.folder, ("cell",), "planned")
        bench.figures["results of the coordination cell: processor s"] = round(time.process_time() - ticks, 1)
        client = world.client("planner")
        plan = pl.read_csv(next(world.instance.snapshots.rglob("plan/legs.csv")))
        lane = plan["lane"].value_counts(sort=True)["lane"][0]
        offer = handed["offers"]["offer"].drop_nulls().sort()[0]
        scenarios = {
            "a lane closed": {"close": lane},
            "an offer later": {"delay": offer, "weeks": "3"},
            "both": {"close": lane, "delay": offer, "weeks": "3"},
        }
        answered(world.folder, client, scenarios["a lane closed"], waiting=False)
        found = {
            f"{name}, {how}": answered(world.folder, client, values, waiting=waiting)
            for name, values in scenarios.items()
            for how, waiting in (("process started", False), (STANDS_BY, True))
        }
        connections["default"].close()
    for name, one in found.items():
        bench.figures[f"{name}: first plan s"] = round(one.first, 2)
        bench.figures[f"{name}: first plan, processor s"] = round(one.first_cpu, 2)
        bench.figures[f"{name}: answer s"] = round(one.answer, 2)
        bench.figures[f"{name}: answer, processor s"] = round(one.answer_cpu, 2)
    median = statistics.median(
        min(one.first, one.first_cpu) for name, one in found.items() if name.endswith(STANDS_BY)
    )
    bench.at_most("first plan of a scenario: median", round(median, 2), FIRST, unit="s")
    bench.figures["load of the machine"] = round(os.getloadavg()[0], 1)
    bench.finish(asked)


if __name__ == "__main__":
    main()
