"""Help is there at once and says what to type."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import konvoi

from konvoi.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_an_example_in_its_help(verb: str) -> None:
    called = konvoi(*verb.split(), "--help")
    assert called.code == 0
    assert "Example:" in called.out
    assert f"konvoi {verb}" in called.out


def test_help_loads_no_engine() -> None:
    """The frame alone takes longer to load than help may take to come."""
    code = (
        "import sys; sys.argv = ['konvoi', '--help']\n"
        "try:\n    from konvoi.cli import main; main()\n"
        "except SystemExit: print(sorted({'polars', 'duckdb', 'highspy', 'openpyxl'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(
        run, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": "src"}, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_verb_is_wrong_usage() -> None:
    assert konvoi("fly").code == 2
