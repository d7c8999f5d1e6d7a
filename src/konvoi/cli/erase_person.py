"""konvoi erase-person: erase a person from an instance."""

from pathlib import Path

import click

from konvoi.cli.i18n import follow
from konvoi.cli.workspace_argument import folder_option


@click.command("erase-person")
@click.argument("address", metavar="EMAIL")
@folder_option
@click.option(
    "--list",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The list of erasures, kept with the backups. Default: erasures.jsonl beside the key of backups.",
)
def command(address: str, folder: Path, target: Path | None) -> None:
    """Erase a person from an instance.

    Deletes the account with the e-mail address, and each contact with it: key and content. The chains of
    receipts and audit events stay as they are; they hold random ids and salted digests, and konvoi verify
    explains what was erased. The erasure is added to a list that names nobody: konvoi restore applies it to
    older backups, and each start of the instance applies it again.

    The exit code is 1 if a stored document still holds the address; each is named.

    \b
    Example:
      konvoi erase-person a.name@example.org --dir cell
    """
    from konvoi.cli.web_process import replace
    from konvoi.flow.instance.backup_key import key_file
    from konvoi.flow.instance.erase_person import FILE

    follow([folder])
    replace("konvoi.web.erase", str(folder), address, str(target or key_file().parent / FILE))
