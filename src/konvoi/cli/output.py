"""The output of the command line: the answer on stdout, messages on stderr, one JSON document where asked."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from konvoi.cli.i18n import as_written, code, said, written_in
from konvoi.kit.json_text import json_text
from konvoi.kit.progress import Progress
from konvoi.model.finding import Finding, Severity, worst

if TYPE_CHECKING:
    from konvoi.model.document import Reading

Command = TypeVar("Command", bound=Callable[..., Any])
WIDTH = 100
_SHOWN = 20
_ENDS: list[Callable[[], None]] = []


class Stopped(Exception):
    """The person at the terminal asked to stop."""


def say(text: str) -> None:
    """A line of talk, beside the answer."""
    click.echo(text, err=True)


def answer(document: object) -> None:
    """Print the one JSON document of a command: decimals are numbers, days ISO 8601."""
    click.echo(json_text(document))


def say_none(none: str, near: Sequence[str]) -> None:
    """That nothing bears a name, and what may have been meant."""
    hint = said("Did you mean {meant}?", meant=", ".join(near)) if near else ""
    say(f"{none} {hint}".strip())


def json_option(command: Command) -> Command:
    """Adds --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def colour() -> bool:
    """Return True if colour may be used: on a terminal, and not against NO_COLOR."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table that fits 100 columns; the columns named in `right` hold numbers."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    width = min(WIDTH, os.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    cells = [list(row) for row in rows]
    for number, (name, wide) in enumerate(zip(head, _widths([head, *cells], width), strict=True)):
        shown.add_column(name, justify="right" if number in right else "left", overflow="fold", width=wide)
    for row in cells:
        shown.add_row(*(_plain(cell) for cell in row))
    Console(width=width, no_color=not colour(), highlight=False, file=sys.stdout).print(shown)


def _widths(rows: Sequence[Sequence[str]], whole: int) -> list[int]:
    """The widths of columns two apart that fit together; the widest give way first, and words do not break
    while another column has room between its own."""
    from rich.cells import cell_len

    columns = list(zip(*rows, strict=True))
    widths = [max(cell_len(line) for cell in one for line in cell.split("\n")) for one in columns]
    words = [max((cell_len(word) for cell in one for word in _words(cell)), default=1) for one in columns]
    while sum(widths) > whole - 2 * (len(widths) - 1) and max(widths) > 1:
        at = max(range(len(widths)), key=lambda one: (widths[one] > words[one], widths[one]))
        widths[at] -= 1
    return widths


def _words(cell: str) -> list[str]:
    """Return the units that are not to break: words, and a number with the spaces between its thousands."""
    return cell.split() if any(sign.isalpha() for sign in cell) else [cell]


def _plain(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)


def tell(
    findings: Sequence[Finding],
    readings: Iterable["Reading"] = (),
    *,
    most: int = _SHOWN,
    in_json: bool = True,
) -> None:
    """Findings for people, the heaviest first, and how many there are in all.

    readings: of the documents that they are about: columns and choices are named as each has them. in_json:
    whether the verb's JSON holds them all.
    """
    from konvoi.report.language import Language
    from konvoi.report.sentences import place, sentence

    language = Language(code())
    written = written_in(readings)
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    ranked = sorted(findings, key=lambda f: (order.index(f.severity), f.place, f.code))
    for found in ranked[:most]:
        finding = as_written(found, written)
        where = language.text(place(finding.place))
        name = f"{finding.place.file}: " if finding.place.file else ""
        say(f"  {said(str(finding.severity))}: {name}{where}: {language.text(sentence(finding))}")
    if len(ranked) > most:
        rest = "… and {more} more; --json lists all {all}" if in_json else "… and {more} more"
        say("  " + said(rest, more=len(ranked) - most, all=len(ranked)))


def cut(shown: int, every: int) -> None:
    """That a list was cut, if it was."""
    if every > shown:
        click.echo(said("… {shown} of {every} shown; --json lists all", shown=shown, every=every))


def counts(findings: Sequence[Finding]) -> str:
    """Return the number of findings of each severity, in words."""
    found = {one: sum(finding.severity == one for finding in findings) for one in Severity}
    parts = [
        said("{count} error", "{count} errors", found[Severity.ERROR]) if found[Severity.ERROR] else "",
        said("{count} warning", "{count} warnings", found[Severity.WARNING])
        if found[Severity.WARNING]
        else "",
        said("{count} note", "{count} notes", found[Severity.NOTE]) if found[Severity.NOTE] else "",
    ]
    return ", ".join(part for part in parts if part) or said("no findings")


def tell_errors(findings: Sequence[Finding], readings: Iterable["Reading"] = ()) -> None:
    """Beside another answer: what is wrong with what it was drawn from."""
    errors = [finding for finding in findings if finding.severity == Severity.ERROR]
    if errors:
        one = "{count} error in the submissions; all findings: konvoi read"
        say(said(one, "{count} errors in the submissions; all findings: konvoi read", len(errors)))
        tell(errors, readings, most=5, in_json=False)


def exit_code(findings: Sequence[Finding], *, refused: bool = False) -> int:
    """0 none of severity error, 1 some, 3 a file or a total was refused."""
    if refused:
        return 3
    return 1 if worst(findings) == Severity.ERROR else 0


def _phase(phase: str) -> str:
    text = said(phase[:1].upper() + phase[1:])
    return text[:1].upper() + text[1:]


class Watch:
    """Tells progress on stderr: in place on a terminal, a plain line for each new step in a pipe.

    Where functions are compiled for the first time on a machine, it says so once.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._what = ""
        self._begun = time.monotonic()
        self._last = 0.0
        self._live = sys.stderr.isatty()
        self._prepared = False
        self._deaf: Callable[[], None] | None = None

    def __call__(self, progress: Progress) -> bool:
        """Take one word of progress; never stops the work by itself."""
        if self._quiet:
            return False
        if self._deaf is None:
            self._deaf = heard(self._preparing)
        now = time.monotonic()
        if progress.phase != self._what:
            self._end()
            self._what = progress.phase
            self._begun = now
            self._last = 0.0
            if not self._live:
                say(f"{_phase(progress.phase)} …")
        if self._live and now - self._last > 0.1:
            self._last = now
            click.echo(f"\r\x1b[K{self._line(progress, now)}", err=True, nl=False)
        return False

    def close(self) -> None:
        """End the line that is being written."""
        self._end()
        self._what = ""
        if self._deaf:
            self._deaf()
            self._deaf = None

    def _preparing(self) -> None:
        if not self._prepared:
            self._prepared = True
            text = said("Preparing for the first time on this machine; this can take some minutes …")
            say(f"\r\x1b[K{text}" if self._live else text)

    def _end(self) -> None:
        if self._what and self._live and not self._quiet:
            took = time.monotonic() - self._begun
            click.echo(f"\r\x1b[K{_phase(self._what)}: {took:.1f} s", err=True)

    def _line(self, progress: Progress, now: float) -> str:
        text = _phase(progress.phase)
        spent = now - self._begun
        if progress.total:
            text += f" {progress.done}/{progress.total}"
            if 0 < progress.done < progress.total and spent > 1:
                left = round(spent / progress.done * (progress.total - progress.done))
                text += said(", about {seconds} s more", seconds=left)
        if progress.value is not None and progress.bound:
            gap = 100 * (progress.bound - progress.value) / max(abs(progress.bound), 1e-9)
            figures = {"value": progress.value, "bound": progress.bound, "gap": gap}
            tenths = {name: Decimal(f"{one:.1f}") for name, one in figures.items()}
            text += said(", value {value}, bound {bound}, gap {gap} %", **tenths)
        return text[: WIDTH - 1]


def heard(tell: Callable[[], None]) -> Callable[[], None] | None:
    """Call `tell` from now on whenever a function is compiled; return the function that ends this.

    None where nothing that has to be compiled is loaded yet. What an earlier start kept is not compiled.
    Only the last one hears: a run that was broken off may have left another.
    """
    if "numba" not in sys.modules:
        return None
    from numba.core import event

    events: Any = event

    class Ear(event.Listener):
        def on_start(self, event: object) -> None:
            tell()

        def on_end(self, event: object) -> None:
            return None

    ear = Ear()
    for end in _ENDS:
        end()
    _ENDS[:] = [partial(_unheard, events, ear)]
    events.register("numba:compile", ear)
    return _ENDS[0]


def _unheard(events: Any, ear: object) -> None:
    """End hearing, once or again."""
    with suppress(ValueError):
        events.unregister("numba:compile", ear)
