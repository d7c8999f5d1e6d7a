"""The command line: konvoi <verb>, one file a verb."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from konvoi import __version__
from konvoi.cli.i18n import begin, said
from konvoi.cli.output import Stopped, answer, say
from konvoi.flow.name_lookup import Unknown
from konvoi.gateways.refusal import Refused

VERBS = (
    "demo",
    "init",
    "add",
    "undo",
    "verify",
    "run",
    "read",
    "total",
    "show",
    "trace",
    "review",
    "judge",
    "ask",
    "standards",
    "clauses",
    "positions",
    "contracts",
    "stalled",
    "gap",
    "diff",
    "tempo",
    "late",
    "outlook",
    "effect",
    "release",
    "steps",
    "tranches",
    "projects",
    "session",
    "solve",
    "what-if",
    "audit",
    "learn",
    "forecast",
    "orders",
    "reconcile",
    "papers",
    "lists",
    "sanctions",
    "propose",
    "screen",
    "match",
    "template",
    "table",
)
"""In the order in which a newcomer meets them; each is a file here, `-` as `_`, with a `command`."""


class Verbs(click.Group):
    """The verbs, each loaded only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in their own order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One verb's command; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        found = importlib.import_module(f"konvoi.cli.{cmd_name.replace('-', '_')}").command
        if not isinstance(found, click.Command):
            raise TypeError(f"{cmd_name}: no command")
        return found


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="konvoi")
def group() -> None:
    """Konvoi follows every word given to what arrived, and counts it once.

    \b
    Example:
      konvoi demo                         the whole chain on published facts
      konvoi init cell && cd cell         a workspace of your own
      konvoi add ../list.xlsx --from PL   what a partner handed in
      konvoi run                          read, count, plan, forecast, brief

    Exits: 0 no error found, 1 errors found, 2 wrong usage, 3 a file or a total was refused.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit; never a traceback for what a user can cause.

    Where --json was asked for, what kept it from answering is the one document on stdout.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if doubt := begin():
        say(doubt)
    code, kind, told = _run(words)
    if told:
        say(told)
        if "--json" in words:
            answer({"error": {"exit": code, "kind": kind, "message": told}})
    _leave(code)


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
        return 130, "stopped", said("Stopped. Nothing was left half-done.")
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
    return f"{error.format_message()}\n{path} --help says what can be typed."


def _leave(code: int) -> NoReturn:
    """Exit; whoever has closed the pipe wants no word of it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end, where nobody can catch it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
