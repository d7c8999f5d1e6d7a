"""konvoi add: keep what a partner handed in, as it came."""

from pathlib import Path

import click

from konvoi.cli.talk import json_option


@click.command("add")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--from", "party", required=True, help="Id of the party that hands it in, such as PL.")
@click.option("--dir", "folder", default=".", type=click.Path(path_type=Path), help="The workspace.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, files: tuple[Path, ...], party: str, folder: Path, as_json: bool) -> None:
    """Take files into the workspace and read them; the same file twice changes nothing.

    A file that cannot be read at all is not taken in. A file of a name that is there already with other
    content is kept beside it under a new name; name what it supersedes in its head or in konvoi.toml.

    \b
    Example:
      konvoi add list.xlsx --from PL
    """
    from konvoi.cli.talk import answer, counts, exit_code, tell
    from konvoi.flow.take import take

    taken = take(list(files), party=party, folder=folder)
    findings = [finding for one in taken for finding in one.reading.findings]
    if as_json:
        answer({"files": [one.as_dict() for one in taken]})
    else:
        for one in taken:
            click.echo(f"{one.name}: {one.outcome}; {one.reading.entries.height} entries")
        click.echo(counts(findings))
        tell(findings)
    ctx.exit(exit_code(findings, refused=any(one.outcome == "refused" for one in taken)))
