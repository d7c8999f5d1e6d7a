"""Every command takes its workspace with --dir, and as an argument where no other argument is meant by it."""

from pathlib import Path

import click
import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import of_day, workspace

from konvoi.cli import group
from konvoi.cli.commands import COMMANDS

# match reads tables that are no workspace; report changes compares two; keys make needs none.
WITHOUT = {"match", "report changes", "keys make"}
# Their only argument names files that are read, a record, a person, or a file that is written.
NO_ARGUMENT = {
    "add",
    "withdraw",
    "map",
    "review",
    "template",
    "demo",
    "meeting pack",
    "export-workspace",
    "restore",
    "erase-person",
    "receive",
    "keys add",
} | {f"sanctions {one}" for one in ("lists", "propose", "screen")}


def command(name: str) -> click.Command:
    found: click.Command = group
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word) or pytest.fail(name)
    return found


@pytest.mark.parametrize("name", [one for one in COMMANDS if one not in WITHOUT])
def test_each_command_has_dir(name: str) -> None:
    options = [one for one in command(name).params if "--dir" in one.opts]
    assert len(options) == 1
    assert isinstance(options[0], click.Option)
    assert options[0].help


@pytest.mark.parametrize("name", [one for one in COMMANDS if one not in WITHOUT | NO_ARGUMENT])
def test_each_command_takes_the_workspace_as_an_argument_too(name: str) -> None:
    arguments = {one.name for one in command(name).params if isinstance(one, click.Argument)}
    assert arguments & {"folder", "paths", "path", "problem", "names", "plan"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_day(workspace(tmp_path_factory.mktemp("dir") / "space"))


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    "words",
    [
        "total",
        "read",
        "show P-1",
        "table entries",
        "report stalled",
        "verify",
        "plan standards",
        "agreement positions",
        "funding projects",
        "plan solve",
    ],
)
def test_both_forms_give_the_same_answer(words: str, place: Path) -> None:
    named = konvoi(*words.split(), *([""] if words == "agreement positions" else []), place, "--json")
    with_dir = konvoi(*words.split(), "--dir", place, "--json")
    assert named.code == with_dir.code
    assert named.json == with_dir.json
    assert "error" not in named.json


@pytest.mark.parametrize("words", ["total", "show P-1", "table entries", "verify", "plan solve"])
def test_a_workspace_that_is_named_twice_is_refused(words: str, place: Path) -> None:
    done = konvoi(*words.split(), place, "--dir", place)
    assert done.code == 2
    assert "once" in done.err


def test_a_new_workspace_is_named_in_either_way(tmp_path: Path) -> None:
    assert konvoi("init", "--dir", tmp_path / "one").code == 0
    assert konvoi("init", tmp_path / "two").code == 0
    assert konvoi("init").code == 2
    assert konvoi("init", tmp_path / "three", "--dir", tmp_path / "three").code == 2


def test_read_checks_the_workspace_in_this_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = konvoi("read", place, "--json").json
    monkeypatch.chdir(place)
    assert konvoi("read", "--json").json == named
