"""Commands load the modules of what they are asked for: reading a view that is kept needs no engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.flow.workspaces import workspace

PROGRAM = """
import contextlib, io, json, sys
from konvoi.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(json.dumps(sorted(name for name in sys.modules if name.partition(".")[0] in ("konvoi", "numba"))))
"""
MOST = 200


def loaded(folder: Path, *words: str) -> list[str]:
    """The modules that a command loads in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_total_of_a_view_that_is_kept_loads_no_reader_of_files_and_no_engine(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    loaded(folder, "total")
    again = loaded(folder, "total")
    assert "konvoi.ledger.total" in again
    assert len([name for name in again if name.startswith("konvoi")]) <= MOST
    engines = ("konvoi.intake.formats", "konvoi.plan.core", "konvoi.forecast.core", "konvoi.reconcile.relate")
    assert not {"numba", *engines} & set(again)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("verb", ["report pipeline", "meeting actions", "report stalled", "plan standards"])
def test_a_command_that_reads_a_kept_view_loads_no_compiler_and_no_solver(verb: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    loaded(folder, *verb.split())
    again = loaded(folder, *verb.split())
    assert "konvoi.cli." + verb.replace(" ", ".") in again
    assert len(again) <= MOST
    assert not {"numba", "konvoi.plan.solve", "konvoi.reconcile.relate"} & set(again)
