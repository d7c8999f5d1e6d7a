"""konvoi audit: a plan is checked by other code than made it."""

from pathlib import Path

import click

from konvoi.cli.talk import json_option


@click.command("audit")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
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
    from konvoi.flow.workspace import opened
    from konvoi.gateways.files import read_folder
    from konvoi.plan.audit import audit
    from konvoi.plan.folder import read

    watch = Watch(quiet=as_json)
    made, _, _ = tables_of(opened([problem]), stop=watch)
    watch.close()
    found, broken = read(read_folder(plan))
    findings = broken if found is None else (*broken, *audit(made.tables, found))
    if as_json:
        answer({"plan": str(plan), "findings": [finding.as_dict() for finding in findings]})
    else:
        if found is not None and not findings:
            click.echo(f"The plan holds: value {found.value:,.3f}, bound {found.bound:,.3f}, both confirmed.")
        else:
            click.echo(f"The plan does not hold: {counts(findings)}")
        tell(findings)
    ctx.exit(3 if found is None else exit_code(findings))
