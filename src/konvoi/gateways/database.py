"""A database in which a workspace is kept: SQLite in its folder, or PostgreSQL for teams.

Two tables, to which rows are only ever added: `konvoi_receipt` (the chain of changes, a line each) and
`konvoi_blob` (contents by their SHA-256). The database itself refuses every other change of them.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from konvoi.gateways.refusal import Refused

FILE = "konvoi.sqlite3"
"""The embedded database, in the folder of the workspace."""
MARKER = "konvoi.database"
"""The file that says that a workspace is kept in PostgreSQL; it holds no address, which may be a secret."""
ADDRESS = "DATABASE_URL"
CHOICE = "KONVOI_STORE"
"""The environment variable that `--store folder` sets: the folder is read as it was before its import."""

WAIT = 10.0
"""Seconds that a second writer waits before it is refused."""
_LOCK = 0x6B6F6E76
"""The number of PostgreSQL's advisory lock for writers."""
_SAFE_WAL = (3, 51, 3)
"""The first SQLite in which two connections cannot damage a write-ahead log."""


class Connection(Protocol):
    """An open transaction."""

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement with `%s` in the place of each value, and return its rows."""
        ...


@dataclass(frozen=True)
class Address:
    """Place of a database. path: of an SQLite file; dsn: of PostgreSQL; one of the two."""

    path: Path | None = None
    dsn: str = ""

    @property
    def postgresql(self) -> bool:
        """True for PostgreSQL."""
        return bool(self.dsn)


def address_given() -> str:
    """Return the address of PostgreSQL that the environment gives, itself or in a file; empty for none."""
    if given := os.environ.get(ADDRESS, ""):
        return given
    place = os.environ.get(f"{ADDRESS}_FILE", "")
    if not place:
        return ""
    try:
        return Path(place).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{place}: cannot be read as the file of {ADDRESS}_FILE") from error


def address_of(folder: Path) -> Address | None:
    """Return the database in which a workspace is kept; None where it is kept in its folder.

    Refused where it is kept in PostgreSQL and the environment does not say where that is: the files beside
    it are not the workspace.
    """
    if os.environ.get(CHOICE) == "folder":
        return None
    if (folder / MARKER).is_file():
        dsn = address_given()
        if not dsn:
            raise Refused(
                f"{folder}: is kept in PostgreSQL; set {ADDRESS} to its address, or read the state before "
                "its import with --store folder"
            )
        return Address(dsn=dsn)
    path = (folder / FILE).resolve()
    return Address(path) if path.is_file() else None


def imported(folder: Path) -> bool:
    """Return True if a workspace was moved to a database, whatever is asked for now."""
    return (folder / FILE).is_file() or (folder / MARKER).is_file()


_HELD: dict[tuple[Address, int], Connection] = {}


@contextmanager
def connected(address: Address, *, writing: bool = False) -> Iterator[Connection]:
    """Open a transaction; a thread that holds one already goes on in it.

    writing: alone; Refused where another writer does not end within WAIT seconds. What was written is kept
    once the outermost block ends; where it raises, nothing is.
    """
    key = (address, threading.get_ident())
    if found := _HELD.get(key):
        yield found
        return
    with _opened(address, writing=writing) as connection:
        if writing:
            _HELD[key] = connection
        try:
            yield connection
        finally:
            _HELD.pop(key, None)


@contextmanager
def held(address: Address, connection: Connection) -> Iterator[None]:
    """Let all that this thread opens go on in a transaction that its caller has opened, and ends.

    connection: of a transaction that writes; other writers wait until it ends.
    """
    if is_held(address):
        raise ValueError("this thread holds a transaction already")
    if address.postgresql:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    with read_by(address, connection):
        yield


def is_held(address: Address) -> bool:
    """Return True while all that this thread opens goes on in a transaction of its caller."""
    return (address, threading.get_ident()) in _HELD


@contextmanager
def read_by(address: Address, connection: Connection) -> Iterator[None]:
    """Let this thread read by a connection of its caller, which sees what its own transaction has written."""
    key = (address, threading.get_ident())
    _HELD[key] = connection
    try:
        yield
    finally:
        del _HELD[key]


def _opened(address: Address, *, writing: bool) -> "Any":
    return (
        _postgresql(address.dsn, writing=writing) if address.postgresql else _sqlite(address, writing=writing)
    )


@dataclass(frozen=True)
class _Sqlite:
    connection: Any

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        found: list[tuple[Any, ...]] = self.connection.execute(
            statement.replace("%s", "?"), tuple(values)
        ).fetchall()
        return found


def sqlite() -> Any:
    """Return the module of SQLite: the one that comes with Konvoi, else that of Python."""
    try:
        import pysqlite3

        return pysqlite3
    except ImportError:
        import sqlite3

        return sqlite3


def journal_mode() -> str:
    """Return the journal that this SQLite keeps safely with several connections."""
    return "WAL" if sqlite().sqlite_version_info >= _SAFE_WAL else "DELETE"


def settings_of_connection() -> str:
    """Return what each connection to SQLite sets first: nothing that was acknowledged is lost with power."""
    return (
        f"PRAGMA journal_mode={journal_mode()};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"
    )


@contextmanager
def _sqlite(address: Address, *, writing: bool) -> Iterator[Connection]:
    module = sqlite()
    path = address.path
    if path is None:
        raise ValueError(address)
    try:
        found = module.connect(str(path), timeout=WAIT, isolation_level=None)
    except module.Error as error:
        raise Refused(f"{path}: cannot be opened: {error}") from error
    try:
        with _told(module, path):
            found.executescript(settings_of_connection())
            found.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        try:
            with _told(module, path):
                yield _Sqlite(found)
                found.execute("COMMIT")
        finally:
            if found.in_transaction:
                found.execute("ROLLBACK")
    finally:
        found.close()


@contextmanager
def _told(module: Any, path: Path) -> Iterator[None]:
    """Say what the database refuses in words for a person."""
    try:
        yield
    except module.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Refused(
                f"{path.parent}: is being changed by another process; nothing was changed; try again later"
            ) from error
        raise Refused(f"{path}: {error}; nothing was changed") from error
    except module.DatabaseError as error:
        raise Refused(f"{path}: {error}; nothing was changed. konvoi verify lists what differs") from error


@dataclass(frozen=True)
class _Postgresql:
    connection: Any

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        # Without values a `%` in the statement stands for itself.
        found = self.connection.execute(statement, tuple(values) or None)
        return found.fetchall() if found.description else []


@contextmanager
def _postgresql(dsn: str, *, writing: bool) -> Iterator[Connection]:
    import psycopg

    try:
        with psycopg.connect(dsn, connect_timeout=10) as found:
            if writing:
                found.execute(f"SET LOCAL lock_timeout = '{int(WAIT * 1000)}ms'")
            connection = _Postgresql(found)
            if writing:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield connection
    except psycopg.errors.LockNotAvailable as error:
        raise Refused(
            "the workspace is being changed by another process; nothing was changed; try again later"
        ) from error
    except psycopg.OperationalError as error:
        # The message of the driver may hold the address.
        raise Refused(f"the database at {ADDRESS} cannot be reached; nothing was changed") from error
    except psycopg.Error as error:
        raise Refused(
            f"the database refused a change: {error.diag.message_primary}; nothing was changed"
        ) from error
