"""Checks of the machine: Python, SQLite, the reading children, disk, secret files, texts."""

import locale
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from konvoi.flow.instance.check import Check, error, ok, warning
from konvoi.gateways.database_health import sqlite_library
from konvoi.gateways.machine import (
    confinement,
    free_bytes,
    open_to_others,
    secret_files,
    ukrainian_fonts,
    writable,
)

FIRST, BEFORE = (3, 11), (3, 14)
"""Versions of Python that are supported: from the first, before the second (pyproject.toml)."""
_MB = 1_000_000
LITTLE, LOW = 200 * _MB, 2_000 * _MB
"""Bytes of free disk below which a change may fail, and below which a backup may."""


def machine_checks(folder: Path, key: Path) -> Iterator[Check]:
    """Yield the checks that need no workspace. key: the key file of backups."""
    yield python_check()
    yield sqlite_check()
    yield reader_check()
    yield disk_check(folder)
    yield secrets_check(folder, key)
    yield language_check()
    yield fonts_check()


def python_check() -> Check:
    """Check the version of Python."""
    version = platform.python_version()
    if FIRST <= sys.version_info[:2] < BEFORE:
        return ok("python", "Python {version}.", version=version)
    remedy = "Install Python 3.11, 3.12 or 3.13 and name it in KONVOI_PYTHON."
    return error("python", "Python {version} is not supported.", remedy, version=version)


def sqlite_check() -> Check:
    """Check the library of SQLite: before 3.51.3 two connections can damage a write-ahead log."""
    found = sqlite_library()
    if found.log and found.own:
        return ok("sqlite", "SQLite {version}, which comes with Konvoi.", version=found.version)
    if found.log:
        return ok("sqlite", "SQLite {version}, that of Python.", version=found.version)
    return warning(
        "sqlite",
        "SQLite {version}, that of Python: older than 3.51.3, so no write-ahead log is kept.",
        "One process at a time can change a database in a file; use PostgreSQL for a team.",
        version=found.version,
    )


def reader_check() -> Check:
    """Check what the child that reads a submitted file can reach."""
    found = confinement()
    values = {"version": found.landlock, "why": found.why}
    if found.why:
        remedy = "Use Linux 5.13 or later with Landlock, or a container whose rules allow it."
        return error("reading", "Submitted files cannot be read: {why}.", remedy, **values)
    if found.other_files:
        return warning(
            "reading",
            "Files are read by a child that could open other files: the kernel has no Landlock.",
            "Use Linux 5.13 or later with Landlock; KONVOI_CONFINE=required reads no file without it.",
        )
    if found.network:
        return warning(
            "reading",
            "Files are read by a child without other files (Landlock {version}) that sees network devices.",
            "Allow new network namespaces to this user; TCP is refused by Landlock 4 or later.",
            **values,
        )
    return ok(
        "reading", "Files are read by a child without other files (Landlock {version}) or network.", **values
    )


def disk_check(folder: Path) -> Check:
    """Check the free disk, and that the folder can be written."""
    free = free_bytes(folder)
    values = {"free": free // _MB, "folder": folder}
    if not writable(folder):
        remedy = "Give this user the right to write there, unless it shall only read."
        return warning("disk", "{folder} cannot be written by this user.", remedy, **values)
    if free < LITTLE:
        return error("disk", "{free} MB are free.", "Free disk space, or move the workspace.", **values)
    if free < LOW:
        return warning("disk", "{free} MB are free.", "Free disk space before a backup needs it.", **values)
    return ok("disk", "{free} MB are free.", **values)


def secrets_check(folder: Path, key: Path) -> Check:
    """Check that other users cannot read the secret files."""
    found = list(secret_files(folder, key))
    wide = [one for one in found if open_to_others(one)]
    if wide:
        names = ", ".join(map(str, wide))
        return error(
            "secrets", "Other users can read {names}.", "Take the rights: chmod 600 {names}", names=names
        )
    if key.is_file() and key.resolve().is_relative_to(folder.resolve()):
        remedy = "Move it elsewhere: whoever takes the folder could read its backups."
        return error("secrets", "The key of the backups lies in the workspace.", remedy)
    return ok("secrets", "Secret files found: {count}; none can be read by other users.", count=len(found))


def language_check() -> Check:
    """Check that names and texts are written as UTF-8."""
    names, texts = sys.getfilesystemencoding(), locale.getpreferredencoding(False)
    if names.lower().replace("-", "") == texts.lower().replace("-", "") == "utf8":
        return ok("language", "Names of files and texts are UTF-8.")
    return warning(
        "language",
        "Names of files are {names}, texts {texts}.",
        "Set LANG=C.UTF-8: names in Ukrainian may not be written otherwise.",
        names=names,
        texts=texts,
    )


def fonts_check() -> Check:
    """Check the fonts that a page printed on this machine needs."""
    found = ukrainian_fonts()
    if found is None:
        return ok("fonts", "Fonts cannot be listed here; a brief uses those of the reader's machine.")
    if found:
        return ok("fonts", "There are fonts with Ukrainian letters.")
    return warning(
        "fonts",
        "There is no font with Ukrainian letters.",
        "Install one, such as DejaVu or Noto Sans, where pages are printed on this machine.",
    )
