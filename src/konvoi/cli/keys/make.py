"""konvoi keys make: make the key that signs bundles."""

from pathlib import Path

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option
from konvoi.cli.signing_key import signing_key_file, signing_key_option


@click.command("make")
@signing_key_option("New key file; default: signing.key of this user.")
@json_option
def command(key_file: Path | None, as_json: bool) -> None:
    """Make a key that signs bundles.

    Only the owner of the file may read it. Keep it outside the workspace. Give the public key to the parties
    that receive your bundles, and compare the fingerprint with them by another channel, such as by telephone.

    \b
    Example:
      konvoi keys make
      konvoi keys make --key-file /secure/konvoi-signing.key
    """
    from konvoi.cli.output import answer
    from konvoi.gateways.signing import fingerprint, make_key, public_key

    path = signing_key_file(key_file)
    public = make_key(path)
    print_ = fingerprint(public_key(public) or b"")
    if as_json:
        answer({"key_file": str(path), "key": public, "fingerprint": print_})
        return
    click.echo(said("{path}: key written; only its owner may read it.", path=path))
    click.echo(said("Public key: {key}", key=public))
    click.echo(said("Fingerprint: {fingerprint}", fingerprint=print_))
