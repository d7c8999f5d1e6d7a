"""konvoi restore: restore a backup into a new workspace, or check that it can be restored."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.backup_key import key_option
from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option, say

if TYPE_CHECKING:
    from konvoi.flow.instance.restore import Drill, Loss, Restored


@click.command("restore")
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@key_option("The key file with which the backup was made. Default: backup.key in this user's settings.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The new workspace; with --check the workspace to compare with.",
)
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="LIST",
    help="The list of erased persons to apply. Default: erasures.jsonl beside the key file.",
)
@click.option("--check", is_flag=True, help="Restore into a temporary place, verify, report and remove it.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    archive: Path,
    key_file: Path | None,
    folder: Path | None,
    erasures: Path | None,
    check: bool,
    as_json: bool,
) -> None:
    """Restore a backup into a new workspace, or check one.

    The workspace is verified, and its last change is named. A folder that holds anything is never restored
    over. A backup of PostgreSQL is restored into the empty database at DATABASE_URL by the role that will own
    its tables; other roles to which it gives rights must exist.

    Persons who were erased after the backup was made (konvoi erase-person) are erased again.

    --check is the drill: it restores into a temporary place, runs the checks of konvoi verify there and
    removes it. With --dir it reports which changes of that workspace the backup does not hold. For PostgreSQL
    it creates a temporary database on the server at DATABASE_URL. The exit code is 1 if something recorded
    differs, and 3 if the backup cannot be restored.

    \b
    Example:
      konvoi restore cell.backup --key-file backup.key --dir cell-2
      konvoi restore --check cell.backup --key-file backup.key --dir cell
    """
    from konvoi.flow.instance.backup_key import key_file as chosen
    from konvoi.gateways.database import address_given

    key = chosen(key_file)
    dsn = address_given()
    if check:
        ctx.exit(_check(archive, key, folder, dsn, as_json=as_json))
    if folder is None:
        raise click.UsageError("name the new workspace with --dir, or check the backup with --check")
    code = _restore(archive, key, folder, dsn, as_json=as_json)
    ctx.exit(max(code, _erase_again(folder, erasures, key, quiet=as_json)))


def _erase_again(folder: Path, named: Path | None, key: Path, *, quiet: bool) -> int:
    """Apply the list of erasures to a restored instance, in a process of the web; return its exit code."""
    import subprocess
    import sys

    from konvoi.flow.instance.erase_person import FILE
    from konvoi.flow.store import ERASURES, kept_text
    from konvoi.gateways.database import imported

    target = named or key.parent / FILE
    if not imported(folder) or not (target.exists() or kept_text(folder, ERASURES)):
        return 0
    run = [sys.executable, "-P", "-m", "konvoi.web.erase", str(folder), "--again", str(target)]
    return subprocess.run(run, check=False, stdout=subprocess.DEVNULL if quiet else None).returncode


def _restore(archive: Path, key: Path, folder: Path, dsn: str, *, as_json: bool) -> int:
    from konvoi.cli.output import answer, exit_code, tell
    from konvoi.flow.instance.restore import restore

    found = restore(archive, key, folder, dsn=dsn)
    follow([folder])
    if as_json:
        answer({"workspace": str(folder), **_as_dict(found)})
    else:
        click.echo(said("{archive} is restored as {folder}.", archive=archive, folder=folder))
        _tell(found)
        tell(found.findings)
    return exit_code(found.findings)


def _check(archive: Path, key: Path, folder: Path | None, dsn: str, *, as_json: bool) -> int:
    from konvoi.cli.output import answer, exit_code, tell
    from konvoi.flow.instance.restore import drill

    if folder is not None:
        if not folder.is_dir():
            raise click.UsageError(f"{folder}: no such folder; leave --dir out to check the backup alone")
        follow([folder])
    found = drill(archive, key, at=datetime.now(UTC).replace(microsecond=0), live=folder, dsn=dsn)
    if as_json:
        answer(_drill_as_dict(found))
        return exit_code(found.findings, refused=found.refused)
    if found.restored is None:
        click.echo(said("{archive} cannot be restored.", archive=archive))
    else:
        click.echo(said("{archive} can be restored.", archive=archive))
        _tell(found.restored)
    if folder is not None and not found.refused:
        _tell_loss(found.loss, folder)
    tell(found.findings)
    return exit_code(found.findings, refused=found.refused)


def _tell(found: "Restored") -> None:
    """Print of when the backup is, its last change, and whether all is as recorded."""
    from konvoi.cli.verify import tell_chain

    manifest = found.manifest
    click.echo(
        said(
            "Backup of {made} by Konvoi {version}.",
            made=f"{manifest.made:%Y-%m-%d %H:%M} UTC",
            version=manifest.konvoi,
        )
    )
    if manifest.last_at:
        click.echo(said("Last change: number {number}, {at}.", number=manifest.receipts, at=manifest.last_at))
    tell_chain(found.verified, "")


def _tell_loss(loss: "Loss | None", folder: Path) -> None:
    if loss is None:
        say(said("{folder}: its receipts cannot be read; what would be lost is not known.", folder=folder))
    elif not loss.related:
        click.echo(said("{folder} is no later state of this backup.", folder=folder))
    elif not loss.changes:
        click.echo(said("{folder} has no change that the backup does not hold.", folder=folder))
    else:
        first, last = loss.changes[0].change, loss.changes[-1].change
        click.echo(
            said(
                "{count} change of {folder} is not in the backup ({first} to {last}).",
                "{count} changes of {folder} are not in the backup ({first} to {last}).",
                len(loss.changes),
                folder=folder,
                first=first.at or first.day,
                last=last.at or last.day,
            )
        )


def _as_dict(found: "Restored") -> dict[str, Any]:
    verified = found.verified.as_dict()
    return {"manifest": found.manifest.as_dict(), "verified": verified}


def _drill_as_dict(found: "Drill") -> dict[str, Any]:
    restored = found.restored
    lost = None
    if found.loss is not None:
        changes = [{"number": one.number, "at": one.change.at} for one in found.loss.changes]
        lost = {"related": found.loss.related, "changes": changes}
    return {
        "restorable": restored is not None,
        "holds": found.holds,
        "manifest": restored.manifest.as_dict() if restored else None,
        "verified": restored.verified.as_dict() if restored else None,
        "lost": lost,
        "findings": [one.as_dict() for one in found.findings],
    }
