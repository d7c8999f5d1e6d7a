"""konvoi receive: check a bundle and import its submissions."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.signing_key import as_option
from konvoi.cli.workspace_argument import folder_option

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("receive")
@click.argument("file", type=_FILE, metavar="FILE")
@folder_option
@click.option("--dry-run", "dry", is_flag=True, help="Check only; store nothing.")
@as_option
@json_option
def command(file: Path, folder: Path, dry: bool, party: str, as_json: bool) -> None:
    """Check a bundle and import its submissions.

    The bundle must be signed with a key that keys.csv lists for its sender on this day, be for this
    workspace, be newer than the last one received from this sender, and contain only rows whose markings
    permit this party to see them. Otherwise it is refused, and nothing is stored. Its submissions are stored
    under their parties, with one receipt. Submissions of the sender's earlier bundles that this one
    does not contain any more are withdrawn. No network is used.

    \b
    Example:
      konvoi receive DE-PL-000003.bundle --dry-run
      konvoi receive DE-PL-000003.bundle --dir cell
    """
    from konvoi.cli.output import answer
    from konvoi.flow.federation.receive import receive

    follow([folder])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found = receive(folder, file, at=now, party=party, dry=dry)
    if as_json:
        answer(found.as_dict())
        return
    told = found.manifest
    text = "Bundle {number} of {sender}, made {at}: signature, digests and markings are right."
    click.echo(said(text, number=told.number, sender=told.sender, at=told.at))
    for path in found.stored:
        click.echo(f"{path}: {said('would be imported' if dry else 'imported')}")
    for path in found.withdrawn:
        click.echo(f"{path}: {said('would be withdrawn' if dry else 'withdrawn')}")
    click.echo(said("{count} submission unchanged.", "{count} submissions unchanged.", found.unchanged))
