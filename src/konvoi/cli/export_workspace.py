"""konvoi export-workspace: write a workspace that is kept in a database as a folder."""

from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import folder_option


@click.command("export-workspace")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), metavar="TARGET")
@folder_option
@json_option
def command(target: Path, folder: Path, as_json: bool) -> None:
    """Write a workspace in a database as a folder.

    The folder contains every submission, decision and setting with the chain of receipts, and the sanctions
    lists. It is a workspace like any other: a brief made from it is the same, byte for byte.

    \b
    Example:
      konvoi export-workspace copy --dir cell
      konvoi verify copy
    """
    from konvoi.cli.output import answer
    from konvoi.flow.move_workspace import export_workspace

    follow([folder])
    sizes = export_workspace(folder, target)
    if as_json:
        answer({"workspace": str(target), "files": len(sizes), "bytes": sum(sizes.values())})
        return
    click.echo(
        said("{folder}: {count} file written.", "{folder}: {count} files written.", len(sizes), folder=target)
    )
