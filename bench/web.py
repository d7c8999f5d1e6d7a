"""Pages of the web under twenty persons who read at once, while a run computes results.

A closed loop: each person opens a page, reads it for a while (mean 5 s, exponential, divided by `--haste`),
and opens the next. The mix is stated below. Every page is warm: its results are there. `--entries` grows
them first. Beside it the bytes of a first visit, the memory of the server, the seconds of an export of all
entries, and of a start of the demonstration.

    PYTHONPATH=src:. .venv/bin/python -m bench.web --users 100 --seconds 600 --entries 0 --no-demo

asks as a crowd: of more than twenty persons, 95 of a hundred answers may take a second, on any page.
"""

import contextlib
import http.client
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bench.crash_database import postgresql
from bench.record import Benchmark, arguments
from bench.web_grown import grow
from bench.web_instance import Person, Served, free_port, made, session
from django.db import connections
from tests.web.world import World

PERSONS = ("desk-xa", "desk-xb", "reader-xa", "recipient", "planner", "auditor", "sanctions", "")
USERS = 20
PATIENCE = 600
"""Seconds in which a first answer comes, at any size."""
THINK = 5.0
PAGE, LIST, CROWD = 300, 200, 1000
"""Milliseconds that 95 of a hundred answers may take: of a page, a list of the API, and a page in a crowd."""
MIX = {
    "overview": ("/", 10),
    "records": ("/records", 4),
    "packages": ("/ledger/packages", 4),
    "entries": ("/ledger/entries?stage=pledged&sort=-known_on", 3),
    "total": ("/ledger/total?stage=pledged&by=partner", 3),
    "table": ("/tables/packages", 2),
    "file of a list": ("/ledger/packages.csv?package=XA-12", 1),
    "submissions": ("/submissions/", 2),
    "pairs": ("/matching/", 3),
    "reports": ("/reports/", 2),
    "brief": ("/reports/papers/brief", 2),
    "releases": ("/reports/releases", 1),
    "API: packages": ("/api/v1/packages", 2),
    "API: entries": ("/api/v1/entries?stage=pledged&limit=100", 2),
    "API: table": ("/api/v1/tables/packages", 1),
    "export": ("/brief/brief.json", 1),
    "account": ("/account/", 1),
    "about": ("/about", 2),
    "keys": ("/keys", 1),
    "not found": ("/nothing-is-here", 1),
    "package": ("/ledger/packages/XA-1", 2),
    "documents": ("/submissions/documents/", 2),
}
"""Pages with how often each is opened, lists of the API among them.

The public is sent to sign in where it may not go."""
ROOT = Path(__file__).parents[1]


@dataclass
class Loop:
    """What persons measured: seconds of each page by its name, and answers that were wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in MIX})
    wrong: list[str] = field(default_factory=list)
    runs: int = 0
    cold: float = 0.0
    memory: int = 0
    export: float = 0.0


def read(person: Person, end: float, haste: float, chance: random.Random, loop: Loop) -> None:
    """Open pages until the end, with pauses."""
    names = list(MIX)
    time.sleep(chance.uniform(0, THINK / haste))
    while time.monotonic() < end:
        (name,) = chance.choices(names, [MIX[one][1] for one in names])
        begun = time.perf_counter()
        try:
            status, _, _ = person.get(MIX[name][0])
        except (OSError, http.client.HTTPException) as error:
            loop.wrong.append(f"{name}: {type(error).__name__}")
        else:
            loop.seconds[name].append(time.perf_counter() - begun)
            if status not in (200, 302, 404):
                loop.wrong.append(f"{name}: {status}")
        time.sleep(chance.expovariate(haste / THINK))


def running(person: Person, end: float, loop: Loop) -> None:
    """Keep a run in progress: one waits or is computed at any time, of days that no page shows."""
    day = date(2031, 2, 1)
    while time.monotonic() < end:
        day += timedelta(days=1)
        with contextlib.suppress(OSError, http.client.HTTPException):
            loop.runs += person.post(f"/runs/ask?day={day}")[0] == 302
        time.sleep(5)


def closed_loop(world: World, users: int, seconds: float, haste: float, seed: int) -> tuple[Loop, int]:
    """Return what persons measured, and the bytes of a first visit."""
    sessions = {name: session(world, name) if name else "" for name in PERSONS}
    served = Served(world.folder)
    loop = Loop()
    try:
        served.start()
        for one in set(sessions.values()):
            for path, _ in MIX.values():
                begun = time.perf_counter()
                Person(served.port, one, PATIENCE).get(path)
                loop.cold = max(loop.cold, time.perf_counter() - begun)
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(
                target=read,
                args=(
                    Person(served.port, sessions[PERSONS[number % len(PERSONS)]]),
                    end,
                    haste,
                    random.Random(seed * 100 + number),
                    loop,
                ),
            )
            for number in range(users)
        ]
        threads.append(
            threading.Thread(target=running, args=(Person(served.port, sessions["planner"]), end, loop))
        )
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        loop.memory = memory(served)
        loop.export, status = export(Person(served.port, sessions["planner"], PATIENCE))
        if status != 200:
            loop.wrong.append(f"all entries as CSV: {status}")
        return loop, first_visit(Person(served.port, sessions["desk-xa"]))
    finally:
        served.kill()
        connections["default"].close()


def export(person: Person) -> tuple[float, int]:
    """Return the seconds in which all entries come as CSV, and the status; 204 where there are none."""
    person.post("/purpose", **{"for": "all", "purpose": "benchmark"})
    begun = time.perf_counter()
    status, content, _ = person.get("/ledger/entries.csv")
    return time.perf_counter() - begun, status if content else 204


def memory(served: Served) -> int:
    """Return the memory that the server holds, in MB: of its process and those that it started."""
    own = served.running["server"].pid
    group = [one for one in Path("/proc").glob("[0-9]*") if _session(one) == own]
    pages = sum(int((one / "statm").read_text().split()[1]) for one in group)
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def _session(process: Path) -> int:
    try:
        return os.getsid(int(process.name))
    except ProcessLookupError:
        return 0


def first_visit(person: Person) -> int:
    """Return the bytes of the bodies of a page and of all that it loads, as a browser asks for them."""
    _, page, _ = person.get("/")
    loaded = re.findall(rb'(?:href|src)="(/[^"?#]*\.(?:css|js|svg))"', page)
    asked = (person.get(one.decode(), **{"Accept-Encoding": "gzip"})[1] for one in dict.fromkeys(loaded))
    return len(page) + sum(map(len, asked))


@contextlib.contextmanager
def demo(folder: Path) -> Iterator[tuple[float, Person]]:
    """Start the demonstration in an empty folder; yield the seconds to the first page, and a reader."""
    port, begun = free_port(), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for name in ("KONVOI_DIR", "KONVOI_SCOPE", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    asked = ["-P", "-m", "konvoi.web.start", str(folder), "--demo", "--port", str(port)]
    child = subprocess.Popen(
        [sys.executable, *asked], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    person = Person(port)
    try:
        while time.perf_counter() - begun < 600:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if person.get("/demo/")[0] == 200:
                    break
            time.sleep(0.05)
        yield time.perf_counter() - begun, person
    finally:
        child.terminate()
        child.wait()


def p95(seconds: list[float]) -> float:
    """Return the value that 95 of a hundred do not exceed."""
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else max(seconds, default=0.0)


def main() -> None:
    """Measure on both databases."""
    parser = arguments()
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=float, default=120, help="Seconds of the loop on each database.")
    parser.add_argument("--entries", type=int, default=1_000_000, help="Of each reader; 0: a few.")
    parser.add_argument("--haste", type=float, default=1, help="Divides the time for which a page is read.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--no-demo", dest="demo", action="store_false")
    asked = parser.parse_args()
    data = {
        "users": asked.users,
        "think": THINK,
        "entries": asked.entries,
        "haste": asked.haste,
        "seconds": asked.seconds,
        "seed": asked.seed,
    }
    bench = Benchmark("web", data={**data, "mix": {name: weight for name, (_, weight) in MIX.items()}})
    for kind in asked.databases:
        with tempfile.TemporaryDirectory() as base, contextlib.ExitStack() as open_until_end:
            dsn = open_until_end.enter_context(postgresql())() if kind == "postgresql" else ""
            world = made(Path(base) / "instance", dsn=dsn)
            if asked.entries:
                grow(world.instance, asked.entries)
            loop, size = closed_loop(world, asked.users, asked.seconds, asked.haste, asked.seed)
        for name, found in loop.seconds.items():
            bench.figures[f"{kind}: {name}: pages"] = len(found)
            bench.figures[f"{kind}: {name}: median ms"] = round(1000 * statistics.median(found or [0.0]), 1)
            most = CROWD if asked.users > USERS else LIST if name.startswith("API") else PAGE
            bench.at_most(f"{kind}: {name}: p95", round(1000 * p95(found), 1), most, unit="ms")
        answers = [one for found in loop.seconds.values() for one in found]
        bench.figures[f"{kind}: pages"] = len(answers)
        bench.figures[f"{kind}: p95 of all, ms"] = round(1000 * p95(answers), 1)
        for wrong, count in Counter(loop.wrong).most_common(5):
            bench.figures[f"{kind}: wrong: {wrong}"] = count
        bench.figures[f"{kind}: slowest first answer, s"] = round(loop.cold, 1)
        bench.figures[f"{kind}: memory of the server, MB"] = loop.memory
        bench.at_most(f"{kind}: all entries as CSV", round(loop.export, 1), 60, unit="s")
        bench.at_least(f"{kind}: runs asked for", loop.runs, 1, unit="")
        bench.at_most(f"{kind}: wrong answers", len(loop.wrong), 0, unit="")
        bench.at_most(f"{kind}: first visit", size / 1000, 100, unit="kB")
    if asked.demo:
        folder = Path(tempfile.mkdtemp()) / "demo"
        with demo(folder) as (seconds, _):
            bench.at_most("demonstration: start to first page", round(seconds, 1), 15, unit="s")
        shutil.rmtree(folder.parent)
    bench.figures["load of the machine"] = round(os.getloadavg()[0], 1)
    bench.finish(asked)


if __name__ == "__main__":
    main()
