"""The command line: one file for each command, one folder for each group."""

import copy
import difflib
import importlib
import inspect
import os
import re
import sys
from collections.abc import Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Any, NoReturn

import click

from konvoi import __version__
from konvoi.cli.commands import COMMANDS, FORMER, GROUPS, PARTS, Part, current
from konvoi.cli.help_format import HelpContext
from konvoi.cli.i18n import begin, code, said
from konvoi.cli.output import Stopped, answer, say
from konvoi.cli.refusals import spoken
from konvoi.flow.name_lookup import Unknown
from konvoi.gateways.database import CHOICE
from konvoi.gateways.refusal import Refused


class Commands(click.Group):
    """Commands that are loaded only when they are asked for.

    folder: the group, a folder of this package; empty: the commands at the top and all groups.
    """

    context_class = HelpContext

    def __init__(self, *args: Any, folder: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self._folder = folder

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        if self._folder:
            return list(GROUPS[self._folder])
        return [name for part in PARTS for name in part.names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is no such command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        if not self._folder and cmd_name in GROUPS:
            return _group_of(cmd_name)
        path = ".".join(filter(None, (self._folder, cmd_name.replace("-", "_"))))
        found = importlib.import_module(f"konvoi.cli.{path}").command
        if not isinstance(found, click.Command):
            raise TypeError(f"{cmd_name}: no command")
        found.context_class = HelpContext
        return _translated(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is typed; an unknown one is refused with those of the nearest names."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            ctx.fail(_unknown(args[0], self.list_commands(ctx), whole=not self._folder))
        return super().resolve_command(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options with their help in the language that is spoken."""
        return [_spoken(one) for one in super().get_params(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group does, in the language that is spoken."""
        own = self.help
        self.help = own if code() == "en" else _help_spoken(own or "")
        super().format_help_text(ctx, formatter)
        self.help = own

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by the part of the help in which they stand."""
        parts = PARTS if not self._folder else (Part("Commands", GROUPS[self._folder]),)
        for part in parts:
            width = max(len(name) for name in part.names)
            limit = formatter.width - 6 - width
            found = [(name, self.get_command(ctx, name)) for name in part.names]
            rows = [(name.ljust(width), one.get_short_help_str(limit)) for name, one in found if one]
            with formatter.section(part.title):
                formatter.write_dl(rows)


def _group_of(name: str) -> click.Group:
    """Return a group of commands, with what its folder says of it."""
    told = _help_spoken(importlib.import_module(f"konvoi.cli.{name}").__doc__ or "")
    return Commands(name, folder=name, help=told, context_settings=_SETTINGS)


def _translated(command: click.Command) -> click.Command:
    """Return a command whose help and options speak the language of the terminal; the command itself in
    English.
    """
    if code() == "en":
        return command
    found = copy.copy(command)
    found.help = _help_spoken(found.help or "")
    found.params = [_spoken(one) for one in found.params]
    found.add_help_option = False
    click.help_option("-h", "--help", help=said("Show this message and exit."))(found)
    return found


def _help_spoken(told: str) -> str:
    """Return a help text with its paragraphs in the language that is spoken.

    Of an example, the commands stay as they are typed. A paragraph without a translation stays in English.
    """
    return "\n\n".join(_paragraph(one) for one in inspect.cleandoc(told).split("\n\n")) if told else ""


_COMMENT = re.compile(r"^( +\S.*? {2,})(\S.*)$", re.MULTILINE)
"""Line of an example: the command as it is typed, and what it does."""


def _paragraph(told: str) -> str:
    if "\b" in told:
        told = _COMMENT.sub(lambda found: found[1] + said(found[2]), told)
        return told.replace("Example:", said("Example:"), 1)
    return said(" ".join(told.split()))


def _spoken(parameter: click.Parameter) -> click.Parameter:
    """Return an option with its help in the language that is spoken."""
    if code() == "en" or not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    found = copy.copy(parameter)
    found.help = said(" ".join(parameter.help.split()))
    return found


def _unknown(typed: str, names: Sequence[str], *, whole: bool) -> str:
    """Return the refusal of an unknown command, with commands that are spelt nearly the same."""
    meanings = {one: one for one in names}
    if whole:
        # Somebody who types the name of a command in a group without the group means it.
        meanings = {**FORMER, **{one.split()[-1]: one for one in COMMANDS if " " in one}, **meanings}
    near = difflib.get_close_matches(typed, meanings, n=3, cutoff=0.6)
    told = list(dict.fromkeys(meanings[one] for one in near))
    if not told:
        return said("Unknown command “{typed}”.", typed=typed)
    meant = said("“{name}”", name=told[0])
    for one in told[1:]:
        meant = said("{names} or “{name}”", names=meant, name=one)
    return said("Unknown command “{typed}”. Did you mean {names}?", typed=typed, names=meant)


_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Commands, context_settings=_SETTINGS, invoke_without_command=True)
@click.version_option(__version__, prog_name="konvoi")
@click.option(
    "--store",
    type=click.Choice(["folder"]),
    help="Read the folder of a workspace as it was before it was moved to a database.",
)
@click.pass_context
def group(ctx: click.Context, store: str | None) -> None:
    """Konvoi tracks a coalition's support from pledge to delivery, without counting anything twice.

    \b
    Example:
      konvoi demo                         an example of published facts, with its brief
      konvoi init cell && cd cell         a workspace of your own
      konvoi add ../list.xlsx --from PL   import a submission of Poland
      konvoi run                          compute all figures and write the brief

    Exit codes: 0 no error found, 1 errors found, 2 wrong usage, 3 a file or a total was refused.
    """
    if store:
        os.environ[CHOICE] = store
        ctx.call_on_close(lambda: os.environ.pop(CHOICE, None))
    if ctx.invoked_subcommand is None:
        from konvoi.cli.status import print_status

        ctx.exit(print_status(Path.cwd()))


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit; never a traceback for what a user can cause.

    Where --json was asked for, what kept it from answering is the one document on stdout.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    # A command speaks a language of its own: none of it remains for whoever called this as a function.
    _leave(copy_context().run(_answered, words))


def _answered(words: list[str]) -> int:
    """Run the command, print why where it has no answer, and return the exit code."""
    if doubt := begin():
        say(doubt)
    now = current(tuple(words))
    if now.former:
        say(
            said(
                "“konvoi {former}” is now “konvoi {present}”; the former name works in this version only.",
                former=now.former,
                present=now.present,
            )
        )
    code, kind, told = _run(list(now.words))
    if told:
        # The answer in JSON stays in English, which programs read.
        # `map` is a command here, a module of this package.
        parts = told.rsplit("\n", 1) if kind == "usage" else [told]
        say("\n".join([spoken(one) for one in parts]))
        if "--json" in words:
            answer({"error": {"exit": code, "kind": kind, "message": told}})
    return code


def _run(words: list[str]) -> tuple[int, str, str]:
    """The exit, and where nothing was answered of which kind that is and why."""
    try:
        code = group.main(words, prog_name="konvoi", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        return 2, "usage", error.format_message()
    except click.ClickException as error:
        return 2, "usage", _usage(error)
    except Unknown as error:
        return 2, "unknown", str(error)
    except (click.Abort, KeyboardInterrupt, Stopped):
        return 130, "stopped", said("Stopped. No partial results were saved.")
    except Refused as error:
        return 3, "refused", str(error)
    except BrokenPipeError:
        return 0, "", ""
    except OSError as error:
        place = error.filename or "The output"
        return 3, "refused", f"{place}: {error.strerror or error}; nothing was left half-done."
    return code if isinstance(code, int) else 0, "", ""


def _usage(error: click.ClickException) -> str:
    """Return the error in the command, and the name of its help."""
    asked = getattr(error, "ctx", None)
    path = asked.command_path if asked else "konvoi"
    return f"{error.format_message()}\nAll options: {path} --help"


def _leave(code: int) -> NoReturn:
    """Exit; whoever has closed the pipe wants no word of it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end, where nobody can catch it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
