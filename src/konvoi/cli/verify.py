"""konvoi verify: prove that a workspace is as its change receipts say."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.view import chosen_view, reader_option
from konvoi.cli.workspace_argument import folder_argument

if TYPE_CHECKING:
    from konvoi.flow.store import Verification
    from konvoi.flow.view import View


@click.command("verify")
@folder_argument
@click.option("--head", default="", metavar="HASH", help="Prove that the chain contains this printed head.")
@click.option("--accept", default="", metavar="FILE", help="Record a file as it is now; requires --by.")
@click.option("--by", default="", help="Who accepts it.")
@click.option("--reason", default="", help="Why.")
@reader_option()
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, folder: Path, head: str, accept: str, by: str, reason: str, as_json: bool
) -> None:
    """Verify change receipts and the files that they record.

    Each change of a workspace (`add`, `withdraw`, `review`, `propose`, `screen`, settings) appends a receipt
    to receipts.jsonl, with the digests of the files stored and the hash of the receipt before. Altered,
    missing and unrecorded files are named. The exit code is 1 if there are any, or if the chain is broken or
    does not contain the head. With --for a reader gets a head over what it may see, and a party is shown its
    own files only.

    \b
    Example:
      konvoi verify
      konvoi verify --head 3f9a1c0b27de
      konvoi verify --accept submissions/PL/list.xlsx --by "M. Example" --reason "original lost"
    """
    from konvoi.cli.output import answer, tell
    from konvoi.flow.store import store, verification

    follow([folder])
    view = chosen_view()
    if not view.is_cell:
        if accept or head:
            raise click.UsageError("--accept and --head are about the whole chain: leave --for out")
        ctx.exit(_verify_view(folder, view, as_json=as_json))
    if accept:
        if not by.strip():
            raise click.UsageError("--accept needs --by: who accepts the file")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        accepted = store(folder).accept(accept, at=now, by=by, reason=reason)
        if not as_json:
            click.echo(said("{path}: recorded as it is now.", path=accepted.path))
    found = verification(store(folder), head)
    if as_json:
        answer(found.as_dict())
    else:
        tell_chain(found, head)
        tell([one.finding for one in found.differences])
    ctx.exit(0 if found.holds else 1)


def _verify_view(folder: Path, view: "View", *, as_json: bool) -> int:
    """Print the head of a reader's view and the differences in its own files; return the exit code."""
    from konvoi.cli.output import answer
    from konvoi.flow.verified_view import verified_view

    found = verified_view(folder, view)
    if as_json:
        answer({"head": found.head, "differences": [vars(one) for one in found.differences]})
    else:
        click.echo(said("Head of this view: {head}", head=found.head))
        for one in found.differences:
            click.echo(f"  {said(str(one.fault))}: {one.path}")
    return 1 if found.differences else 0


def tell_chain(found: "Verification", head: str) -> None:
    """The chain, the printed head in it, and each file that differs."""
    if found.receipts:
        recorded = said("{count} file recorded", "{count} files recorded", found.files)
        counted = said("{count} receipt", "{count} receipts", found.receipts)
        values = {"receipts": counted, "files": recorded, "head": found.head}
        click.echo(said("{receipts}, {files}; head {head}", **values))
    elif not found.differences:
        click.echo(said("No receipts yet; the next change of the workspace begins the chain."))
    if head and found.position:
        click.echo(said("The printed head is that of receipt {number}.", number=found.position))
    elif head:
        click.echo(said("The chain does not contain the printed head {head}.", head=head))
    for one in found.differences:
        click.echo(f"  {said(str(one.fault))}: {one.path}")
    for day, count in found.erased:
        click.echo(
            said(
                "{count} person: content erased on request on {day}; the rest is as it was recorded.",
                "{count} persons: content erased on request on {day}; the rest is as it was recorded.",
                count,
                day=day,
            )
        )
    if found.holds and found.receipts:
        click.echo(said("Every recorded file is as it was stored."))
