"""The answer of konvoi without a command: the status of the workspace in this folder, or how to start."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said

if TYPE_CHECKING:
    from decimal import Decimal

    from konvoi.flow.status import Status
    from konvoi.ledger.answer import Total

START = (
    ("konvoi demo", "make a workspace from an example and compute it"),
    ("konvoi init DIR", "make an empty workspace"),
    ("konvoi read FILE", "check a file and list every finding"),
)

WIDTH = 73
"""Columns beside the names of the rows, so that a line fits 100."""


def print_status(folder: Path) -> int:
    """Print the status of a workspace, elsewhere the commands to start with; return the exit code."""
    from konvoi.cli.output import Watch, exit_code
    from konvoi.flow.status import status
    from konvoi.flow.workspace import is_workspace, workspace

    if not is_workspace(folder):
        _print_start()
        return 0
    follow([folder])
    work = workspace(folder)
    if not work.documents:
        click.echo(said("{title}: no submissions yet.", title=work.settings.name))
        click.echo(said("Import the first one: konvoi add FILE --from PARTY"))
        return 0
    watch = Watch(quiet=False)
    found = status(work, stop=watch)
    watch.close()
    for line in _lines(found):
        click.echo(line)
    return exit_code(found.findings, refused=bool(found.refused))


def _print_start() -> None:
    click.echo(said("No workspace in this folder. Commands to start with:"))
    for command, purpose in START:
        click.echo(f"  {command.ljust(18)}{said(purpose)}")
    click.echo(said("All commands: konvoi --help"))


def _lines(found: "Status") -> list[str]:
    """Return the status in at most ten lines."""
    day = said("no dated document") if found.day is None else said("as of {day}", day=found.day)
    exercise = f" ({said('exercise')})" if found.exercise else ""
    return [
        f"{found.title}{exercise}, {day}",
        _row("Submissions", _submissions(found)),
        _row("Pledged", _amount(found.pledged)),
        _row("Delivered or disbursed", _amount(found.delivered)),
        _row("Overdue", _overdue(found)),
        *_urgent(found),
        _row("Next meeting", _meeting(found)),
        _row("Results", _results(found)),
    ]


def _row(name: str, value: str) -> str:
    from rich.cells import cell_len

    told = said(name) if name else ""
    return f"  {told}{' ' * max(1, 25 - cell_len(told))}{value}"


def _submissions(found: "Status") -> str:
    parts = [said("{count} document", "{count} documents", found.documents)]
    if found.refused:
        parts.append(said("{count} not read", "{count} not read", found.refused))
    if found.errors:
        parts.append(said("{count} error", "{count} errors", found.errors))
    if found.candidates:
        parts.append(said("{count} duplicate candidate", "{count} duplicate candidates", found.candidates))
    return ", ".join(parts)


def _amount(total: "Total") -> str:
    """Return a total with its range, where open candidates can change it; silence is no zero."""
    if total.refused:
        return said("not computed; konvoi total states why")
    if not total.is_reported:
        return said("not reported")
    if total.value is None or not (total.used or total.withdrawn):
        return said("no value stated")
    whole = _money(total.value, total.unit)
    if total.lowest is None or total.highest is None or total.lowest == total.highest:
        return whole
    told = {"low": _money(total.lowest, total.unit), "high": _money(total.highest, total.unit)}
    return f"{whole} ({said('range {low} to {high}', **told)})"


def _money(value: "Decimal", unit: str) -> str:
    """Return an amount with its currency: a whole one without decimals, another with all of them."""
    from konvoi.kit.money import places
    from konvoi.report.language import Language

    whole = value.to_integral_value()
    digits = 0 if whole == value else places(unit)
    return Language(code()).exact(value, unit, digits)


def _overdue(found: "Status") -> str:
    if found.overdue is None:
        told = said("no promised days reported")
    else:
        told = said("{count} line item", "{count} line items", found.overdue)
    if found.actions_overdue:
        told += ", " + said("{count} action item", "{count} action items", found.actions_overdue)
    return told


def _urgent(found: "Status") -> list[str]:
    """Return the most urgent decisions in lines that fit the terminal."""
    from konvoi.report.language import Language

    if not found.urgent:
        return [_row("Most urgent", said("nothing is overdue or due within 7 days"))]
    language = Language(code())
    heads = ("Most urgent", *[""] * (len(found.urgent) - 1))
    lines = []
    for head, one in zip(heads, found.urgent, strict=True):
        who = one.party or said("Coordination cell")
        by = "" if one.by is None else f" ({one.by.isoformat()})"
        told = f"{who}: {language.text(one.what)}"
        room = WIDTH - len(by)
        lines.append(_row(head, (told if len(told) <= room else told[: room - 1].rstrip() + "…") + by))
    return lines


def _meeting(found: "Status") -> str:
    if found.meeting is None:
        return said("none known")
    town = f", {found.meeting.town}" if found.meeting.town else ""
    return f"{found.meeting.id}, {found.meeting.day.isoformat()}{town}"


def _results(found: "Status") -> str:
    from konvoi.flow.status import OUT, Results

    match found.results:
        case Results.CURRENT:
            return said("up to date: {folder}", folder=OUT)
        case Results.OUTDATED:
            return said("out of date; run konvoi run")
    return said("none; run konvoi run")
