"""konvoi agreement contracts: obligations, contracts and line items compared; export as OCDS."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import opened, paths_argument
from konvoi.flow.view import CELL
from konvoi.model.markings import PUBLIC

if TYPE_CHECKING:
    from konvoi.flow.deliveries.contracts import Joined
    from konvoi.flow.gathered import Gathered
    from konvoi.flow.workspace import Workspace

_SHOWN = 40


@click.command("contracts")
@paths_argument
@click.option("--all", "every", is_flag=True, help="Also list steps at which nothing is outstanding.")
@click.option(
    "--ocds",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write contracts as OCDS 1.1 to this file.",
)
@click.option("--over", is_flag=True, help="Let FILE replace a file that is there.")
@view_options(reader="")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    every: bool,
    ocds: Path | None,
    over: bool,
    as_json: bool,
) -> None:
    """Compare obligations, framework contracts and line items.

    What was fulfilled at each step is compared with what was due from the step before, along the line item's
    own channel: a donation from stock has no contract, and none is missing.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi agreement contracts
      konvoi agreement contracts --ocds contracts.json --for coalition
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.deliveries.contracts import joined_of, published
    from konvoi.flow.kept_views import loaded

    work = opened(paths, reader=CELL if ocds is None else PUBLIC)
    watch = Watch(quiet=as_json)
    gathered = loaded(work, stop=watch)
    watch.close()
    found = joined_of(gathered)
    if ocds is not None:
        _write(ocds, published(gathered, work), work, over=over)
    if as_json:
        answer(found.as_dict())
    else:
        _print(found, every=every)
        _tell_waiting(gathered)
        tell_errors(gathered.findings, gathered.readings)
    ctx.exit(exit_code(gathered.findings, refused=bool(gathered.refused)))


_WAITING = {
    "call_offs": (
        "{count} call-off names a framework contract that is not here; "
        "konvoi review --list shows which it may be.",
        "{count} call-offs name a framework contract that is not here; "
        "konvoi review --list shows which they may be.",
    ),
    "allocations": (
        "{count} allocation refers to no obligation in this workspace; possible obligations: konvoi "
        "review --list.",
        "{count} allocations refer to no obligation in this workspace; possible obligations: konvoi "
        "review --list.",
    ),
}


def _tell_waiting(gathered: "Gathered") -> None:
    """That call-offs and allocations may have parents, which a person is to decide; else nothing."""
    from konvoi.cli.output import say
    from konvoi.flow.matching.parents import open_parents

    pairs = open_parents(gathered)
    for table, (one, many) in _WAITING.items():
        if count := pairs.filter(table=table)["child"].n_unique():
            say(said(one, many, count))


def _write(target: Path, content: bytes, work: "Workspace", *, over: bool) -> None:
    from konvoi.cli.output import say
    from konvoi.gateways.files import write

    write(target, content, over=over)
    say(said("{file}: written as OCDS 1.1.", file=target))
    if not work.settings.ocid:
        say(said("Its processes have no registered prefix: set `ocid` under [coalition] in konvoi.toml."))


def _figured(number: Decimal | None, of: str) -> str:
    """A number with its unit or currency as they are written in the language that is spoken."""
    return "" if number is None else f"{figure(number)} {said(of) if of else ''}".strip()


def _print(found: "Joined", *, every: bool) -> None:
    from konvoi.accord.stage_reconciliation import MET, measured
    from konvoi.cli.output import cut, table

    counts = found.counts()
    told = {name.replace(" ", "_"): number for name, number in counts.items()}
    one = (
        "{count} stage transition: {met} complete, {open} outstanding, {above} above the previous "
        "stage, {not_known} not reported."
    )
    many = (
        "{count} stage transitions: {met} complete, {open} outstanding, {above} above the previous "
        "stage, {not_known} not reported."
    )
    click.echo(said(one, many, found.rows.height, **told))
    rows = found.rows if every else found.rows.filter(found.rows["state"] != MET)
    cells = [
        [
            str(row["record"]),
            f"{said(row['from'])} → {said(row['to'])}",
            _figured(*measured(row, "had")),
            _figured(*measured(row, "came")),
            said(str(row["state"])),
        ]
        for row in rows.head(_SHOWN).iter_rows(named=True)
    ]
    if cells:
        heads = [said(head) for head in ("record", "stage transition", "had", "this stage", "state")]
        table(heads, cells, right=(2, 3))
    cut(len(cells), rows.height)
