"""The programs pg_dump and pg_restore: found, checked against the version of the server, and run."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from konvoi.gateways.database import ADDRESS
from konvoi.gateways.refusal import Refused

_DEBIAN = Path("/usr/lib/postgresql")
"""The folder in which Debian keeps the programs of each version."""


def dump(dsn: str, target: Path, *, snapshot: str, server: int) -> None:
    """Write the whole database as pg_dump's custom format.

    snapshot: exported by an open transaction, so that the dump shows the same state. server: the server's
    major version.
    """
    told = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
    _run(program("pg_dump", server), told, dsn)


def restore(dsn: str, source: Path, *, server: int) -> None:
    """Fill an empty database from a dump, whole or not at all; its tables belong to the role that does it."""
    told = ["--exit-on-error", "--single-transaction", "--no-owner", str(source)]
    _run(program("pg_restore", server), told, dsn)


def program(name: str, server: int) -> str:
    """Return the path of a program that is not older than the server; Refused with a remedy without one."""
    there = {path: version for path in _candidates(name) if (version := _major(path))}
    fits = [path for path, version in there.items() if version >= server]
    if fits:
        return min(fits, key=lambda path: there[path])
    if not there:
        raise Refused(
            f"{name} is not there; install the client programs of PostgreSQL {server} "
            f"(Debian: postgresql-client-{server})"
        )
    raise Refused(
        f"{name} is of version {max(there.values())}, older than the server; install the client programs of "
        f"PostgreSQL {server} (Debian: postgresql-client-{server})"
    )


def _candidates(name: str) -> list[str]:
    folders = [*os.get_exec_path(), *map(str, sorted(_DEBIAN.glob("*/bin")))]
    found = (shutil.which(name, path=folder) for folder in folders)
    return list(dict.fromkeys(one for one in found if one))


def _major(path: str) -> int:
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)", told.stdout)
    return int(found[1]) if found else 0


def _run(path: str, words: Sequence[str], dsn: str) -> None:
    """Run a program on a database; the password is never among its arguments, which every user can see."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    known = conninfo_to_dict(dsn)
    secret = {"PGPASSWORD": str(word)} if (word := known.pop("password", None)) else {}
    place = f"--dbname={make_conninfo('', **known)}"
    try:
        done = subprocess.run(
            [path, place, "--no-password", *words],
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, **secret, "LC_ALL": "C"},
        )
    except OSError as error:
        raise Refused(f"{path}: cannot be run: {error.strerror}") from error
    if done.returncode:
        raise _refusal(Path(path).name, done.stderr)


def _refusal(name: str, told: str) -> Refused:
    """Return why a program failed, from its first line: further ones may show content of rows."""
    if "row-level security" in told:
        return Refused(f"{name}: rules for rows hide rows from this role; use one with BYPASSRLS")
    if "connection to server" in told:
        return Refused(f"the database at {ADDRESS} cannot be reached; nothing was changed")
    first = re.sub(r"^\S*pg_\w+: (?:error: )?", "", told.strip().partition("\n")[0])[:200]
    return Refused(f"{name}: {first or 'it failed'}; nothing was changed")
