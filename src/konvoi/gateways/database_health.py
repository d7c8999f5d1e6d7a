"""The health of a database: version, triggers, rights of the role, rules for rows, clock."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from konvoi.gateways.database import Address, Connection, connected, journal_mode, sqlite
from konvoi.gateways.database_tables import APPEND_ONLY, last_receipt, statements


@dataclass(frozen=True)
class SqliteLibrary:
    """The library of SQLite in use. own: the one that comes with Konvoi; log: it keeps a write-ahead log."""

    version: str
    own: bool
    log: bool


def sqlite_library() -> SqliteLibrary:
    """Return the library of SQLite in use."""
    module = sqlite()
    return SqliteLibrary(module.sqlite_version, module.__name__ == "pysqlite3", journal_mode() == "WAL")


@dataclass(frozen=True)
class DatabaseHealth:
    """Facts of a database. last: line of the last receipt.

    missing: triggers that are not in force. owner: the role may change the tables; superuser, bypass: no
    right and no rule for rows binds the role; changes: tables of the chain of which it may change rows.
    unforced: tables whose rules for rows do not bind their owner. now: the clock of the server; None for
    SQLite.
    """

    version: str
    last: str = ""
    missing: tuple[str, ...] = ()
    owner: bool = False
    superuser: bool = False
    bypass: bool = False
    changes: tuple[str, ...] = ()
    unforced: tuple[str, ...] = ()
    now: datetime | None = None


def triggers(*, postgresql: bool) -> frozenset[str]:
    """Return the names of the triggers by which rows are only ever added."""
    made = " ".join(statements(postgresql=postgresql))
    return frozenset(re.findall(r"TRIGGER (?:IF NOT EXISTS )?(\w+) BEFORE", made))


def database_health(address: Address) -> DatabaseHealth:
    """Return facts of a database; Refused where it cannot be reached."""
    with connected(address) as connection:
        return _postgresql(connection) if address.postgresql else _sqlite(connection)


def _sqlite(connection: Connection) -> DatabaseHealth:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    version = connection.execute("SELECT sqlite_version()")[0][0]
    missing = tuple(sorted(triggers(postgresql=False) - there))
    return DatabaseHealth(version, last_receipt(connection), missing)


def _postgresql(connection: Connection) -> DatabaseHealth:
    in_force = connection.execute(
        "SELECT tgname::text FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
    )
    version = connection.execute("SHOW server_version")[0][0]
    role = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")[0]
    owned = connection.execute(
        "SELECT bool_or(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE relname = ANY(%s)",
        [list(APPEND_ONLY)],
    )[0][0]
    changes = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege(name, 'UPDATE') "
        "OR has_table_privilege(name, 'DELETE') OR has_table_privilege(name, 'TRUNCATE') ORDER BY name",
        [list(APPEND_ONLY)],
    )
    unforced = connection.execute(
        "SELECT relname::text FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity ORDER BY relname"
    )
    return DatabaseHealth(
        version,
        last_receipt(connection),
        tuple(sorted(triggers(postgresql=True) - {name for (name,) in in_force})),
        owner=bool(owned),
        superuser=role[0],
        bypass=role[1],
        changes=tuple(name for (name,) in changes),
        unforced=tuple(name for (name,) in unforced),
        now=connection.execute("SELECT clock_timestamp()")[0][0].astimezone(UTC),
    )
