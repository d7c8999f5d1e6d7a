"""Seven regimes from their files to a matrix: how long, how much, and what comes out."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from konvoi.align.manifest import Snapshot, entry
from konvoi.kit.digest import digest

SOURCE = Path(__file__).parents[2] / "src"
FILES = {
    "uk": ("2022-05-04", "uk/ConList.xlsx"),
    "ca": ("2022-05-04", "ca/sema-lmes.xml"),
    "us": ("2022-04-29", "us/sdn_2022-04-29.csv.gz"),
    "un": ("2026-02-27", "un/UN_consolidated.xml"),
    "au": ("2022-05-04", "au/regulation8_consolidated.xls"),
    "ua": ("2022-05-04", "ua/sanctions.xlsx"),
    "eu": ("2026-08-31", "eu/journal*/*.csv"),
}
SECONDS, KIB = 60, 2 * 1024 * 1024

MEASURED = """
import atexit, json, resource, sys
from konvoi.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
atexit._run_exitfuncs()  # ends the server of readers: now their use counts
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
seconds = sum(one.ru_utime + one.ru_stime for one in (own, children))
# ru_maxrss also counts the memory of the process that started this one; VmHWM is of this program alone.
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print(json.dumps({"seconds": seconds, "kib": max(peak, children.ru_maxrss)}), file=sys.stderr)
"""


def measured(*words: object) -> tuple[str, dict[str, float]]:
    """What konvoi prints, and the processor seconds and memory of it and of the children that read."""
    known = os.environ | {"PYTHONPATH": str(SOURCE), "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, words)],
        env=known,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, json.loads(done.stderr.splitlines()[-1])


def laid_out(files: Path, lists: Path) -> None:
    """The files as konvoi sanctions lists keeps them, with their manifest, unread."""
    lines = ["most_days = 3650"]
    for regime, (day, pattern) in FILES.items():
        digests = {}
        for path in sorted(files.glob(pattern)):
            name = f"{regime}/{day}/{path.name}"
            (lists / name).parent.mkdir(parents=True, exist_ok=True)
            (lists / name).write_bytes(path.read_bytes())
            digests[name] = digest(path.read_bytes())
        lines.append(entry(Snapshot(regime, date.fromisoformat(day), digests)))
    (lists / "manifest.toml").write_text("\n".join(lines))


@pytest.mark.real_data
@pytest.mark.slow
def test_seven_regimes_from_files_to_a_matrix_within_a_minute_and_two_gigabytes(
    real_data: Path, tmp_path: Path
) -> None:
    """Nothing is kept but the files: all are read."""
    laid_out(real_data / "sanctions", tmp_path / "lists")
    out, spent = measured("sanctions", "matrix", "--day", "2022-05-04", "--dir", tmp_path)
    assert (spent["seconds"] <= SECONDS, spent["kib"] <= KIB) == (True, True), spent
    assert "by 7 regimes" in out
    gaps = json.loads(
        measured("sanctions", "matrix", "--gaps", "--day", "2022-05-04", "--dir", tmp_path, "--json")[0]
    )
    lists = {one["regime"]: one for one in gaps["lists"]}
    assert {one["lacks"] for one in gaps["gaps"]} <= {"au", "ca", "ua", "uk", "us"}, (
        "the EU's and UN's are later"
    )
    assert all(one["day"] <= lists[one["lacks"]]["speaks_to"] for one in gaps["gaps"])
    assert not [
        one for one in gaps["gaps"] if one["order"] == "entry ban" and one["lacks"] in ("uk", "ca", "us")
    ]
