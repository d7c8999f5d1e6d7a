"""konvoi keys add: list the public key of a party."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import folder_option

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("add")
@click.argument("party", metavar="PARTY")
@click.argument("key", metavar="KEY")
@folder_option
@click.option("--from", "first", type=_DAY, metavar="DAY", help="First day on which the key counts.")
@click.option("--until", type=_DAY, metavar="DAY", help="Last day on which the key counts.")
@click.option("--note", default="", metavar="TEXT", help="Such as who compared the fingerprint, and how.")
@json_option
def command(
    *,
    party: str,
    key: str,
    folder: Path,
    first: datetime | None,
    until: datetime | None,
    note: str,
    as_json: bool,
) -> None:
    """Add the public key of a party to keys.csv.

    Compare the fingerprint with the party by another channel first. To end a key, set `until` in keys.csv.

    \b
    Example:
      konvoi keys add DE ed25519:… --until 2027-12-31 --note "compared by telephone"
    """
    from konvoi.cli.output import answer
    from konvoi.flow.federation.public_keys import PublicKey, add_key

    follow([folder])
    found: PublicKey = add_key(folder, party, key, (_day(first), _day(until)), note=note, at=_now())
    if as_json:
        answer({"party": found.party, "fingerprint": found.fingerprint})
        return
    text = "{party}: key added. Fingerprint: {fingerprint}"
    click.echo(said(text, party=found.party, fingerprint=found.fingerprint))


def _day(stated: datetime | None) -> date | None:
    return stated.date() if stated else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
