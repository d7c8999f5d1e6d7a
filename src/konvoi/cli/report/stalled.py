"""konvoi report stalled: which lines stay too long where they are, and whose move it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import chosen, figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.forecast.stalled import Stalled

_SHOWN = 40


@click.command("stalled")
@paths_argument
@click.option("--of", "party", default="", help="Only what waits for one party, by its id or name.")
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, paths: tuple[Path, ...], party: str, as_json: bool) -> None:
    """List line items that stay unusually long at one stage.

    The limit is the time that four of five line items of the same channel and kind take; with fewer than 20
    cases it is the limit under `[stalled]` in konvoi.toml, otherwise 60 days. The longest come first.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report stalled
      konvoi report stalled --of PL --json
    """
    from dataclasses import replace

    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.forecast.stalled import of_workspace
    from konvoi.flow.name_lookup import party as known_party

    work = opened(paths)
    watch = Watch(quiet=as_json)
    found = of_workspace(work, stop=watch)
    watch.close()
    if party:
        known = known_party("--of", party, found.gathered, work.settings)
        found = replace(found, rows=found.rows.filter(found.rows["mover"] == known))
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell_errors(found.gathered.findings, found.gathered.readings)
    ctx.exit(exit_code(found.gathered.findings, refused=bool(found.gathered.refused)))


def _print(found: "Stalled") -> None:

    from konvoi.cli.output import cut, table
    from konvoi.flow.forecast.stalled import euros

    one = "{count} stalled item as of {day}."
    many = "{count} stalled items as of {day}."
    click.echo(said(one, many, found.rows.height, day=found.day))
    heads = [said(head) for head in ("line", "stage", "days", "limit", "EUR", "responsible", "next stage")]
    rows = [
        [
            str(row["line"]),
            chosen("stage", row["stage"]),
            figure(row["days"]),
            figure(row["limit"]),
            said("not known") if (eur := euros(row)) is None else figure(eur),
            f"{row['mover'] or '?'} ({said(str(row['moves']))})",
            chosen("stage", row["next"]),
        ]
        for row in found.rows.head(_SHOWN).iter_rows(named=True)
    ]
    if rows:
        table(heads, rows, right=(2, 3, 4))
    cut(len(rows), found.rows.height)
