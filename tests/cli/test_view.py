"""Views on the command line: every command that prints data says for whom, and as of which day."""

import importlib
from datetime import date

import click
import pytest

from konvoi.cli.commands import COMMANDS
from konvoi.cli.i18n import VARIABLE, begin
from konvoi.cli.view import chosen_view, view_options
from konvoi.flow.view import CELL, View

WITHOUT = {
    "demo": "makes a workspace of an example, in which nothing is hidden from the person at the terminal",
    "init": "makes a workspace and prints no data",
    "add": "imports a submission, for the coordination cell",
    "withdraw": "withdraws a submission, for the coordination cell",
    "plan learn": "writes a model of lead times, for the coordination cell",
    "sanctions lists": "takes in and shows published lists, which have no marking",
    "match": "matches tables that are named, outside a workspace",
    "import-workspace": "moves all that is kept, for the coordination cell",
    "export-workspace": "writes all that is kept, for the coordination cell",
    "backup": "writes all that is kept, for whoever has its key",
    "restore": "writes all that was kept, for whoever has the key of the backup",
    "doctor": "tells of the machine and of no record",
    "serve": "shows each person what its role may see",
    "worker": "computes results and prints none",
    "erase-person": "erases a person for the operator of the machine",
    "receive": "imports the submissions of a bundle, for the party whose workspace it is",
    "keys make": "makes a key file and prints its public half",
    "keys add": "changes the list of keys, for the party whose workspace it is",
    "keys list": "lists public keys, which have no marking",
    "template": "writes an empty workbook",
    "map": "shows and keeps how a file that is named is read, for the coordination cell",
}
"""Commands without `--for`, each with the reason."""

OF_NO_DAY = {
    "demo": "makes a folder of its own",
    "init": "makes a folder of its own",
    "template": "writes an empty workbook",
    "map": "reads a file that is named",
    "add": "changes what is kept",
    "withdraw": "changes what is kept",
    "verify": "proves what is kept",
    "read": "reads files of no workspace",
    "match": "matches tables of no workspace",
    "import-workspace": "moves all that is kept",
    "export-workspace": "writes all that is kept",
    "backup": "writes all that is kept",
    "restore": "writes all that was kept",
    "doctor": "tells of the machine and of no record",
    "serve": "shows each page as of the day that is asked for there",
    "worker": "computes results and prints none",
    "erase-person": "erases whatever is held",
    "bundle": "records that it was made, so it holds what is in force now",
    "receive": "changes what is kept",
    "keys make": "makes a key outside of any workspace",
    "keys add": "changes what is kept",
    "keys list": "lists keys with their days",
}
"""Commands that tell nothing of what a workspace knew on a day, each with the reason."""


def command(verb: str) -> click.Command:
    found = importlib.import_module("konvoi.cli." + verb.replace("-", "_").replace(" ", ".")).command
    assert isinstance(found, click.Command)
    return found


def options(verb: str) -> set[str]:
    return {name for one in command(verb).params for name in one.opts}


@pytest.mark.parametrize("verb", sorted(set(COMMANDS) - set(WITHOUT)))
def test_every_command_that_prints_data_takes_a_reader(verb: str) -> None:
    assert "--for" in options(verb)


@pytest.mark.parametrize("verb", sorted(set(COMMANDS) - set(OF_NO_DAY)))
def test_every_command_takes_the_day_as_of_which_it_tells(verb: str) -> None:
    assert "--as-of" in options(verb)


@pytest.mark.parametrize("verb", ["total", "review"])
def test_the_former_name_of_the_day_works_and_tells_the_new_one(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    begin()
    with command(verb).make_context(verb, ["--known", "2031-02-01"]):
        assert chosen_view().as_of == date(2031, 2, 1)
    assert "--known is now called --as-of." in capsys.readouterr().err


def test_the_list_of_commands_without_a_reader_is_no_longer_than_needed() -> None:
    assert set(WITHOUT) <= set(COMMANDS)
    assert {verb for verb in WITHOUT if "--for" in options(verb)} <= {"template"}
    assert set(OF_NO_DAY) <= set(COMMANDS)
    assert [verb for verb in sorted(OF_NO_DAY) if "--as-of" in options(verb)] == []


def test_options_choose_the_view() -> None:
    found: list[View] = []

    @click.command()
    @view_options()
    def some() -> None:
        found.append(chosen_view())

    def run(*words: str) -> View:
        some.main(words, standalone_mode=False)
        return found[-1]

    assert run() == View(None, CELL)
    assert run("--as-of", "2031-02-01", "--for", "PL") == View(date(2031, 2, 1), "PL")
    assert run("--known", "2031-02-01") == View(date(2031, 2, 1), CELL)
    with pytest.raises(click.BadParameter):
        run("--for", "own")
