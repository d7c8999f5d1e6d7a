"""konvoi report outlook: by when what is open will have arrived, and what will never come."""

from pathlib import Path

import click

from konvoi.cli.output import json_option
from konvoi.cli.report.chapter import plan_option, told
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import paths_argument


@click.command("outlook")
@paths_argument
@plan_option
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    plan: Path | None,
    as_json: bool,
) -> None:
    """Forecast how many open line items arrive in 30, 90 and 180 days.

    By kind, with intervals. The days are those of the plan; without a plan they rest on lead times (konvoi
    plan learn): the model of the workspace, if there is one, and its own ledger. Line items with fewer than
    30 completed cases of their kind have no forecast; the forecast leaves out line items that will never
    arrive.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report outlook
      konvoi report outlook --as-of 2031-02-01 --json
    """
    tables = ("prospect-table", "never-table")
    told(ctx, paths, ("prospect",), tables, as_json=as_json, plan=plan)
