"""konvoi run: the whole chain, from submissions to a brief."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.planned_without import print_without
from konvoi.cli.view import as_of_option, chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_argument
from konvoi.model.markings import PUBLIC

if TYPE_CHECKING:
    from konvoi.flow.run import Run
    from konvoi.ledger.answer import Total
    from konvoi.plan.plan import Plan


@click.command("run")
@folder_argument
@reader_option(reader=PUBLIC)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: DIR/out.")
@click.option("--full", is_flag=True, help="Show all charts and tables in the brief, not the short form.")
@as_of_option
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, folder: Path, out: Path | None, full: bool, as_json: bool) -> None:
    """Compute figures, plan and forecast; write the brief.

    out/ is replaced as a whole or not at all. It contains the brief only: it and what is printed are what the
    reader may see. Beside it, out-cell/ contains the planning problem, the plan and all findings for the
    coordination cell: never pass that folder on.

    \b
    Example:
      konvoi run
      konvoi run cell --for coalition
      konvoi run --for cell
    """
    from konvoi.cli.output import Watch, counts, exit_code, say
    from konvoi.flow.run import run
    from konvoi.flow.store import cell_folder
    from konvoi.flow.workspace import viewed, workspace
    from konvoi.gateways.files import write_folder

    follow([folder])
    reader = chosen_view(PUBLIC).reader
    watch = Watch(quiet=as_json)
    done = run(viewed(workspace(folder), chosen_view(PUBLIC)), audience=reader, full=full, stop=watch)
    target = out or folder / "out"
    write_folder(target, done.files)
    own = cell_folder(target)
    write_folder(own, done.own)
    watch.close()
    if done.shown is None:
        tell_nothing(reader, done, target, as_json=as_json)
        return
    shown = done.as_read()
    tell_run(shown, target, as_json=as_json)
    if not as_json:
        told = {"findings": counts(shown.case.findings), "file": own / "findings.json"}
        if shown is done:
            say(said("Findings: {findings}; see {file}.", **told))
        else:
            say(said("In what {reader} may see: {findings}.", reader=reader, findings=told["findings"]))
            say(said("All findings, for the coordination cell: {file}", file=told["file"]))
    ctx.exit(exit_code(shown.case.findings, refused=bool(shown.refused)))


def tell_nothing(reader: str, done: "Run", target: Path, *, as_json: bool) -> None:
    """Say that nothing with a day is released to a reader, and how there can be a brief."""
    from konvoi.cli.output import answer, say

    files = {name: len(content) for name, content in sorted(done.files.items())}
    if as_json:
        answer({"out": str(target), "files": files, "documents": 0, "entries": 0, "findings": []})
        return
    say(said("No brief for {reader}: nothing with a day is released to this reader.", reader=reader))
    say(
        said(
            "Mark what it may see (column or head `marking`), or set `day` under [coalition] in konvoi.toml; "
            "konvoi run --for cell writes the brief of the coordination cell."
        )
    )


def tell_run(done: "Run", target: Path, *, as_json: bool) -> None:
    """Print the result of a run: the figures first, then the place of the files."""
    from konvoi.cli.output import answer

    totals = done.case.totals
    plan = done.case.plan
    if as_json:
        answer(
            {
                "out": str(target),
                "files": {name: len(content) for name, content in sorted(done.files.items())},
                "own": {name: len(content) for name, content in sorted(done.own.items())},
                "documents": done.case.documents.height,
                "entries": done.case.entries.height,
                "totals": {n: t.as_dict() for n, t in sorted(totals.items()) if n.count("/") == 2},
                "plan": None if plan is None else _plan(plan),
                "findings": [finding.as_dict() for finding in done.case.findings],
            }
        )
        return
    documents = said("{count} document", "{count} documents", done.case.documents.height)
    entries = said("{count} entry", "{count} entries", done.case.entries.height)
    click.echo(f"{done.case.title}: {documents}, {entries}")
    for name in ("pledged", "committed", "fulfilled"):
        if total := totals.get(f"funnel/amount/{name}"):
            _tell_total(name, total)
    if plan is not None:
        _tell_plan(plan)
        print_without(plan.without)
    elif done.lacking:
        empty = ", ".join(f"`{name}`" for name in done.lacking)
        click.echo(f"  {said('no plan: no data submitted for table {empty}', empty=empty)}")
    for name in sorted(n for n in done.files if n.startswith("brief")):
        click.echo(f"  {target / name}")


def _plan(plan: "Plan") -> dict[str, object]:
    """The plan in figures, and the cells without which it was made."""

    figures = {"value": plan.value, "bound": plan.bound}
    return figures | {"planned_without": plan.without.to_dicts()}


def _tell_total(name: str, total: "Total") -> None:
    """Print the total reached so far, with its bounds."""
    if not total.used:
        click.echo(f"  {said(name)}: {said('not reported for any item with a stated value')}")
    elif total.value is not None:
        figures = {"value": total.value, "unit": total.unit, "low": total.lowest, "high": total.highest}
        click.echo(f"  {said(name)}: {said('{value} {unit}, range {low} to {high}', **figures)}")


def _tell_plan(plan: "Plan") -> None:
    """The plan in figures."""
    share = 100 * plan.value / plan.bound if plan.bound else Decimal(0)
    words = {
        "movements": said("{count} movement", "{count} movements", plan.movements.height),
        "value": round(plan.value, 1),
        "share": round(share, 1),
        "unmet": said("{count} need", "{count} needs", plan.unmet["need"].n_unique()),
    }
    sentence = "plan: {movements}, value {value}, {share} % of the proven bound; {unmet} not fully covered"
    click.echo(f"  {said(sentence, **words)}")
