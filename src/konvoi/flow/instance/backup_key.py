"""The key file of backups: one place for the command line and the web."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

KEY_FILE = "KONVOI_BACKUP_KEY_FILE"
"""Environment variable: the key file."""


def key_file(named: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the key file that is named, else that of the environment, else that of this user."""
    stated = environment.get(KEY_FILE, "")
    return named or (Path(stated) if stated else Path(click.get_app_dir("konvoi")) / "backup.key")
