"""The machine on which an instance runs: its disk, its secret files, its fonts, its reading children."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from konvoi.gateways import landlock
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import Limits, run
from konvoi.gateways.sandbox_child import CONFINE

_FILE = "_FILE"
_CONTAINER_SECRETS = Path("/run/secrets")


@dataclass(frozen=True)
class Confinement:
    """The state of a child that reads a file.

    landlock: version in this kernel, 0 for none. other_files: whether it can open other files. network:
    whether it sees the network of the machine. promised: whether nothing is read where it can open others.
    why: it did not answer; empty where it did.
    """

    landlock: int
    other_files: bool
    network: bool
    promised: bool
    why: str = ""


def confinement() -> Confinement:
    """Try what a child that reads a file can reach."""
    known, promised = landlock.version(), os.environ.get(CONFINE) == "required"
    # A file that every user may read.
    outcome = run("konvoi.gateways.sandbox_probe:probe", sys.executable.encode(), Limits(patience=30))
    if outcome.answer is None:
        return Confinement(known, True, True, promised, outcome.why)
    told = json.loads(outcome.answer)
    return Confinement(known, told["files"], told["network"], promised)


def free_bytes(folder: Path) -> int:
    """Return the bytes that may still be written on the disk of a folder."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise Refused(f"{folder}: cannot be read: {error.strerror}") from error


def writable(folder: Path) -> bool:
    """Return True if this user may write in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)


def secret_files(folder: Path, *others: Path) -> Iterator[Path]:
    """Yield the secret files of an instance that are there: keys in its folder, others, and those that the
    environment names (KONVOI_…_FILE, DATABASE_URL_FILE).
    """
    named = [
        Path(value)
        for name, value in sorted(os.environ.items())
        if value and name.endswith(_FILE) and name.startswith(("KONVOI_", "DATABASE_URL"))
    ]
    found = sorted(folder.glob("*.key")) if folder.is_dir() else []
    yield from dict.fromkeys(one for one in (*found, *others, *named) if one.is_file())


def open_to_others(path: Path) -> bool:
    """Return True if other users may read or change a file.

    Secrets that a container is given lie where only the container sees them, whatever their rights.
    """
    if path.is_relative_to(_CONTAINER_SECRETS):
        return False
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def ukrainian_fonts() -> bool | None:
    """Return whether a font with Ukrainian letters is installed; None where fonts cannot be listed."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run([program, ":lang=uk"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return bool(done.stdout.strip())
