"""konvoi backup: write an encrypted backup of a workspace."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.backup_key import key_option
from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option, say
from konvoi.cli.workspace_argument import folder_argument


@click.command("backup")
@folder_argument
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The new backup; in an existing folder it gets a name with the time.",
)
@key_option(
    "The key, kept elsewhere; made if it does not exist. Default: backup.key in this user's settings."
)
@json_option
def command(target: Path, key_file: Path | None, folder: Path, as_json: bool) -> None:
    """Write an encrypted backup of a workspace.

    The backup holds the database with all its tables (SQLite by its backup interface, PostgreSQL by pg_dump),
    the files beside it, and a manifest with versions, time, head of the chain, counts and digests. Results
    and caches are left out. The workspace can be used meanwhile. A backup that fails leaves no file.

    A key file made by this command holds the secret key that reads the backups: keep it, and a copy, away
    from the workspace and from the backups. The line with the public key alone is enough to make backups.

    \b
    Example:
      konvoi backup cell --to cell.backup --key-file backup.key
      konvoi backup cell --to /mnt/backups        a new file with the time in its name
    """
    from konvoi.cli.output import answer
    from konvoi.flow.instance.backup import back_up
    from konvoi.flow.instance.backup_key import key_file as chosen

    follow([folder])
    key = chosen(key_file)
    made = back_up(folder, target, key, at=datetime.now(UTC).replace(microsecond=0))
    if made.public_key:
        say(
            said(
                "New key: {key}. Without it no backup can be restored: keep it and a copy away from "
                "the workspace and from the backups.",
                key=key,
            )
        )
    if as_json:
        told = {"workspace": str(folder), "out": str(made.path), "bytes": made.bytes}
        kept = {"key_file": str(key), "key_made": bool(made.public_key), "links": list(made.links)}
        answer({**told, **kept, "beside": made.files, "manifest": made.manifest.as_dict()})
        return
    manifest = made.manifest
    counted = said("{count} receipt", "{count} receipts", manifest.receipts)
    beside = said("{count} file beside it", "{count} files beside it", made.files)
    click.echo(
        said("{path}: backup of {folder}, {bytes} bytes.", path=made.path, folder=folder, bytes=made.bytes)
    )
    click.echo(
        said("{receipts}, {files}; head {head}", receipts=counted, files=beside, head=manifest.head or "–")
    )
    if made.links:
        say(
            said(
                "{count} symbolic link is not in the backup: {names}",
                "{count} symbolic links are not in the backup: {names}",
                len(made.links),
                names=", ".join(made.links[:3]),
            )
        )
