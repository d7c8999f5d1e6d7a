"""The frame of a help text in the language that is spoken: headings, usage, and defaults of options."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from konvoi.cli.i18n import said

_DEFAULT = re.compile(r"\[default: (.+)\]$")


class HelpFormatter(click.HelpFormatter):
    """Formatter whose headings, usage and defaults are said in the language of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        args = args.replace("[OPTIONS]", f"[{said('OPTIONS')}]")
        args = args.replace("COMMAND", said("COMMAND")).replace("[ARGS]", f"[{said('ARGUMENTS')}]")
        super().write_usage(prog, args, f"{said('Usage:')} " if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and indent what follows."""
        with super().section(said(name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options with their help."""
        told = [(name, _DEFAULT.sub(_default, text)) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class HelpContext(click.Context):
    """Context of a command whose help is in the language of the terminal."""

    formatter_class = HelpFormatter


def _default(found: re.Match[str]) -> str:
    return f"[{said('default: {value}', value=found[1])}]"
