"""konvoi run: the whole chain, from submissions to a brief."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.talk import json_option

if TYPE_CHECKING:
    from konvoi.flow.chain import Run


@click.command("run")
@click.argument(
    "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]"
)
@click.option(
    "--for", "audience", default="public", show_default=True, help="public, coalition, or a party's id."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/out.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, folder: Path, audience: str, out: Path | None, as_json: bool) -> None:
    """Read, post, match, total, solve, forecast, and write the brief of a workspace.

    out/ is made whole or not at all. What the brief shows is what its readers may see; out/cell holds the
    problem, the plan and all findings for the cell itself.

    \b
    Example:
      konvoi run
      konvoi run cell --for coalition
    """
    from konvoi.cli.talk import Watch, counts, exit_code, say
    from konvoi.flow.chain import run
    from konvoi.flow.workspace import workspace
    from konvoi.gateways.files import write_folder

    watch = Watch(quiet=as_json)
    done = run(workspace(folder), audience=audience, stop=watch)
    target = out or folder / "out"
    write_folder(target, done.files)
    watch.close()
    tell_run(done, target, as_json=as_json)
    if not as_json:
        say(f"In all that was read: {counts(done.case.findings)}; out/cell/findings.json lists them.")
    ctx.exit(exit_code(done.case.findings, refused=bool(done.refused)))


def tell_run(done: "Run", target: Path, *, as_json: bool) -> None:
    """What a run gave: the figures first, then where the files are."""
    from konvoi.cli.talk import answer

    totals = done.case.totals
    plan = done.case.plan
    if as_json:
        answer(
            {
                "out": str(target),
                "files": {name: len(content) for name, content in sorted(done.files.items())},
                "documents": done.case.documents.height,
                "entries": done.case.entries.height,
                "totals": {n: t.as_dict() for n, t in sorted(totals.items()) if n.count("/") == 2},
                "plan": None if plan is None else {"value": str(plan.value), "bound": str(plan.bound)},
                "findings": [finding.as_dict() for finding in done.case.findings],
            }
        )
        return
    click.echo(
        f"{done.case.title}: {done.case.documents.height} documents, {done.case.entries.height} entries"
    )
    for name in ("pledged", "committed", "received"):
        total = totals.get(f"funnel/amount/{name}")
        if total and not total.used:
            click.echo(f"  {name}: no submission says so of anything with a known value")
        elif total and total.value is not None:
            click.echo(
                f"  {name}: {total.value:,f} {total.unit}, between {total.lowest:,f} and {total.highest:,f}"
            )
    if plan is not None:
        share = 100 * plan.value / plan.bound if plan.bound else 0
        click.echo(
            f"  plan: {plan.movements.height} movements, value {plan.value:,.1f}, "
            f"{share:.1f} % of the proven bound; {plan.unmet['need'].n_unique()} needs with something unmet"
        )
    for name in sorted(n for n in done.files if n.startswith("brief")):
        click.echo(f"  {target / name}")
