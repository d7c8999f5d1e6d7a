"""The option of commands that names the key file of backups."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from konvoi.flow.instance.backup_key import KEY_FILE

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
