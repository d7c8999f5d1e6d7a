"""Help is there at once and says what to type."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.calling import konvoi
from tests.report.test_catalogues import catalogue

from konvoi.cli import group
from konvoi.cli.commands import COMMANDS, PARTS
from konvoi.cli.i18n import VARIABLE

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


def told(command: click.Command, ctx: click.Context) -> set[str]:
    """The summary of a command and the help of its options, with those of the commands below it."""
    found = {" ".join((command.help or "").strip().partition("\n\n")[0].split())}
    found |= {
        " ".join(one.help.split()) for one in command.params if isinstance(one, click.Option) and one.help
    }
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            found |= told(below, ctx)
    return found


@pytest.mark.parametrize("language", ["de", "uk"])
def test_every_summary_and_every_option_is_translated(language: str) -> None:
    known = catalogue(language)
    texts = (
        told(group, click.Context(group)) | {part.title for part in PARTS} | {"Show this message and exit."}
    )
    assert len(texts) > 200
    assert sorted(texts - set(known)) == []


def paragraphs(command: click.Command, ctx: click.Context) -> set[str]:
    """The paragraphs of a long help and the comments of its examples, with those of the commands below it."""
    found = set()
    for one in inspect.cleandoc(command.help or "").split("\n\n"):
        if "\b" in one:
            found |= set(re.findall(r"^ +\S.*? {2,}(\S.*)$", one, re.MULTILINE))
        else:
            found.add(" ".join(one.split()))
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            found |= paragraphs(below, ctx)
    return found


@pytest.mark.parametrize("language", ["de", "uk"])
def test_the_long_help_of_every_command_is_translated(language: str) -> None:
    texts = paragraphs(group, click.Context(group))
    assert {"a workspace of your own", "PATH: files, folders or a workspace; default: this folder."} <= texts
    assert len(texts) > 100
    assert sorted(texts - set(catalogue(language))) == []


def test_help_speaks_the_language_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    called = konvoi("total", "--help")
    assert "Die bereinigte Summe mit ihrer Spanne zeigen." in called.out
    assert "Ein JSON-Dokument ausgeben." in called.out
    assert "Dateien, Ordner oder ein Arbeitsbereich" in called.out
    assert "Beispiel:" in called.out
    whole = konvoi("--help").out
    assert "Eine leere Mappe" in whole
    assert "konvoi init cell && cd cell         ein eigener Arbeitsbereich" in whole
    assert "Exit-Codes: 0 kein Fehler" in whole
    monkeypatch.setenv(VARIABLE, "en")
    assert "Print one JSON document." in konvoi("total", "--help").out
