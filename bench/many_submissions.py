"""Draw a total over 500 to 5,000 small submissions: seconds, and whether they grow in proportion.

    PYTHONPATH=src:. .venv/bin/python -m bench.many_submissions
    PYTHONPATH=src:. .venv/bin/python -m bench.many_submissions --profile

Each submission is a folder with a head and two packages; days move on with their number, so that as many
records lie near one another in time however many there are. The first total reads every document (cold), the
second finds them read (warm). `--profile` lists functions whose own time grows faster than submissions do.
"""

import cProfile
import csv
import json
import pstats
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from bench.pledges.campaigns.draw import Draw
from bench.pledges.campaigns.world import PARTNERS
from bench.pledges.vocabulary import half
from bench.record import Benchmark, arguments

SIZES = (500, 1_000, 2_000, 5_000)
SMALL, LARGE, RATIO = 1_000, 5_000, 5.5
_FIRST, _STEP = date(2000, 1, 3), 2
_KONVOI = ["sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", sys.executable, "-m", "konvoi.cli"]
_SHOWN, _FASTER, _LEAST = 25, 1.25, 0.1
_COLUMNS = ("package", "party", "day", "kind", "title", "amount", "currency")


def write(folder: Path, count: int) -> None:
    """Write a workspace with so many submissions of two packages each."""
    names = half("dev")
    (folder / "submissions").mkdir(parents=True)
    (folder / "konvoi.toml").write_text('[coalition]\nrecipient = "UA"\ncurrency = "EUR"\n', encoding="utf-8")
    for number in range(count):
        draw = Draw(1, f"submission {number}")
        party = draw.one(PARTNERS)[0]
        day = _FIRST + timedelta(days=_STEP * number)
        rows = []
        for n in range(2):
            good = draw.one(names.goods)
            place = draw.one(names.places)["en"][0]
            title = f"{draw.one(good.names['en'])} for {place}"
            amount = draw.between(10_000, 99_999_999)
            rows.append((f"{party}-{number}-{n}", party, day.isoformat(), good.kind, title, amount, "EUR"))
        at = folder / "submissions" / party / f"{number:05d}"
        at.mkdir(parents=True)
        head = (("party", party), ("day", day.isoformat()), ("marking", "public"))
        for name, table in (("konvoi", head), ("packages", (_COLUMNS, *rows))):
            with (at / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(table)


def profiled(folder: Path) -> dict[str, float]:
    """Return the own seconds of each function while a total is drawn, documents being read already."""
    from konvoi.flow.load_workspace import gathering
    from konvoi.flow.totals_asked import ask
    from konvoi.flow.workspace import workspace
    from konvoi.ledger.question import Question

    profile = cProfile.Profile()
    profile.enable()
    work = workspace(folder)
    ask(gathering(work), Question(), work.settings)
    profile.disable()
    found: dict[str, float] = {}
    for (file, line, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        place = Path(file).name if file != "~" else "built in"
        found[f"{place}:{line} {name}"] = found.get(f"{place}:{line} {name}", 0.0) + own
    return found


def faster(folder: Path, bench: Benchmark) -> None:
    """Profile the total at two sizes, each in a process of its own, and note what grows faster."""
    found = {}
    for size in (SMALL, LARGE):
        argv = [sys.executable, "-m", "bench.many_submissions", "--run", str(folder / str(size))]
        found[size] = json.loads(bench.command(f"profile of {size}", argv, runs=1).splitlines()[-1])
    whole = sum(found[LARGE].values())
    bench.figures["profiled seconds, small"] = sum(found[SMALL].values())
    bench.figures["profiled seconds, large"] = whole
    times = LARGE / SMALL
    grown = {
        name: own
        for name, own in found[LARGE].items()
        if own > _LEAST and own > _FASTER * times * found[SMALL].get(name, 0.0)
    }
    for name in sorted(grown, key=lambda one: -grown[one])[:_SHOWN]:
        before = found[SMALL].get(name, 0.0)
        bench.figures[f"{name}, seconds at {SMALL}"] = before
        bench.figures[f"{name}, seconds at {LARGE}"] = grown[name]


def main() -> None:
    """Measure each size, or be the process that is profiled."""
    parser = arguments()
    parser.add_argument("--profile", action="store_true", help="also list what grows faster")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--folder", type=Path, help="where workspaces are kept")
    parser.add_argument("--run", type=Path)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(profiled(asked.run)))
        return
    sizes = [int(size) for size in asked.sizes.split(",")]
    bench = Benchmark("many_submissions", {"submissions": asked.sizes, "packages": 2})
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        for size in sizes:
            at = folder / str(size)
            shutil.rmtree(at, ignore_errors=True)
            write(at, size)
            for step in ("cold", "warm"):
                bench.command(f"{size} {step}", [*_KONVOI, "total", str(at), "--json"], runs=1)
        if asked.profile:
            faster(folder, bench)
    if SMALL in sizes and LARGE in sizes:
        for step in ("cold", "warm"):
            small, large = (bench.runs[f"{size} {step}"].cpu_median for size in (SMALL, LARGE))
            bench.at_most(
                f"{step}, processor time of {LARGE:,} over {SMALL:,}", large / small, RATIO, unit=""
            )
    bench.finish(asked)


if __name__ == "__main__":
    main()
