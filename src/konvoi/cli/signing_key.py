"""Options of the commands that exchange bundles: the key file that signs, and whose workspace it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
KEY_FILE = "KONVOI_SIGNING_KEY_FILE"
"""Environment variable: the key file that signs bundles."""


def signing_key_option(help: str) -> Callable[[Command], Command]:
    """Return the option `--key-file` as `key_file`; what it does there is the command's own help."""
    return click.option(
        "--key-file",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar=KEY_FILE,
        metavar="KEY",
        help=help,
    )


def signing_key_file(named: Path | None) -> Path:
    """Return the key file that is named, else that of this user."""
    return named or Path(click.get_app_dir("konvoi")) / "signing.key"


def as_option(command: Command) -> Command:
    """Add `--as` as `party`: whose workspace it is."""
    told = "Id of the party whose workspace this is; default: party in konvoi.toml."
    return click.option("--as", "party", default="", metavar="PARTY", help=told)(command)
