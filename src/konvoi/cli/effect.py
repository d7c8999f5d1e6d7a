"""konvoi effect: what was there when it was needed, usable kits, money against its need, goods per head."""

from pathlib import Path

import click

from konvoi.cli.chapter import plan_option, told
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options


@click.command("effect")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
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
    """Tell what the whole brings: coverage in time, the lines of defence and economy, goods by oblast.

    Coverage in time is the share of validated needs, by value, that was received by its due day, and what
    the plan brings of later ones. Defence: usable kits handed over against those asked for. Economy: money
    disbursed against the need that the state itself states. PATH: files, folders or a workspace; default:
    this folder.

    \b
    Example:
      konvoi effect
      konvoi effect --plan out-cell/plan --json
    """
    tables = ("effect-months-table", "effect-kits", "effect-money", "effect-oblasts")
    told(ctx, paths, ("effect",), tables, as_json=as_json, plan=plan)
