"""konvoi bundle: write what a party may see as a signed file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import figure, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.signing_key import as_option, signing_key_file, signing_key_option
from konvoi.cli.workspace_argument import folder_argument


@click.command("bundle")
@folder_argument
@click.option("--for", "reader", required=True, metavar="PARTY", help="Id of the party that receives it.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File of the bundle; default: SENDER-PARTY-NUMBER.bundle.",
)
@signing_key_option("Key file that signs, of konvoi keys make; default: signing.key of this user.")
@as_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    reader: str,
    out: Path | None,
    key_file: Path | None,
    party: str,
    as_json: bool,
) -> None:
    """Write what a party may see as a signed bundle.

    The bundle contains the rows in force that the view of this party shows, with their markings, one workbook
    for each submission; public submissions in other formats as they came; and a signed manifest with the
    digest of each, the number of the bundle and the head of the chain of receipts. Submissions of the party
    itself, contacts, decisions and settings are not part of it. A receipt records that it was made.

    The bundle is signed, not encrypted. Submissions that cannot be part of it are listed, with the reason
    (exit code 1).

    \b
    Example:
      konvoi bundle --for PL
      konvoi bundle cell --for PL --out pl.bundle
    """
    from konvoi.cli.output import answer
    from konvoi.flow.federation.bundle import make_bundle
    from konvoi.gateways.files import write
    from konvoi.gateways.refusal import Refused
    from konvoi.gateways.signing import secret_key

    follow([folder])
    if out is not None and out.exists():
        raise Refused(f"{out}: is there already; name a new file")
    secret = secret_key(signing_key_file(key_file))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = make_bundle(folder, reader, secret=secret, at=now, party=party)
    told = made.manifest
    path = out or Path(f"{told.sender}-{told.to}-{told.number:06}.bundle")
    write(path, made.content, over=False)
    if as_json:
        answer({"bundle": str(path), **made.as_dict()})
    else:
        count = len(told.documents)
        words = {"path": path, "number": told.number, "sender": told.sender, "to": told.to}
        text = "{path}: bundle {number} of {sender} for {to}, {count} submission."
        click.echo(
            said(text, "{path}: bundle {number} of {sender} for {to}, {count} submissions.", count, **words)
        )
        rows = sum(sum(one.markings.values()) for one in told.documents)
        click.echo(said("Rows and entries: {count}", count=figure(rows)))
        for one in made.left_out:
            reason = said(one.reason)
            click.echo(said("Not part of it: {document}: {reason}", document=one.document, reason=reason))
    ctx.exit(1 if made.left_out else 0)
