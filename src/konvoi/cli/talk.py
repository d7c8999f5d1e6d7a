"""How the command line speaks: the answer on stdout, talk on stderr, one JSON document where asked."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from konvoi.kit.progress import Progress
from konvoi.model.finding import Finding, Severity, worst

Command = TypeVar("Command", bound=Callable[..., Any])
WIDTH = 100
_SHOWN = 20


class Stopped(Exception):
    """The person at the terminal asked to stop."""


def say(text: str) -> None:
    """A line of talk, beside the answer."""
    click.echo(text, err=True)


def answer(document: object) -> None:
    """The one JSON document of a verb."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def json_option(command: Command) -> Command:
    """Adds --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def colour() -> bool:
    """Whether colour may be used: on a terminal, and not against NO_COLOR."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table that fits 100 columns; the columns named in `right` hold numbers."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for number, name in enumerate(head):
        shown.add_column(name, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(_plain(cell) for cell in row))
    width = min(WIDTH, os.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    Console(width=width, no_color=not colour(), highlight=False, file=sys.stdout).print(shown)


def _plain(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)


def tell(findings: Sequence[Finding], *, most: int = _SHOWN) -> None:
    """Findings for people, the heaviest first, and how many there are in all."""
    from konvoi.report.language import Language
    from konvoi.report.sentences import place, sentence

    english = Language("en")
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    ranked = sorted(findings, key=lambda f: (order.index(f.severity), f.place, f.code))
    for finding in ranked[:most]:
        where = english.text(place(finding.place))
        name = f"{finding.place.file}: " if finding.place.file else ""
        say(f"  {finding.severity}: {name}{where}: {english.text(sentence(finding))}")
    if len(ranked) > most:
        say(f"  … and {len(ranked) - most} more; --json lists all {len(ranked)}")


def counts(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in words."""
    parts = []
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        number = sum(finding.severity == severity for finding in findings)
        if number:
            parts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    return ", ".join(parts) or "no findings"


def exit_code(findings: Sequence[Finding], *, refused: bool = False) -> int:
    """0 none of severity error, 1 some, 3 a file or a total was refused."""
    if refused:
        return 3
    return 1 if worst(findings) == Severity.ERROR else 0


def _phase(progress: Progress) -> str:
    return progress.phase[:1].upper() + progress.phase[1:]


class Watch:
    """Tells progress on stderr: in place on a terminal, a plain line for each new step in a pipe."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._what = ""
        self._begun = time.monotonic()
        self._last = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> bool:
        """Take one word of progress; never stops the work by itself."""
        if self._quiet:
            return False
        now = time.monotonic()
        if progress.phase != self._what:
            self._end()
            self._what, self._begun, self._last = progress.phase, now, 0.0
            if not self._live:
                say(f"{_phase(progress)} …")
        if self._live and now - self._last > 0.1:
            self._last = now
            click.echo(f"\r\x1b[K{self._line(progress, now)}", err=True, nl=False)
        return False

    def close(self) -> None:
        """End the line that is being written."""
        self._end()
        self._what = ""

    def _end(self) -> None:
        if self._what and self._live and not self._quiet:
            took = time.monotonic() - self._begun
            click.echo(f"\r\x1b[K{self._what.capitalize()}: {took:.1f} s", err=True)

    def _line(self, progress: Progress, now: float) -> str:
        text = _phase(progress)
        spent = now - self._begun
        if progress.total:
            text += f" {progress.done}/{progress.total}"
            if 0 < progress.done < progress.total and spent > 1:
                text += f", about {spent / progress.done * (progress.total - progress.done):.0f} s more"
        if progress.value is not None and progress.bound:
            gap = 100 * (progress.bound - progress.value) / max(abs(progress.bound), 1e-9)
            text += f", value {progress.value:,.1f}, bound {progress.bound:,.1f}, gap {gap:.1f} %"
        return text[: WIDTH - 1]
