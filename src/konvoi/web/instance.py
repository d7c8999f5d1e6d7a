"""An instance of the web: its folder, its secret, and whether it is a demonstration.

All that the web keeps beside the workspace lies in `.konvoi-web` of its folder, which is hidden: exports of
the workspace do not contain it.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from konvoi.flow.store_contract import UPLOADS, WEB
from konvoi.gateways import files
from konvoi.gateways.database import FILE, Address, address_given, address_of
from konvoi.gateways.refusal import Refused

FOLDER = "KONVOI_DIR"
"""Environment variable: the folder of the instance."""
SECRET = "KONVOI_SECRET_KEY_FILE"
"""Environment variable: the file with the key that signs sessions; default: .konvoi-web/secret.key."""
HOSTS = "KONVOI_HOSTS"
"""Environment variable: the host names under which the instance is reached, separated by commas."""
SCOPE = "KONVOI_SCOPE"
"""Environment variable: rows that a process sees in PostgreSQL; engine: all; unset: those of a request."""
HTTPS = "KONVOI_HTTPS"
"""Environment variable: 1 where a proxy in front of the instance speaks TLS."""
_KEY = "secret.key"
_DEMO = "demo"


@dataclass(frozen=True)
class Instance:
    """The folder of an instance, with what is kept there for the web."""

    folder: Path

    @property
    def own(self) -> Path:
        """The hidden folder of the web."""
        return self.folder / WEB

    @property
    def snapshots(self) -> Path:
        """The folder of the results of runs; it may be thrown away."""
        return self.own / "snapshots"

    @property
    def quarantine(self) -> Path:
        """The folder of uploads that nobody has confirmed yet."""
        return self.folder / UPLOADS

    @property
    def address(self) -> Address:
        """The database; that of an instance that is not there yet is SQLite in its folder."""
        found = address_of(self.folder)
        if found is not None:
            return found
        dsn = address_given()
        return Address(dsn=dsn) if dsn else Address((self.folder / FILE).resolve())

    @property
    def is_demo(self) -> bool:
        """True for a demonstration: invented data and personas, on this machine alone."""
        return (self.own / _DEMO).is_file()

    def mark_demo(self) -> None:
        """Make the instance a demonstration; nothing makes it another one again."""
        files.write(self.own / _DEMO, b"exercise\n")

    def secret(self, environment: Mapping[str, str] = os.environ) -> str:
        """Return the key that signs sessions; it is made on the first call, readable by its owner alone."""
        named = environment.get(SECRET, "")
        path = Path(named) if named else self.own / _KEY
        found = files.text(path)
        if found is None:
            if named:
                raise Refused(f"{SECRET}: {named} cannot be read; create it with 50 or more random signs")
            if not self.folder.is_dir():
                # Without an instance nothing is signed that outlives this process.
                return secrets.token_urlsafe(48)
            _write_private(path, secrets.token_urlsafe(48))
            found = files.text(path)
        if found is None or len(found.strip()) < 32:
            raise Refused(f"{path}: holds no key of at least 32 signs")
        return found.strip()


def _write_private(path: Path, text: str) -> None:
    files.make_folder(path.parent)
    path.parent.chmod(0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text + "\n")


def instance() -> Instance:
    """Return the instance that this process serves."""
    from django.conf import settings

    return Instance(Path(settings.KONVOI_FOLDER))
