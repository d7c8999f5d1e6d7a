"""konvoi delivery reconcile: dispatched against received."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

if TYPE_CHECKING:
    from konvoi.ledger.reconciled import Reconciled

_PATHS = click.Path(exists=True, path_type=Path)
_SHOWN = 40
_CLOSED = ("received",)


@click.command("reconcile")
@paths_argument
@click.option("--all", "every", is_flag=True, help="Also list receipts without discrepancy.")
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[Path, ...], every: bool, as_json: bool) -> None:
    """Compare dispatches with receipts and list discrepancies.

    Compared are consignments, line items and serial numbers. Each discrepancy is shown with both documents;
    what is under way is open and no discrepancy.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi delivery reconcile
      konvoi delivery reconcile despatch.xml receipts.xlsx events.jsonld --json
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell, tell_errors
    from konvoi.flow.deliveries.reconciled_papers import reconciled_papers
    from konvoi.flow.kept_views import loaded

    work = opened(paths)
    watch = Watch(quiet=as_json)
    gathered = loaded(work, stop=watch)
    watch.close()
    found = reconciled_papers(gathered)
    if as_json:
        answer(
            {
                "states": _states(found),
                "consignments": found.consignments.to_dicts(),
                "serials": found.serials.to_dicts(),
                "findings": [finding.as_dict() for finding in found.findings],
            }
        )
    else:
        _print(found, every=every)
        tell(found.findings, gathered.readings)
        codes = {finding.code for finding in found.findings}
        tell_errors([one for one in gathered.findings if one.code not in codes], gathered.readings)
    findings = (*gathered.findings, *found.findings)
    ctx.exit(exit_code(findings, refused=bool(gathered.refused)))


def _states(found: "Reconciled") -> dict[str, int]:
    """Return the number of goods of consignments by state."""
    from konvoi.ledger.reconciled import STATES

    states = found.consignments["state"].to_list()
    return {state: states.count(state) for state in STATES}


def _print(found: "Reconciled", *, every: bool) -> None:
    """Print the number of goods by state, then those that are open or differ."""
    import polars as pl

    from konvoi.cli.output import counts, cut, table

    rows = found.consignments
    if rows.is_empty():
        click.echo(said("No dispatches submitted."))
        return
    states = [f"{count} {said(state)}" for state, count in _states(found).items() if count]
    told = {"states": ", ".join(states), "findings": counts(found.findings)}
    one = "{count} good of consignments: {states}; {findings}"
    click.echo(said(one, "{count} goods of consignments: {states}; {findings}", rows.height, **told))
    shown = rows if every else rows.filter(~pl.col("state").is_in(_CLOSED))
    names = ("sent", "received", "short", "damaged", "rejected", "open")
    cells = [
        [row["consignment"], row["good"] or "", *(_number(row[name]) for name in names), said(row["state"])]
        for row in shown.head(_SHOWN).iter_rows(named=True)
    ]
    if cells:
        table(
            [said(name) for name in ("consignment", "good", *names, "state")], cells, right=tuple(range(2, 8))
        )
    cut(_SHOWN, shown.height)
    if left := rows.height - shown.height:
        one = "{count} without difference is not listed (--all)."
        click.echo(said(one, "{count} without difference are not listed (--all).", left))


def _number(value: object) -> str:
    if value is None:
        return said("unknown")
    return figure(value.normalize() if isinstance(value, Decimal) else value)
