"""Files and folders: read as they are, written whole or not at all, synced before they are acknowledged."""

import errno
import fcntl
import functools
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from konvoi.gateways.refusal import Refused
from konvoi.model.document import Document

SUBMISSIONS = "submissions"
WITHDRAWN = "withdrawn"
"""Folders of a workspace: submissions, and those withdrawn."""

PART = ".part"
"""The ending of a file being written; locked for as long as its process lives."""

_PARTS = re.compile(r"\.[0-9a-f]{16}")
_OLD = ".old"
_NOREPLACE = 1
_EXCHANGE = 2
# Errors of file systems and kernels without support for the flags of renameat2.
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
_HEAD = 1 << 16
_SKIPPED = {".DS_Store", "Thumbs.db"}


def documents(paths: list[Path], *, party: str = "", aside: Collection[Path] = ()) -> list[Document]:
    """The documents at these paths, a folder's in the order of their names; nothing hidden.

    A document is named by its path below the folder that was given, so a folder reads the same elsewhere.
    aside: files that are left alone.
    """
    return [_document(path, name, party) for path, name in named(paths) if path not in aside]


def named(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files at these paths, each with its name below the folder that was given; nothing is opened.

    Where files of several folders share a name, all names begin with as much of the folders' paths as tells
    the files apart. A file that is given twice is there once.
    """
    found: dict[Path, tuple[Path, Path, Path]] = {}
    for path in paths:
        if path.is_dir():
            files, links = below(path)
            if links:
                raise Refused(
                    f"{links[0]}: a symbolic link, which is not followed; put the file itself there"
                )
            inside = [(p, path) for p in files]
        elif path.is_file():
            inside = [(path, path.parent)]
        else:
            raise Refused(f"{path}: no such file or folder; check the path")
        for file, folder in inside:
            found.setdefault(Path(os.path.abspath(file)), (file, folder, file.relative_to(folder)))
    placed = [(file, Path(os.path.abspath(folder)), name) for file, folder, name in found.values()]
    longest = max((len(folder.parts) for _, folder, _ in placed), default=0)
    names = [name for _, _, name in placed]
    for depth in range(1, longest + 1):
        if len(set(names)) == len(names):
            break
        names = [Path(*folder.parts[-depth:], name) for _, folder, name in placed]
    return [(file, name.as_posix()) for (file, _, _), name in zip(placed, names, strict=True)]


def below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files and symbolic links below a folder, without hidden ones; no link is followed."""
    found: list[Path] = []
    links: list[Path] = []
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")) or entry.name in _SKIPPED:
                        continue
                    if entry.is_symlink():
                        links.append(Path(entry.path))
                    elif entry.is_dir():
                        waiting.append(Path(entry.path))
                    elif entry.is_file():
                        found.append(Path(entry.path))
        except OSError as error:
            raise Refused(f"{error.filename}: cannot be read: {error.strerror}") from error
    return sorted(found), sorted(links)


def size(path: Path) -> int:
    """Return the bytes of a file; 0 if unknown."""
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
    """Return the submissions of partners to a workspace: submissions/PARTY/…, each with its party.

    marking: the default for records without one. below: another folder of the same form, such as WITHDRAWN.
    """
    return kept(folder / below, marking=marking)[0]


def kept(base: Path, *, marking: str) -> tuple[list[Document], list[str]]:
    """Return the documents below a folder of parties, and the names of links, which are not followed."""
    if not base.is_dir():
        return [], []
    found, links = below(base)
    documents = [
        replace(_document(p, name.as_posix(), name.parts[0]), marking=marking)
        for p in found
        if len((name := p.relative_to(base)).parts) > 1
    ]
    return documents, [one.relative_to(base).as_posix() for one in links]


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


def write(path: Path, content: bytes, *, over: bool = True, sync: bool = True) -> None:
    """Write one file, whole or not at all; it lies on disk when this returns.

    over: replace a file that is there; otherwise one that is there stays, however late it came. sync: False
    for what can be made again, such as a cache.
    """
    try:
        make_folder(path.parent, sync=sync)
        with _begun(path.parent) as (beside, descriptor):
            _write_all(descriptor, content)
            if sync:
                os.fsync(descriptor)
            if over:
                os.replace(beside, path)
            else:
                rename_new(beside, path)
            if sync:
                sync_folder(path.parent)
    except FileExistsError as error:
        raise Refused(f"{path}: is there already; name another file, or remove it first") from error
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror}") from error


@contextmanager
def growing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a new file to which is written piece by piece: it gets its name when all of it lies on disk.

    Refused where something has the name. Remains of processes that were ended are removed first.
    """
    if path.exists():
        raise Refused(f"{path}: is there already; name another file, or remove it first")
    try:
        make_folder(path.parent)
        sweep(path.parent)
        with _begun(path.parent) as (beside, descriptor):
            with open(descriptor, "wb", closefd=False) as file:
                yield file
            os.fsync(descriptor)
            rename_new(beside, path)
            sync_folder(path.parent)
    except FileExistsError as error:
        raise Refused(f"{path}: is there already; name another file, or remove it first") from error
    except OSError as error:
        raise Refused(f"{error.filename or path}: {error.strerror}; nothing was left half-done") from error


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """Yield a new folder in another, which only its owner may enter; it is removed when the block ends.

    Remains of processes that were ended are removed first.
    """
    try:
        make_folder(folder)
        sweep(folder)
        with _begun(folder, directory=True) as (place, _):
            place.chmod(0o700)
            yield place
    except OSError as error:
        raise Refused(f"{error.filename or folder}: {error.strerror}; nothing was left half-done") from error


@contextmanager
def _begun(folder: Path, *, directory: bool = False) -> Iterator[tuple[Path, int]]:
    """Make a file or folder under a name of its own, locked by this process; at the end it is removed.

    Cleaning up leaves locked files alone; the lock ends with its process, however that ends.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY if directory else os.O_WRONLY | os.O_CREAT | os.O_EXCL
    while True:
        beside = folder / f".{secrets.token_hex(8)}{PART}"
        if directory:
            beside.mkdir()
        descriptor = os.open(beside, flags, 0o666)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Another process that cleaned up between the two calls has removed it.
        if beside.exists():
            break
        os.close(descriptor)
    try:
        yield beside, descriptor
    finally:
        _remove_all(beside)
        os.close(descriptor)


def _remove_all(path: Path) -> None:
    """Remove a file or a folder with all that is in it, as far as that is possible."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def make_folder(folder: Path, *, sync: bool = True) -> None:
    """Make a folder and all above it that are not there."""
    missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
    for one in reversed(missing):
        try:
            one.mkdir()
        except FileExistsError:
            if not one.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(one)) from None
        if sync:
            sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Return once the names in a folder lie on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@functools.cache
def _renameat2() -> Callable[[Path, Path, int], None] | None:
    """Return the kernel's renaming with flags; None where the system has none."""
    import ctypes

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return None

    def rename(source: Path, target: Path, flags: int) -> None:
        here = -100
        if call(here, os.fsencode(source), here, os.fsencode(target), ctypes.c_uint(flags)):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(target))

    return rename


def _rename_with(source: Path, target: Path, flags: int) -> bool:
    """Rename with flags; False where system or file system does not know them."""
    rename = _renameat2()
    if rename is None:
        return False
    try:
        rename(source, target, flags)
    except OSError as error:
        if error.errno in _UNKNOWN:
            return False
        raise
    return True


def rename_new(source: Path, target: Path) -> None:
    """Rename a file in one step; FileExistsError where something has the new name already."""
    if _rename_with(source, target, _NOREPLACE):
        return
    os.link(source, target)
    os.unlink(source)


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder, without those below it; none where there is no such folder."""
    return sorted(one for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []


def remove(path: Path) -> None:
    """Take a file away; nothing where there is none."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f"{path}: cannot be removed: {error.strerror}") from error


def write_folder(folder: Path, files: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """Write a folder of these files, whole or not at all, and return how many bytes each has.

    It is written beside and then changes places with the one that is there: at any instant the old or the new
    one has the name. Files that are made one after the other are written one after the other, so that no two
    are in memory together.
    """
    folder = folder.resolve()
    sizes: dict[str, int] = {}
    try:
        make_folder(folder.parent)
        repair(folder)
        with _begun(folder.parent, directory=True) as (beside, _):
            for name, content in files.items() if isinstance(files, Mapping) else files:
                target = beside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                write_synced(target, content)
                sizes[name] = len(content)
            for made, _, _ in os.walk(beside):
                sync_folder(Path(made))
            _switch(beside, folder)
            sync_folder(folder.parent)
    except OSError as error:
        raise Refused(f"{folder}: cannot be written: {error.strerror}") from error
    return sizes


def write_synced(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Write a file that is not read before it is renamed; its content lies on disk when this returns.

    sync: False where `sync_all` follows.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        _write_all(descriptor, content)
        if sync:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all() -> None:
    """Return once all that was written lies on disk; faster than syncing many files one by one."""
    os.sync()


def _switch(beside: Path, folder: Path) -> None:
    """Give a new folder its name; the one that had it is afterwards at the other place, or gone."""
    if not folder.exists():
        os.replace(beside, folder)
        return
    if not folder.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if _rename_with(beside, folder, _EXCHANGE):
        return
    # Without an exchange the name is free for an instant; `repair` gives it back if the process ends there.
    old = folder.with_name(f".{folder.name}{_OLD}")
    os.replace(folder, old)
    try:
        os.replace(beside, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def repair(folder: Path) -> None:
    """Give a folder its name back if a process ended while it was being replaced, and remove its remains."""
    old = folder.with_name(f".{folder.name}{_OLD}")
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(old, folder)
    sweep(folder.parent)


def sweep(folder: Path, *, also: str = PART, deep: bool = False) -> None:
    """Remove half-written files of ended processes from a folder; those of running ones stay.

    also: a further ending of such files. deep: in the folders below as well.
    """
    for path in sorted(folder.rglob(".*") if deep else folder.glob(".*")) if folder.is_dir() else []:
        if not _PARTS.fullmatch(path.stem) or path.suffix not in (PART, also):
            continue
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove_all(path)
            finally:
                os.close(descriptor)


def with_lines(before: str, lines: str, *, head: str) -> str:
    """Return the text of an append-only file with lines at its end, and with its head where it was empty.

    A last line that some editor left open is closed first.
    """
    if not before:
        return f"{head}\n{lines}\n"
    return f"{before}{'' if before.endswith(chr(10)) else chr(10)}{lines}\n"


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path below it."""
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder; check the path")
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not _hidden(p, folder)
    }


def _document(path: Path, name: str, party: str) -> Document:
    try:
        return Document(name=name, content=path.read_bytes(), party=party)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error


def _hidden(path: Path, base: Path) -> bool:
    parts = path.relative_to(base).parts
    return any(part.startswith((".", "~$")) or part in _SKIPPED for part in parts)
