"""konvoi keys list: list the public keys of parties with their fingerprints."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import folder_argument


@click.command("list")
@folder_argument
@json_option
def command(folder: Path, as_json: bool) -> None:
    """List public keys with their fingerprints.

    \b
    Example:
      konvoi keys list cell
    """
    from konvoi.cli.output import answer, table
    from konvoi.flow.federation.public_keys import known_keys

    follow([folder])
    today = datetime.now(UTC).date()
    keys = known_keys(folder)
    rows = [
        {
            "party": one.party,
            "fingerprint": one.fingerprint,
            "from": one.first,
            "until": one.until,
            "in_force": one.holds(today),
            "note": one.note,
        }
        for one in keys
    ]
    if as_json:
        answer({"keys": rows})
        return
    if not rows:
        click.echo(said("No keys yet; add one: konvoi keys add PARTY KEY"))
        return
    heads = ("party", "fingerprint", "from", "until", "in force", "note")
    table(
        [said(head) for head in heads],
        [
            [
                *(str(one[name] or "") for name in ("party", "fingerprint", "from", "until")),
                said("yes" if one["in_force"] else "no"),
                str(one["note"]),
            ]
            for one in rows
        ],
    )
