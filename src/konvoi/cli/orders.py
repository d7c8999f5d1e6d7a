"""konvoi orders: what each partner, hub, carrier and consignee gets of a plan."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.talk import json_option

if TYPE_CHECKING:
    from konvoi.flow.orders import Issued


@click.command("orders")
@click.argument("plan", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--problem",
    type=click.Path(exists=True, path_type=Path),
    help="The workspace, workbook or folder of CSV that was planned; default: the workspace in this folder.",
)
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the last issue: what changed since is marked.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: orders.")
@click.option(
    "--for",
    "audience",
    default="",
    help="public, coalition, or one reader's id; default: all readers, each with what it may see.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    plan: Path | None,
    problem: Path | None,
    previous: Path | None,
    out: Path | None,
    audience: str,
    as_json: bool,
) -> None:
    """Write the orders of PLAN, a plan's folder: one sheet a week for each reader, clashes first.

    Without PLAN, that of the workspace in this folder (out/cell/plan). Each reader gets a page in each
    language, a workbook and a calendar; index, orders.json and clashes.csv are the cell's own.

    \b
    Example:
      konvoi orders
      konvoi orders plan --problem problem.xlsx --previous orders --out orders-2
    """
    from konvoi.cli.talk import Watch, exit_code
    from konvoi.flow.orders import issue
    from konvoi.flow.workspace import opened
    from konvoi.gateways.files import write_folder

    plan, problem = _meant(plan, problem)
    watch = Watch(quiet=as_json)
    done = issue(plan, opened([problem]), last=previous, audience=audience, stop=watch)
    target = out or Path("orders")
    write_folder(target, done.files)
    watch.close()
    _tell(done, target, as_json=as_json)
    ctx.exit(exit_code(done.findings, refused=bool(done.refused)))


def _meant(plan: Path | None, problem: Path | None) -> tuple[Path, Path]:
    """The plan and the problem that were named, or those of the workspace in this folder."""
    from konvoi.flow.workspace import is_workspace

    here = Path()
    if problem is None and not is_workspace(here):
        raise click.UsageError("no konvoi.toml in this folder; name the problem with --problem")
    problem = problem or here
    plan = plan or (problem if problem.is_dir() else here) / "out" / "cell" / "plan"
    if not plan.is_dir():
        raise click.UsageError(
            f"{plan}: no such plan; konvoi run or konvoi solve PROBLEM --out DIR makes one"
        )
    return plan, problem


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _tell(done: "Issued", target: Path, *, as_json: bool) -> None:
    """The answer first, then the clashes, then where the files are."""
    from konvoi.cli.talk import answer, say, table, tell

    said = done.orders
    if as_json:
        answer(
            {
                "out": str(target),
                "files": {name: len(content) for name, content in sorted(done.files.items())},
                "consignments": said.consignments.height,
                "readers": said.calls.select("kind", "reader").n_unique(),
                "clashes": said.clashes.to_dicts(),
                "solutions": said.solutions.to_dicts(),
                "changes": said.changes.to_dicts(),
                "findings": [finding.as_dict() for finding in done.findings],
            }
        )
        return
    readers = said.calls.select("kind", "reader").n_unique()
    clashes = "1 clash" if said.clashes.height == 1 else f"{said.clashes.height} clashes"
    click.echo(f"{_many(said.consignments.height, 'consignment')} for {_many(readers, 'reader')}, {clashes}")
    solved = set(said.solutions["clash"])
    rows = [
        [str(r[name]) for name in ("severity", "kind", "on", "first", "load", "limit", "resource", "clash")]
        for r in said.clashes.head(20).iter_rows(named=True)
    ]
    for row in rows:
        row[-1] = "yes" if row[-1] in solved else "no"
    if rows:
        table(["state", "kind", "on", "from", "load", "limit", "of", "solved"], rows, right=(4, 5))
    if said.clashes.height > len(rows):
        click.echo(f"… {len(rows)} of {said.clashes.height} shown; {target / 'clashes.csv'} lists all")
    tell([finding for finding in done.findings if not finding.code.startswith("orders-clash")], most=5)
    say(f"{target}: written, {len(done.files)} files; {target / 'index.en.html'} leads to all orders.")
