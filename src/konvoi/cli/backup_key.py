"""The key file of backups, as commands take it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

KEY_FILE = "KONVOI_BACKUP_KEY_FILE"
"""Environment variable: the key file."""

Command = Callable[..., Any]


def key_option(help: str) -> Callable[[Command], Command]:
    """Return the option `--key-file`; what it does there is the command's own help."""
    return click.option(
        "--key-file",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar=KEY_FILE,
        metavar="KEY",
        help=help,
    )


def chosen_key(named: Path | None) -> Path:
    """Return the key file that is named, else that of this user."""
    return named or Path(click.get_app_dir("konvoi")) / "backup.key"
