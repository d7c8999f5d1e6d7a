"""konvoi withdraw: a submission is taken out again."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option


@click.command("withdraw")
@click.argument("submission", required=False)
@click.option("--list", "listing", is_flag=True, help="List what can be withdrawn, and what was.")
@click.option(
    "--dir",
    "folder",
    default=".",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The workspace; default: this folder.",
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, submission: str | None, listing: bool, folder: Path, as_json: bool
) -> None:
    """Withdraw a submission; nothing is deleted.

    SUBMISSION: its name such as PL/list.xlsx, the name of its file, or the first 8 or more characters of its
    digest. The file moves to withdrawn/PARTY/ and no longer counts; what it superseded is in force again.
    konvoi add of the same file puts it back in force.

    \b
    Example:
      konvoi withdraw PL/list.xlsx
      konvoi withdraw --list
    """
    from konvoi.cli.output import answer, exit_code, tell
    from konvoi.flow.store import store
    from konvoi.flow.submissions.withdraw import undo

    follow([folder])
    if listing:
        contents = store(folder).contents()
        held = {"submissions": contents.documents, "withdrawn": contents.withdrawn}
        if as_json:
            answer({what: [_as_dict(one.name, one.digest) for one in found] for what, found in held.items()})
        for what, found in held.items() if not as_json else ():
            click.echo(f"{said(what)}: {len(found)}")
            for one in found:
                click.echo(f"  {one.digest[:12]}  {one.name}")
        tell(contents.findings)
        ctx.exit(exit_code(contents.findings))
    if submission is None:
        raise click.UsageError("name a submission, or ask for --list")
    undone = undo(folder, submission, at=datetime.now(UTC).isoformat(timespec="seconds"))
    if as_json:
        answer({"name": undone.name, "withdrawn": undone.kept})
        return
    told = {"name": undone.name, "kept": f"withdrawn/{undone.kept}"}
    click.echo(said("{name} withdrawn; the file is kept in {kept}.", **told))
    click.echo(said("konvoi run now excludes it; add the same file again with konvoi add to restore it."))


def _as_dict(name: str, digest: str) -> dict[str, str]:
    return {"name": name, "party": name.partition("/")[0], "digest": digest}
