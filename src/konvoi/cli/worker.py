"""konvoi worker: compute results and read uploads of an instance."""

from pathlib import Path

import click

from konvoi.cli.i18n import follow
from konvoi.cli.workspace_argument import folder_argument


@click.command("worker")
@folder_argument
def command(folder: Path) -> None:
    """Compute results and read uploads of an instance.

    konvoi serve starts a worker. This command is for an instance whose server runs with --no-worker, such as
    in a container of its own. It runs until it is stopped with Ctrl-C; what it was doing is done again by
    the next worker.

    \b
    Example:
      konvoi worker cell
    """
    from konvoi.cli.web_process import replace

    follow([folder])
    replace("konvoi.web.work", str(folder))
