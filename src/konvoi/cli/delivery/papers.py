"""konvoi delivery papers: despatches, arrivals and receipts as UBL, EPCIS or a workbook."""

from pathlib import Path

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument

_PATHS = click.Path(exists=True, path_type=Path)


@click.command("papers")
@paths_argument
@click.option("--as", "form", required=True, type=click.Choice(["ubl", "epcis", "workbook"]))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option(
    "--plan",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a plan: documents of its planned transports; PATH is then its problem.",
)
@view_options()
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, paths: tuple[Path, ...], form: str, out: Path, plan: Path | None, as_json: bool
) -> None:
    """Write the documents of dispatches and receipts.

    With --plan the documents of planned transports are written: they are marked as planned and do not count
    until they are submitted without that mark. EPCIS states only what has happened; UBL has no document for
    an arrival at a hub.

    \b
    Example:
      konvoi delivery papers --as ubl --out papers
      konvoi delivery papers out-cell/problem --plan out-cell/plan --as workbook --out papers
    """
    from konvoi.cli.output import Watch, answer, exit_code, say
    from konvoi.flow.deliveries.export_papers import written
    from konvoi.flow.deliveries.papers import papers
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.planning.planned_papers import planned
    from konvoi.flow.planning.problem import problem
    from konvoi.flow.plans import plan_at
    from konvoi.flow.today import known_today
    from konvoi.gateways.files import write_folder

    work = opened(paths)
    watch = Watch(quiet=as_json)
    gathered = loaded(work, stop=watch)
    watch.close()
    if plan is None:
        found = papers(gathered.ledger.entries, gathered.tables)
    else:
        tables = {**gathered.tables, **problem(gathered).tables}
        known = plan_at(plan)
        found = planned(known.movements, known.legs, tables, recipient=work.settings.recipient)
    exercise = work.settings.exercise or gathered.exercise
    files, left = written(found, form, day=known_today(gathered, work.settings), exercise=exercise)
    if files:
        write_folder(out, files)
    if as_json:
        answer({"out": str(out), "files": sorted(files), "papers": len(found) - len(left), "left out": left})
    else:
        names = said("{count} file", "{count} files", len(files))
        whole = said("{count} document", "{count} documents", len(found) - len(left))
        click.echo(f"{out}: {names}, {whole}" if files else said("No documents."))
        for reason in left:
            say(f"  {said('left out: {reason}', reason=reason)}")
    ctx.exit(exit_code(gathered.findings, refused=bool(gathered.refused)))
