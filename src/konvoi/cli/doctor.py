"""konvoi doctor: check the machine and the workspace, and say what to do."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.backup_key import key_option
from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.refusals import spoken
from konvoi.cli.workspace_argument import folder_argument
from konvoi.gateways.refusal import Refused

if TYPE_CHECKING:
    from konvoi.flow.instance.check import Check


@click.command("doctor")
@folder_argument
@key_option("The key file of backups. Default: backup.key in this user's settings.")
@json_option
@click.pass_context
def command(ctx: click.Context, folder: Path, key_file: Path | None, as_json: bool) -> None:
    """Check the machine and the workspace.

    Checks Python, SQLite, the child that reads submitted files, disk, secret files, language and fonts; in a
    workspace also database, rights, clock, backups, drills and sanctions lists. Each check that is not ok
    names a remedy. The exit code is 1 if a check is an error. Nothing is changed.

    \b
    Example:
      konvoi doctor
      konvoi doctor cell --json
    """
    from konvoi.cli.output import answer
    from konvoi.flow.instance.backup_key import key_file as chosen
    from konvoi.flow.instance.check import State
    from konvoi.flow.instance.health import health

    # A database that cannot be reached is one of the answers.
    with suppress(Refused):
        follow([folder])
    found = health(folder, chosen(key_file), now=datetime.now(UTC))
    count = {state: sum(one.state == state for one in found) for state in State}
    if as_json:
        counted = {"errors": count[State.ERROR], "warnings": count[State.WARNING], "passed": count[State.OK]}
        answer({**counted, "checks": [one.as_dict() for one in found]})
    else:
        _print(found, count[State.ERROR], count[State.WARNING], count[State.OK])
    ctx.exit(1 if count[State.ERROR] else 0)


def _print(found: "tuple[Check, ...]", errors: int, warnings: int, right: int) -> None:
    """Print the answer first, then each check with its remedy."""
    from konvoi.cli.output import table

    told = {
        "errors": said("{count} error", "{count} errors", errors),
        "warnings": said("{count} warning", "{count} warnings", warnings),
    }
    click.echo(said("{errors}, {warnings}, {ok} ok", **told, ok=right))
    rows = []
    for one in sorted(found, key=_weight):
        values = {name: _value(value) for name, value in one.values.items()}
        sentences = [said(text, **values) for text in (one.found, one.remedy) if text]
        rows.append([said(one.name), said(str(one.state)), "\n".join(sentences)])
    table([said(head) for head in ("check", "state", "found and remedy")], rows)


def _weight(one: "Check") -> int:
    """Return the place of a check: errors come first."""
    return ("error", "warning", "ok").index(one.state)


def _value(value: object) -> object:
    """Return a value as it is told: refusals of other parts have templates of their own."""
    return spoken(str(value)) if isinstance(value, Refused) else value
