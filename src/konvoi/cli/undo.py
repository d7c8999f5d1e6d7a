"""konvoi undo: a submission is taken out again."""

from pathlib import Path

import click

from konvoi.cli.talk import json_option
from konvoi.cli.tongue import follow, said


@click.command("undo")
@click.argument("submission", required=False)
@click.option("--list", "listing", is_flag=True, help="List what can be taken out, and what was.")
@click.option("--dir", "folder", default=".", type=click.Path(path_type=Path), help="The workspace.")
@json_option
def command(submission: str | None, listing: bool, folder: Path, as_json: bool) -> None:
    """Take a submission out: it moves to withdrawn/PARTY/ and counts no more; nothing is deleted.

    SUBMISSION: its name such as PL/list.xlsx, its file's name, or the first 8 or more signs of its digest.
    What it superseded holds again. konvoi add of the same file brings it back.

    \b
    Example:
      konvoi undo PL/list.xlsx
      konvoi undo --list
    """
    from konvoi.cli.talk import answer
    from konvoi.flow.withdraw import submitted, undo, withdrawn

    follow([folder])
    if listing:
        held = {"submissions": submitted(folder), "withdrawn": withdrawn(folder)}
        if as_json:
            answer({what: [_as_dict(one.name, one.digest) for one in found] for what, found in held.items()})
        for what, found in held.items() if not as_json else ():
            click.echo(f"{said(what)}: {len(found)}")
            for one in found:
                click.echo(f"  {one.digest[:12]}  {one.name}")
        return
    if submission is None:
        raise click.UsageError("name a submission, or ask for --list")
    undone = undo(folder, submission)
    if as_json:
        answer({"name": undone.name, "withdrawn": undone.kept})
        return
    told = {"name": undone.name, "kept": f"withdrawn/{undone.kept}"}
    click.echo(said("{name} is taken out; it lies in {kept}.", **told))
    click.echo(said("konvoi run counts without it; konvoi add of the same file brings it back."))


def _as_dict(name: str, digest: str) -> dict[str, str]:
    return {"name": name, "party": name.partition("/")[0], "digest": digest}
