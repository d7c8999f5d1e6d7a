"""konvoi serve: open a workspace in the browser, for many parties."""

from pathlib import Path

import click

from konvoi.cli.i18n import follow
from konvoi.cli.workspace_argument import dir_option, named

DEMO = Path("out") / "serve-demo"


@click.command("serve")
@click.argument(
    "folder",
    default=None,
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="[DIR]",
    callback=named,
)
@dir_option
@click.option("--demo", is_flag=True, help="Serve the exercise with its personas, on this machine alone.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on."
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0: one that is free.",
)
@click.option("--no-worker", is_flag=True, help="Start no worker; konvoi worker is one.")
@click.option("--link", is_flag=True, help="Print a sign-in link for an administrator and exit.")
@click.option(
    "--migrate", is_flag=True, help="Bring the tables up to date, as the owner of the database, and exit."
)
@click.option(
    "--confirm",
    default="",
    metavar="EMAIL",
    help="Confirm the roles that were asked for a person, as the operator of this machine, and exit.",
)
def command(
    *,
    folder: Path | None,
    demo: bool,
    host: str,
    port: int,
    no_worker: bool,
    link: bool,
    migrate: bool,
    confirm: str,
) -> None:
    """Open a workspace in the browser.

    Moves the workspace to a database if it is not in one yet; its files stay as they are. Starts the server
    and a worker, and prints their address and a link that signs an administrator in once. DIR may be a new
    folder. The command runs until it is stopped with Ctrl-C.

    With --demo, DIR is a new folder; default: out/serve-demo.

    \b
    Example:
      konvoi serve --demo         the exercise, with a persona for each role
      konvoi serve cell           the workspace in the folder cell
      konvoi serve cell --link    a new sign-in link, while it runs
      konvoi serve cell --confirm a.name@example.org
    """
    from konvoi.cli.web_process import replace
    from konvoi.flow.workspace import is_workspace

    here = folder or (DEMO if demo else Path())
    if folder is None and not demo and not is_workspace(here):
        raise click.UsageError("no workspace in this folder; name its folder, or a new one: konvoi serve DIR")
    if not demo and here.is_dir():
        follow([here])
    chosen = {"--demo": demo, "--no-worker": no_worker, "--link": link, "--migrate": migrate}
    flags = [*(name for name, on in chosen.items() if on), *(["--confirm", confirm] if confirm else [])]
    replace("konvoi.web.start", str(here), "--host", host, "--port", str(port), *flags)
