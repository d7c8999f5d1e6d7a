"""konvoi audit: a plan is checked by other code than made it."""

from pathlib import Path

import click

from konvoi.cli.opening import opened
from konvoi.cli.talk import json_option
from konvoi.cli.tongue import follow, said
from konvoi.cli.view import as_of_option


@click.command("audit")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, /, problem: Path, plan: Path, as_json: bool) -> None:
    """Recompute loads, kits, dates, steps, value and bound of a plan's folder from the problem's tables.

    \b
    Example:
      konvoi audit out/cell/problem out/cell/plan
    """
    from konvoi.cli.talk import Watch, answer, counts, exit_code, tell
    from konvoi.flow.chain import tables_of
    from konvoi.flow.plans import plan_at
    from konvoi.plan.audit import audit

    follow([problem])
    found = plan_at(plan)
    watch = Watch(quiet=as_json)
    made, _, refused = tables_of(opened([problem]), stop=watch)
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
