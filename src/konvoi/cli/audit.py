"""konvoi audit: a plan is checked by other code than made it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened

if TYPE_CHECKING:
    from konvoi.flow.workspace import Workspace
    from konvoi.plan.plan import Plan


@click.command("audit")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, problem: Path, plan: Path, as_json: bool) -> None:
    """Recompute loads, kits, dates, steps, value and bound of a plan's folder from the problem's tables.

    The audit is the coordination cell's, since it rests on all movements. Another reader (--for) gets the
    movements of which it may see every record, and nothing of value, bound and findings.

    \b
    Example:
      konvoi audit out-cell/problem out-cell/plan
    """
    from konvoi.cli.output import Watch, answer, counts, exit_code, tell
    from konvoi.flow.plans import plan_at
    from konvoi.flow.run import tables_of
    from konvoi.plan.audit import audit

    follow([problem])
    found = plan_at(plan)
    work = opened([problem])
    if not work.view.is_cell:
        _released(work, found, as_json=as_json)
        return
    watch = Watch(quiet=as_json)
    made, _, refused = tables_of(work, stop=watch)
    watch.close()
    findings = audit(made.tables, found)
    if as_json:
        answer(
            {
                "plan": str(plan),
                "holds": not findings,
                "value": str(found.value),
                "bound": str(found.bound),
                "findings": [finding.as_dict() for finding in findings],
            }
        )
    elif findings:
        click.echo(said("The plan does not hold: {findings}", findings=counts(findings)))
        tell(findings)
    else:
        figures = {"value": round(found.value, 3), "bound": round(found.bound, 3)}
        click.echo(said("The plan holds: value {value}, bound {bound}, both confirmed.", **figures))
    ctx.exit(exit_code(findings, refused=bool(refused)))


def _released(work: "Workspace", plan: "Plan", *, as_json: bool) -> None:
    """Print the part of an audited plan that a reader other than the coordination cell may know."""
    from konvoi.cli.output import answer
    from konvoi.flow.run import frame_rows, released_to

    shown = released_to(work, plan)
    if as_json:
        answer({"movements": frame_rows(shown.movements), "unmet": frame_rows(shown.unmet)})
    else:
        click.echo(said("{count} movement", "{count} movements", shown.movements.height))
