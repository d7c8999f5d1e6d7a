"""Commands stand in groups; former names work and are told; unknown ones are answered with suggestions."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi import cli
from konvoi.cli.commands import COMMANDS, FORMER, GROUPS, PARTS, current

FOLDER = Path(cli.__file__).parent


def test_each_command_stands_in_the_help_of_its_group() -> None:
    top = konvoi("--help").out
    for part in PARTS:
        assert f"{part.title}:" in top
        assert all(f"\n  {name} " in top for name in part.names)
    for group, names in GROUPS.items():
        told = konvoi(group, "--help").out
        assert all(f"\n  {name} " in told for name in names)


def test_the_folder_of_a_group_holds_a_file_for_each_of_its_commands() -> None:
    for group, names in GROUPS.items():
        for name in names:
            module = importlib.import_module(f"konvoi.cli.{group}.{name.replace('-', '_')}")
            assert module.command.name == name, (group, name)


def test_every_file_with_a_command_stands_in_the_table() -> None:
    paths = {
        path.relative_to(FOLDER)
        for path in FOLDER.rglob("*.py")
        if "@click.command(" in path.read_text("utf-8")
    }
    names = {" ".join(path.with_suffix("").parts).replace("_", "-") for path in paths}
    assert names == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_test_at_the_mirrored_path_and_says_what_it_is(name: str) -> None:
    *group, command = name.replace("-", "_").split()
    assert (Path(__file__).parent.joinpath(*group) / f"test_{command}.py").exists()
    assert importlib.import_module(".".join(("konvoi.cli", *group, command))).__doc__


def test_a_page_says_how_to_add_a_command() -> None:
    assert (FOLDER.parents[2] / "docs" / "add" / "commands.md").exists()


def test_no_help_line_is_cut() -> None:
    """The first sentence of a command fits beside its name."""
    texts = [konvoi("--help").out, *(konvoi(group, "--help").out for group in GROUPS)]
    assert [
        line for text in texts for line in text.splitlines() if line.startswith("  ") and line.endswith("...")
    ] == []


@pytest.mark.parametrize("former", sorted(FORMER))
def test_a_former_name_works_and_tells_the_present_one(former: str) -> None:
    called = konvoi(former, "--help")
    assert called.code == 0
    assert f"“konvoi {former}” is now “konvoi {FORMER[former]}”" in called.err
    assert called.out == konvoi(*FORMER[former].split(), "--help").out


def test_a_former_name_is_replaced_at_the_beginning_only() -> None:
    assert current(("total", "late")).words == ("total", "late")
    assert current(("late", "gap")).words == ("report", "overdue", "gap")
    assert current(()).words == ()


def test_the_former_list_of_pairs_and_decision_are_told_apart() -> None:
    assert current(("judge", "--most", "3")).words == ("review", "--list", "--most", "3")
    assert current(("judge", "a", "b", "--verdict", "same")).words == (
        "review",
        "a",
        "b",
        "--verdict",
        "same",
    )


def test_the_former_matrix_bears_the_name_of_its_group() -> None:
    assert current(("sanctions", "--gaps")).words == ("sanctions", "matrix", "--gaps")
    assert current(("sanctions", "--help")).words == ("sanctions", "--help")
    assert current(("sanctions", "lists")).words == ("sanctions", "lists")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("totl", "“total”"),
        ("overdue", "“report overdue”"),
        ("forcast", "“plan forecast”"),
        ("undoo", "“withdraw”"),
        ("sanction", "“sanctions”"),
    ],
)
def test_an_unknown_command_is_answered_with_what_may_be_meant(typed: str, meant: str) -> None:
    called = konvoi(typed)
    assert called.code == 2
    assert f"Unknown command “{typed}”. Did you mean {meant}" in called.err


def test_an_unknown_command_of_a_group_is_answered_from_the_group() -> None:
    called = konvoi("plan", "sovle")
    assert (called.code, "Did you mean “solve”?" in called.err) == (2, True)


def test_a_command_like_no_other_gets_no_suggestion() -> None:
    called = konvoi("xyzzy")
    assert (called.code, "Did you mean" in called.err) == (2, False)


def test_a_decision_on_one_pair_needs_both_records_and_stands_alone(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    for words in (("a",), ("--verdict", "same"), ("a", "b", "--list"), ("a", "b", "--verdict", "same")):
        assert konvoi("review", *words, "--dir", folder).code == 2, words
    assert konvoi("review", "--list", "--for", "own", "--dir", folder).code == 2
    assert konvoi("judge", "--most", "1000000", "--dir", folder).code == 0
    assert konvoi("review", "--most", "5001", "--out", tmp_path / "p.xlsx", "--dir", folder).code == 2


def test_the_shell_is_told_the_commands_of_a_group() -> None:
    asked = {"_KONVOI_COMPLETE": "bash_complete", "COMP_WORDS": "konvoi report o", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-c", "from konvoi.cli import main; main()"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **asked, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.stdout.split() == ["plain,overdue", "plain,outlook"], done.stderr
