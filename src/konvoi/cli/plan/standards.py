"""konvoi plan standards: how each offer stands to the standards, and what else it needs to be usable."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.flow.planning.offer_status import Standing


@click.command("standards")
@paths_argument
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check offers against the standards in force.

    Each offer meets a standard, meets it with a ratio, lacks a requirement, or is unknown. Also shown: what a
    kit lacks to be usable, and how many types serve one purpose.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi plan standards
      konvoi plan standards tables/ --json
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.planning.offer_status import standing

    watch = Watch(quiet=as_json)
    work = opened(paths)
    gathered = loaded(work, stop=watch)
    found = standing(gathered, work)
    watch.close()
    if as_json:
        answer(found.as_dict())
    else:
        _print(found)
        tell_errors(gathered.findings, gathered.readings)
    ctx.exit(exit_code(gathered.findings, refused=bool(gathered.refused)))


def _print(found: "Standing") -> None:
    from konvoi.cli.output import table

    counts = found.counts()
    words = ", ".join(f"{number} {said(verdict)}" for verdict, number in counts.items() if number)
    one = "{count} point of standards checked on offers: {verdicts}."
    many = "{count} points of standards checked on offers: {verdicts}."
    click.echo(said(one, many, found.offers.height, verdicts=words or said("none")))
    rows = found.offers.iter_rows(named=True)
    cells = [
        [
            r["offer"],
            r["party"],
            r["good"],
            r["standard"],
            said(r["requirement"]),
            r["value"],
            said(r["verdict"]),
        ]
        for r in rows
    ]
    if cells:
        table(_said("offer", "party", "good", "standard", "requirement", "value", "verdict"), cells)
    kits = [
        [r["offer"], r["kit"], r["component"], r["good"], f"{r['wanted']:f}", f"{r['missing']:f}"]
        for r in found.kits.iter_rows(named=True)
    ]
    if kits:
        click.echo(said("What else is needed to make it usable:"))
        table(_said("offer", "kit", "component", "good", "wanted", "missing"), kits, right=(4, 5))
    types = [
        [r["good"], str(r["types"]), r["goods"], str(r["tail"]), r["beside"]]
        for r in found.variety.iter_rows(named=True)
    ]
    if types:
        click.echo(said("Types by purpose and additional items required:"))
        table(_said("good", "types", "which", "beside", "which"), types, right=(1, 3))


def _said(*heads: str) -> list[str]:
    return [said(head) for head in heads]
