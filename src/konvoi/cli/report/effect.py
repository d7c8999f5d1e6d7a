"""konvoi report effect: effect of the support: coverage in time, usable kits, money, goods by oblast."""

from pathlib import Path

import click

from konvoi.cli.output import json_option
from konvoi.cli.report.chapter import plan_option, told
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import paths_argument


@click.command("effect")
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
    """Show the effect of support: coverage in time, by oblast.

    Coverage in time is the share of validated needs, by value, received by their due day; for needs that are
    due later, what the plan adds. Defence: usable kits handed over, of those requested. Economy: money
    disbursed, of the need stated by the recipient.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi report effect
      konvoi report effect --plan out-cell/plan --json
    """
    tables = ("effect-months-table", "effect-kits", "effect-money", "effect-oblasts")
    told(ctx, paths, ("effect",), tables, as_json=as_json, plan=plan)
