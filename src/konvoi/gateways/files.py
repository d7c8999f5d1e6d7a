"""Files and folders: read as they are, written whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document

SUBMISSIONS, WITHDRAWN = "submissions", "withdrawn"
"""The folders of a workspace: what was handed in, and what was taken out again."""

_HEAD = 1 << 16
_SKIPPED = {".DS_Store", "Thumbs.db"}


def documents(paths: list[Path], *, party: str = "", aside: Collection[Path] = ()) -> list[Document]:
    """The documents at these paths, a folder's in the order of their names; nothing hidden.

    A document is named by its path below the folder that was given, so a folder reads the same elsewhere.
    aside: files that are left alone.
    """
    return [_document(path, name, party) for path, name in named(paths) if path not in aside]


def named(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files at these paths, each with its name below the folder that was given; nothing is opened."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path))
            found += [(p, p.relative_to(path).as_posix()) for p in files]
        elif path.is_file():
            found.append((path, path.name))
        else:
            raise Refused(f"{path}: no such file or folder; check the path")
    return found


def size(path: Path) -> int:
    """The bytes of a file; 0 where that cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], bytes, str]]:
    """A large file open at its start, its first 64 KiB, and the SHA-256 of all of it, read piece by piece."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            yield file, head, digest
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error


def submissions(folder: Path, *, marking: str, below: str = SUBMISSIONS) -> list[Document]:
    """What partners handed in to a workspace: submissions/PARTY/…, each with its party.

    marking: who may see what says nothing of it. below: another folder of the same form, such as WITHDRAWN.
    """
    base = folder / below
    if not base.is_dir():
        return []
    files = sorted(p for p in base.rglob("*") if p.is_file() and not _hidden(p, base))
    return [
        replace(_document(p, name.as_posix(), name.parts[0]), marking=marking)
        for p in files
        if len((name := p.relative_to(base)).parts) > 1
    ]


def text(path: Path) -> str | None:
    """A small text file; None where there is none."""
    if not path.is_file():
        return None
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: not UTF-8 text at byte {error.start}; save it as UTF-8") from error


def content(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def write(path: Path, content: bytes, *, over: bool = True) -> None:
    """One file, whole or not at all."""
    if path.exists() and not over:
        raise Refused(f"{path}: is there already; name another file, or remove it first")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"{path}: cannot be written: {error.strerror}") from error


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder, without those below it; none where there is no such folder."""
    return sorted(one for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []


def remove(path: Path) -> None:
    """Take a file away; nothing where there is none."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f"{path}: cannot be removed: {error.strerror}") from error


def move(source: Path, target: Path) -> None:
    """A file to another place, never onto one that is there."""
    if target.exists():
        raise Refused(f"{target}: is there already; nothing was moved")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source, target)
    except OSError as error:
        raise Refused(f"{source}: cannot be moved: {error.strerror}") from error


def write_folder(folder: Path, files: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """A folder of these files, whole or not at all: what stood there before gives way in one step.

    Files that are made one after the other are written one after the other, so that no two need be held. The
    answer is how many bytes each has.
    """
    folder = folder.resolve()
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    sizes: dict[str, int] = {}
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, content in files.items() if isinstance(files, Mapping) else files:
            target = beside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            sizes[name] = len(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(beside, folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise Refused(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return sizes


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path below it."""
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder; check the path")
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not _hidden(p, folder)
    }


def append(path: Path, lines: str, *, head: str) -> None:
    """Lines at the end of an append-only CSV, whole or not at all, with its head where the file is new.

    A last line that some editor left open is closed first.
    """
    try:
        with path.open("ab", buffering=0) as file:
            before = file.tell()
            start = "" if before else head + "\n"
            if before and not _closed(path):
                start = "\n"
            content = (start + lines + "\n").encode()
            try:
                while content:
                    content = content[file.write(content) :]
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), before)
                raise
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror}; nothing was added") from error


def _closed(path: Path) -> bool:
    """Whether the last line of a file ends."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _document(path: Path, name: str, party: str) -> Document:
    try:
        return Document(name=name, content=path.read_bytes(), party=party)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error


def _hidden(path: Path, base: Path) -> bool:
    parts = path.relative_to(base).parts
    return any(part.startswith((".", "~$")) or part in _SKIPPED for part in parts)
