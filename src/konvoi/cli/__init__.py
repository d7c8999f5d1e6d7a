"""The command line: konvoi <verb>, one file a verb."""

import importlib
import sys
from collections.abc import Sequence

import click

from konvoi import __version__
from konvoi.cli.talk import Stopped, say
from konvoi.gateways.refusal import Refused

VERBS = (
    "demo",
    "init",
    "add",
    "undo",
    "run",
    "read",
    "total",
    "show",
    "judge",
    "ask",
    "standards",
    "solve",
    "audit",
    "forecast",
    "orders",
    "reconcile",
    "papers",
    "template",
)
"""In the order in which a newcomer meets them; each is a file of this folder with a `command`."""


class Verbs(click.Group):
    """The verbs, each loaded only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in their own order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One verb's command; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        found = importlib.import_module(f"konvoi.cli.{cmd_name}").command
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
    """Run the command line and exit; never a traceback for what a user can cause."""
    try:
        code = group.main(argv, prog_name="konvoi", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt, Stopped):
        say("Stopped. Nothing was left half-done.")
        code = 130
    except Refused as error:
        say(str(error))
        code = 3
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        say(f"{error.filename or 'The output'}: {error.strerror}; nothing was left half-done.")
        code = 3
    sys.exit(code if isinstance(code, int) else 0)
