"""konvoi plan audit: a plan is checked by other code than made it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.planned_without import print_without
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import dir_option, named, opened, planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konvoi.flow.workspace import Workspace
    from konvoi.model.finding import Finding
    from konvoi.plan.plan import Plan


@click.command("audit")
@click.argument("problem", required=False, type=click.Path(exists=True, path_type=Path), callback=named)
@click.argument("plan", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@dir_option
@view_options()
@json_option
@click.pass_context
def command(ctx: click.Context, /, problem: Path | None, plan: Path | None, as_json: bool) -> None:
    """Check a plan against the problem, independently of the solver.

    Loads, kits, days, steps, value and bound are recomputed from the tables of the problem. The audit is for
    the coordination cell, since it rests on all movements. Another reader (--for) gets the movements of which
    it may see every record, and nothing of value, bound and findings.

    PROBLEM, PLAN; default: the workspace and its plan: the one in force, if one was adopted.

    \b
    Example:
      konvoi plan audit
      konvoi plan audit out-cell/problem out-cell/plan
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell, tell_errors
    from konvoi.flow.run import audited
    from konvoi.plan.audit import audit
    from konvoi.plan.clean import without
    from konvoi.plan.without import LIMIT_UNREADABLE, frame_of

    plan, problem = planned(plan, problem)
    follow([problem])
    work = opened([problem])
    watch = Watch(quiet=as_json or not work.view.is_cell)
    named_one, read, refused = audited(work, plan, stop=watch)
    watch.close()
    found = named_one.plan
    if not work.view.is_cell:
        _released(work, found, as_json=as_json)
        return
    tables = named_one.made.tables
    findings = audit(tables, found)
    cells = frame_of(without(tables))
    if as_json:
        answer(
            {
                "plan": named_one.name,
                "holds": not findings,
                "planned_without": cells.to_dicts(),
                "value": found.value,
                "bound": found.bound,
                "findings": [finding.as_dict() for finding in findings],
            }
        )
    else:
        _print(found, findings)
        print_without(cells)
        tell([one for one in findings if one.code != LIMIT_UNREADABLE])
        if refused:
            tell_errors([one for one in read if one.code != LIMIT_UNREADABLE])
    ctx.exit(exit_code(findings, refused=bool(refused)))


def _print(plan: "Plan", findings: "Sequence[Finding]") -> None:
    """Print whether the plan holds, or holds but for limits that cannot be read."""
    from konvoi.cli.output import counts
    from konvoi.plan.without import LIMIT_UNREADABLE

    figures = {"value": round(plan.value, 3), "bound": round(plan.bound, 3)}
    faults = [one for one in findings if one.code != LIMIT_UNREADABLE]
    if faults:
        click.echo(said("The plan fails the audit: {findings}", findings=counts(findings)))
    elif findings:
        text = "Value {value} and bound {bound} are confirmed; the plan is not, since limits cannot be read."
        click.echo(said(text, **figures))
    else:
        click.echo(said("Plan confirmed: value {value}, bound {bound}.", **figures))


def _released(work: "Workspace", plan: "Plan", *, as_json: bool) -> None:
    """Print the part of an audited plan that a reader other than the coordination cell may know."""
    from konvoi.cli.output import answer
    from konvoi.flow.run import released_to

    shown = released_to(work, plan)
    if as_json:
        answer({"movements": shown.movements.to_dicts(), "unmet": shown.unmet.to_dicts()})
    else:
        click.echo(said("{count} movement", "{count} movements", shown.movements.height))
