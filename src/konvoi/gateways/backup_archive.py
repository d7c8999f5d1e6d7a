"""The encrypted archive of a backup: a compressed tar of its parts, the manifest with their digests last.

Without Konvoi it is read by `age --decrypt --identity KEY FILE | tar --extract --gzip`.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from konvoi.gateways import files
from konvoi.gateways.encryption import Unreadable, decrypting, encrypting, public_keys, secret_keys
from konvoi.gateways.refusal import Refused

MANIFEST = "manifest.json"
FORM = "konvoi-backup 1"
"""The form of the archive, as its manifest states it."""
_PIECE = 1 << 20
_LARGEST_MANIFEST = 1 << 28


@dataclass(frozen=True)
class Part:
    """A part of an archive as the manifest states it: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


class Incomplete(Refused):
    """An archive could be decrypted, and does not hold what its manifest states."""


def write_archive(
    path: Path, key: Path, parts: Iterable[tuple[str, Path]], facts: Mapping[str, Any]
) -> dict[str, Part]:
    """Write a new archive of files, each under a name, and return what the manifest states of them.

    key: a file with the public key. facts: the rest of the manifest. Under its name the archive is there
    whole or not at all; no file is in memory as a whole.
    """
    keys = public_keys(key)
    written: dict[str, Part] = {}
    with (
        files.growing(path) as target,
        encrypting(target, keys) as stream,
        gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, source in parts:
            written[name] = _add(archive, name, source)
        stated = {"form": FORM, **facts, "files": {name: vars(one) for name, one in written.items()}}
        content = json.dumps(stated, ensure_ascii=False, indent=1).encode()
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(content)
        archive.addfile(head, io.BytesIO(content))
    return written


def _add(archive: tarfile.TarFile, name: str, source: Path) -> Part:
    with source.open("rb") as file:
        found = os.fstat(file.fileno())
        head = tarfile.TarInfo(name)
        head.size, head.mode, head.mtime = found.st_size, found.st_mode & 0o777, int(found.st_mtime)
        counted = _Counted(file)
        try:
            archive.addfile(head, counted)
        except OSError as error:
            if error.errno is not None:
                raise
            raise Refused(f"{source}: became shorter while it was read; try again") from error
    return Part(found.st_size, counted.digest.hexdigest())


class _Counted(io.RawIOBase):
    """A file whose content is digested as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        found = self._file.read(size)
        self.digest.update(found)
        return found


@contextmanager
def extracted(path: Path, key: Path, place: Path) -> Iterator[dict[str, Any]]:
    """Write the parts of an archive below a folder, and yield its manifest once all are as it states.

    Unreadable where the archive was altered, cut off, or is not for this key; Incomplete where its parts are
    not those of the manifest.
    """
    keys = secret_keys(key)
    found: dict[str, Part] = {}
    try:
        with path.open("rb") as source, decrypting(source, keys, str(path)) as stream:
            manifest = _extract(path, stream, place, found)
    except FileNotFoundError as error:
        raise Refused(f"{error.filename}: no such file") from error
    if manifest.get("form") != FORM:
        raise Incomplete(f"{path}: no backup of a form that this version reads ({FORM})")
    try:
        stated = {name: Part(**one) for name, one in manifest["files"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise Incomplete(f"{path}: its manifest cannot be read") from error
    wrong = sorted(name for name in {*stated, *found} if stated.get(name) != found.get(name))
    if wrong:
        raise Incomplete(f"{path}: {wrong[0]} is not as the manifest states")
    yield manifest


def _extract(path: Path, stream: IO[bytes], place: Path, found: dict[str, Part]) -> dict[str, Any]:
    manifest: dict[str, Any] = {}
    try:
        with (
            gzip.GzipFile(fileobj=stream, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            for head in archive:
                content = archive.extractfile(head) if head.isreg() else None
                name = PurePosixPath(head.name)
                if content is None or name.is_absolute() or ".." in name.parts:
                    raise Incomplete(f"{path}: {head.name} is no file of a backup")
                if head.name == MANIFEST and head.size <= _LARGEST_MANIFEST:
                    manifest = json.loads(content.read())
                else:
                    found[head.name] = _write(place / name, content, head.mode & 0o777)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise Incomplete(f"{path}: {error or 'ends early'}") from error
    if not isinstance(manifest, dict):
        raise Incomplete(f"{path}: its manifest cannot be read")
    return manifest


def _write(path: Path, content: IO[bytes], mode: int) -> Part:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        os.fchmod(descriptor, mode)
    return Part(size, digest.hexdigest())


__all__ = ["FORM", "MANIFEST", "Incomplete", "Part", "Unreadable", "extracted", "write_archive"]
