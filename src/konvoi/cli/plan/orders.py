"""konvoi plan orders: what each partner, hub, carrier and consignee gets of a plan."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option
from konvoi.cli.workspace_argument import opened, planned
from konvoi.flow.view import CELL

if TYPE_CHECKING:
    from konvoi.flow.planning.orders import Issued


@click.command("orders")
@click.argument("plan", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--problem",
    "--dir",
    "problem",
    type=click.Path(exists=True, path_type=Path),
    help="The workspace, workbook or folder of CSV that was planned; default: the workspace in this folder.",
)
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the previous orders; changes since are marked.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: orders.")
@click.option(
    "--for",
    "audience",
    default="",
    help="public, coalition, or one reader's id; default: the cell, which gets the orders of all readers.",
)
@as_of_option
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
    """Write the movement orders of a plan, for each reader.

    PLAN: the folder of a plan; default: that of the workspace in this folder (out-cell/plan, or the plan
    in force, if one was adopted since). Each reader
    gets a page in each language, a workbook and a calendar, one sheet for each week, conflicts first; index,
    orders.json and conflicts.csv are for the coordination cell only.

    \b
    Example:
      konvoi plan orders
      konvoi plan orders plan --problem problem.xlsx --previous orders --out orders-2
    """
    from konvoi.cli.output import Watch, exit_code
    from konvoi.flow.planning.orders import issue
    from konvoi.gateways.files import write_folder

    plan, problem = planned(plan, problem)
    follow([problem])
    audience = "" if audience == CELL else audience
    watch = Watch(quiet=as_json or bool(audience))
    done = issue(plan, opened([problem]), last=previous, audience=audience, stop=watch)
    target = out or Path("orders")
    sizes = write_folder(target, done.files)
    watch.close()
    _tell(done, target, sizes, as_json=as_json)
    ctx.exit(exit_code(done.findings, refused=bool(done.refused)))


def _tell(done: "Issued", target: Path, sizes: dict[str, int], *, as_json: bool) -> None:
    """The answer first, then the conflicts, then where the files are."""
    from konvoi.cli.output import answer, cut, say, table, tell

    issued = done.orders
    if as_json:
        answer(
            {
                "out": str(target),
                "files": dict(sorted(sizes.items())),
                "consignments": issued.consignments.height,
                "readers": issued.calls.select("kind", "reader").n_unique(),
                "conflicts": issued.conflicts.to_dicts(),
                "solutions": issued.solutions.to_dicts(),
                "changes": issued.changes.to_dicts(),
                "findings": [finding.as_dict() for finding in done.findings],
            }
        )
        return
    readers = issued.calls.select("kind", "reader").n_unique()
    told = {
        "consignments": said("{count} consignment", "{count} consignments", issued.consignments.height),
        "readers": said("{count} reader", "{count} readers", readers),
        "conflicts": said("{count} conflict", "{count} conflicts", issued.conflicts.height),
    }
    click.echo(said("{consignments} for {readers}, {conflicts}", **told))
    solved = set(issued.solutions["conflict"])
    heads = [said(head) for head in ("state", "kind", "on", "from", "load", "limit", "of", "solved")]
    rows = [
        [
            str(r[name])
            for name in ("severity", "kind", "on", "first", "load", "limit", "resource", "conflict")
        ]
        for r in issued.conflicts.head(20).iter_rows(named=True)
    ]
    for row in rows:
        row[-1] = said("yes") if row[-1] in solved else said("no")
    if rows:
        table(heads, rows, right=(4, 5))
    cut(len(rows), issued.conflicts.height)
    tell([finding for finding in done.findings if not finding.code.startswith("orders-conflict")], most=5)
    index = target / f"index.{code()}.html"
    where = {"folder": target, "files": len(sizes), "index": index}
    say(said("{folder}: written, {files} files; {index} leads to all orders.", **where))
