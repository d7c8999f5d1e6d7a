"""konvoi report tempo: how fast lines go from stage to stage, and how promised days were kept and moved."""

from pathlib import Path

import click

from konvoi.cli.output import json_option
from konvoi.cli.report.chapter import told
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import paths_argument


@click.command("tempo")
@paths_argument
@click.option(
    "--by",
    default="route",
    type=click.Choice(["route", "partner", "kind", "document"]),
    show_default=True,
    help="Lead times and delays by this attribute.",
)
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, paths: tuple[Path, ...], by: str, as_json: bool) -> None:
    """Show lead times by step, and how well promised days are met.

    Lead times are the days after which 25, 50 and 75 % of cases had passed on; open cases count with their
    duration so far. Delays are measured against the first promised day and, separately, against the last.
    Shifts show by how many days a promised day was moved, and how long before it. Cases without a stated day
    are counted separately. Where a register publishes support by year, the shares of commitments that were
    allocated stand first.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report tempo --by partner
      konvoi report tempo --as-of 2031-02-01 --json
    """
    tables = ("speed-allocation", "speed-allocation-partners", f"speed-by-{by}", f"kept-by-{by}", "slips")
    told(ctx, paths, ("speed", "tempo"), tables, as_json=as_json, own=False)
