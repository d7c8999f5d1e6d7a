"""konvoi meeting actions: who does what next, until when, and what is late."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.meetings.steps import Steps

_SHOWN = 40


@click.command("actions")
@paths_argument
@click.option("--overdue", is_flag=True, help="Only those that are overdue.")
@click.option("--of", "party", default="", help="Only those of one party, by its id or name.")
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    overdue: bool,
    party: str,
    as_json: bool,
) -> None:
    """List action items with owner, deadline and state.

    Overdue ones come first. An action item is closed by a statement of its owner or an official statement;
    press reports are shown beside it.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi meeting actions --overdue
      konvoi meeting actions --of PL --as-of 2031-03-01
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell, tell_errors
    from konvoi.flow.meetings.steps import steps
    from konvoi.flow.today import UNDATED

    watch = Watch(quiet=as_json)
    work = opened(paths)
    found = steps(work, party=party, overdue=overdue, stop=watch)
    watch.close()
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell([one for one in found.gathered.findings if one.code == UNDATED])
        tell_errors(found.gathered.findings, found.gathered.readings)
    ctx.exit(exit_code(found.gathered.findings, refused=bool(found.gathered.refused)))


def _print(found: "Steps") -> None:
    from konvoi.cli.output import cut, table

    counts = found.counts()
    told = {
        "open": said("{count} open action item", "{count} open action items", counts["open"]),
        "overdue": said("{count} is overdue", "{count} are overdue", counts["overdue"]),
        "undated": said("{count} has no day", "{count} have no day", counts["undated"]),
        "ended": said("{count} has ended", "{count} have ended", counts["ended"]),
        "day": found.day,
    }
    click.echo(said("As of {day}: {open}, {overdue}, {undated}; {ended}.", **told))
    heads = [said(head) for head in ("step", "owner", "due", "late, days", "state", "waits for", "what")]
    rows = [
        [
            row["step"],
            row["party"],
            str(row["due"] or "–"),
            str(row["late"] or ""),
            _state(row),
            ", ".join(row["waits"]),
            row["title"],
        ]
        for row in found.rows.head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        table(heads, rows, right=(3,))
    cut(len(rows), found.rows.height)


def _state(row: dict[str, str | None]) -> str:
    """Return the state of a step, and the claims of others than officials."""
    now = said(str(row["state"]))
    return f"{now} ({said('reported as {state}', state=said(row['claimed']))})" if row["claimed"] else now
