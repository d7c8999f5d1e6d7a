"""konvoi init: a workspace of your own."""

from pathlib import Path

import click

from konvoi.cli.i18n import LANGUAGES, code, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import typed

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("init")
@click.argument("folder", required=False, type=_FOLDER, metavar="DIR")
@click.option("--dir", "named", type=_FOLDER, metavar="DIR", help="The new folder, in place of the argument.")
@click.option("--name", default="", help="Name of the coalition; default: the folder's.")
@click.option("--recipient", default="UA", show_default=True, help="Id of the party that is supported.")
@json_option
def command(folder: Path | None, named: Path | None, name: str, recipient: str, as_json: bool) -> None:
    """Make an empty workspace with its settings.

    It contains konvoi.toml and the folder submissions/ for what partners submit.

    \b
    Example:
      konvoi init cell --name "Coalition of the Willing" --recipient UA
    """
    from konvoi.cli.output import answer
    from konvoi.flow.new_settings import new_settings
    from konvoi.flow.settings import FILE
    from konvoi.gateways.files import write

    if (folder is None) == (named is None):
        raise click.UsageError("Name the new folder once: as an argument or with --dir.")
    folder = folder or named or Path()
    content = new_settings(name or folder.resolve().name, recipient, languages=_languages())
    write(folder / FILE, content.encode(), over=False)
    (folder / "submissions").mkdir(exist_ok=True)
    if as_json:
        answer({"workspace": str(folder), "settings": str(folder / FILE)})
        return
    click.echo(said("{folder} is a workspace.", folder=folder))
    click.echo(
        said(
            "Next: konvoi template list.xlsx, fill it, konvoi add list.xlsx --from PL --dir {folder}",
            folder=typed(folder),
        )
    )


def _languages() -> list[str]:
    """The languages of a brief, the one that is spoken first."""
    return sorted(LANGUAGES, key=lambda one: one != code())
