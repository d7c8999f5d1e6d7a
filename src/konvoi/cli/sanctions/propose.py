"""konvoi sanctions propose: proposals that a regime list a party, with their dossiers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option, chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_option

if TYPE_CHECKING:
    from konvoi.flow.sanctions.list_comparison import Sanctions
    from konvoi.flow.view import View

_STEPS = {"table": "tabled", "adopt": "adopted", "reject": "rejected"}
_COLUMNS = {"table": "session", "adopt": "whom", "reject": "reason"}


@click.command("propose")
@click.argument("what", default="", required=False, metavar="[PARTY|ID]")
@click.option("--to", default="", metavar="REGIME", help="Draft: which regime should list PARTY.")
@click.option("--measure", default="", help="Draft: for what, where several measures are lacking.")
@click.option("--table", default="", metavar="SESSION", help="Table proposal ID at a meeting.")
@click.option("--adopt", default="", metavar="WHOM", help="Proposal ID was adopted by this party.")
@click.option("--reject", default="", metavar="REASON", help="Proposal ID was rejected, and why.")
@click.option("--withdraw", is_flag=True, help="Withdraw proposal ID.")
@click.option("--undo", is_flag=True, help="Revert the last step of proposal ID.")
@click.option("--by", default="", help="Who records the step.")
@click.option("--reason", default="", help="Why.")
@click.option("--marking", default="", help="Who may see it: public, coalition (default), or parties.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the dossier of ID.")
@folder_option
@as_of_option
@reader_option()
@json_option
@click.pass_context
def command(ctx: click.Context, /, *, what: str, folder: Path, as_json: bool, **asked: str | bool) -> None:
    """Propose listings to a regime and follow the proposals.

    Without PARTY or ID all proposals are listed, with their state. A draft is made from an alignment gap
    (konvoi sanctions matrix --gaps); a later list of the regime with the party closes it. Each step is a row
    of proposals.csv; --undo adds a row that reverts the last one. The documents of a meeting contain the
    proposals that are tabled at it.

    \b
    Example:
      konvoi sanctions propose "Example Shipping" --to uk --by "M. Example"
      konvoi sanctions propose p-1a2b3c4d5e --table SES-3 --by "M. Example"
      konvoi sanctions propose p-1a2b3c4d5e --adopt GB --by "M. Example"
      konvoi sanctions propose p-1a2b3c4d5e --out dossier
    """
    follow([folder])
    out = asked.pop("out")
    options = {name: value for name, value in asked.items() if isinstance(value, str)}
    steps = [name for name in ("to", "table", "adopt", "reject", "withdraw", "undo") if asked[name]]
    if len(steps) > 1 or (steps and out):
        raise click.UsageError("one step at a time")
    if steps and not what:
        raise click.UsageError("name the party, or the id of the proposal")
    if steps and not options["by"].strip():
        raise click.UsageError("a step needs --by: who writes it down")
    if what and not steps and not out:
        raise click.UsageError(
            "say the step: --to REGIME for a draft, --table, --adopt, --reject, …; or --out"
        )
    if not steps:
        ctx.exit(_tell(folder, what, Path(str(out)) if out else None, as_json=as_json))
    row = (
        _draft(folder, what, options, quiet=as_json)
        if steps == ["to"]
        else _step(folder, what, steps[0], options)
    )
    _told(row, as_json=as_json)


def _draft(folder: Path, party: str, options: Mapping[str, str], *, quiet: bool) -> dict[str, str]:
    from konvoi.align.listing import Order
    from konvoi.flow.name_lookup import word
    from konvoi.flow.sanctions.lists import NAMES
    from konvoi.flow.sanctions.proposals import draft

    to = word("--to", options["to"].lower(), NAMES)
    order = word("--measure", options["measure"], tuple(one.value for one in Order))
    found = _found(folder, quiet=quiet)
    told = {name: options[name] for name in ("by", "reason")}
    return draft(folder, found, party, to=to, order=order, at=_now(), **told)


def _step(folder: Path, id: str, option: str, options: Mapping[str, str]) -> dict[str, str]:
    from konvoi.flow.sanctions.proposals import session_known, step
    from konvoi.flow.sanctions.proposing import sessions

    values = {name: options[name] for name in ("reason", "marking") if options[name]}
    if option in _COLUMNS:
        values[_COLUMNS[option]] = options[option]
    if option == "table":
        session_known(sessions(folder), options["table"])
    what = _STEPS.get(option, "withdrawn" if option == "withdraw" else "undone")
    return step(folder, id, what, by=options["by"], at=_now(), values=values)


def _found(folder: Path, *, quiet: bool) -> "Sanctions":
    from konvoi.cli.output import Watch
    from konvoi.flow.sanctions.list_comparison import sanctions

    watch = Watch(quiet=quiet)
    found = sanctions(folder, on=chosen_view().as_of, stop=watch)
    watch.close()
    return found


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _told(row: Mapping[str, str], *, as_json: bool) -> None:
    from konvoi.cli.output import answer

    if as_json:
        answer(dict(row))
    elif row["step"] == "draft":
        told = {name: row[name] for name in ("proposal", "name", "to", "acts")} | {
            "order": said(row["order"])
        }
        click.echo(said("{proposal}: draft that {to} lists {name}, {order}; acts to cite: {acts}.", **told))
    else:
        told = {"proposal": row["proposal"], "by": row["by"], "step": said(row["step"])}
        click.echo(said("{proposal}: {step}, written down by {by}.", **told))


def _reader_view(folder: Path, view: "View") -> "View":
    """Return the view with the reader's id, marked as a partner's or not."""
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.workspace import is_workspace, viewed, workspace

    return loaded(viewed(workspace(folder), view)).view if is_workspace(folder) else view


def _tell(folder: Path, id: str, out: Path | None, *, as_json: bool) -> int:
    from konvoi.cli.output import answer, exit_code, table, tell
    from konvoi.flow.name_lookup import Unknown
    from konvoi.flow.sanctions.list_comparison import there
    from konvoi.flow.sanctions.proposals import proposed, steps
    from konvoi.flow.sanctions.proposing import written

    known = steps(folder, as_of=chosen_view().as_of)
    if out and not id:
        raise click.UsageError("a dossier is of one proposal; name its id")
    found = _found(folder, quiet=as_json) if out or (known.rows and there(folder)) else None
    rows = proposed(known, found)
    view = chosen_view()
    if not view.is_cell:
        # What is wrong with the file of proposals is the coordination cell's matter.
        rows = _reader_view(folder, view).admitted(rows)
        known = replace(known, findings=())
        if id and id not in rows["proposal"].to_list():
            raise Unknown("ID", id, rows["proposal"].to_list())
    files = written(folder, known, rows, found, id=id, out=out) if out and found else []
    if as_json:
        told = {"proposals": rows.to_dicts(), "files": files}
        answer(told | {"findings": [one.as_dict() for one in known.findings]})
        return exit_code(known.findings)
    for name in files:
        click.echo(said("Written: {file}", file=name))
    if not out:
        click.echo(said("{count} proposal.", "{count} proposals.", rows.height))
        names = ("proposal", "name", "to", "order", "state", "session", "whom")
        heads = ("Proposal", "Who", "Regime", "Measure", "State", "Meeting", "Adopted by")
        spoken = {"order", "state"}
        cells = [
            [said(row[n]) if n in spoken else row[n] for n in names] for row in rows.iter_rows(named=True)
        ]
        table([said(head) for head in heads], cells)
    tell(known.findings)
    return exit_code(known.findings)
