"""konvoi tempo: how fast lines go from stage to stage, and how promised days were kept and moved."""

from pathlib import Path

import click

from konvoi.cli.chapter import told
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options


@click.command("tempo")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option(
    "--by",
    default="route",
    type=click.Choice(["route", "partner", "kind", "document"]),
    show_default=True,
    help="Days and kept promises for each of these.",
)
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, paths: tuple[Path, ...], by: str, as_json: bool) -> None:
    """Show how many days each step takes, how many lines are still open, and how promised days were kept.

    Days are those after which 25, 50 and 75 of 100 had passed on; what is open counts for as long as it has
    lasted. Promises are held against their first and, apart, their last day; slips tell by how many days, and
    how long before, a promised day was moved. What has no day is counted as such. PATH: files, folders or a
    workspace; default: this folder.

    \b
    Example:
      konvoi tempo --by partner
      konvoi tempo --as-of 2031-02-01 --json
    """
    tables = (f"speed-by-{by}", f"kept-by-{by}", "slips")
    told(ctx, paths, ("speed", "tempo"), tables, as_json=as_json, own=False)
