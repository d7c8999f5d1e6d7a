"""Copies of a whole database, whichever tables it has, while others use it; and how they are put back."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from konvoi.gateways.database import ADDRESS, Address, Connection, connected, sqlite
from konvoi.gateways.database_tables import last_receipt
from konvoi.gateways.postgresql_tools import dump, restore
from konvoi.gateways.refusal import Refused

_TABLES = {
    False: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "ORDER BY name",
    True: "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') "
    "AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1",
}

_ROLES = """
WITH granted AS (
    SELECT (aclexplode(relacl)).grantee AS role, relowner AS owner FROM pg_class
    UNION SELECT (aclexplode(nspacl)).grantee, nspowner FROM pg_namespace
    UNION SELECT (aclexplode(proacl)).grantee, proowner FROM pg_proc
    UNION SELECT (aclexplode(defaclacl)).grantee, defaclrole FROM pg_default_acl
    UNION SELECT defaclrole, 0 FROM pg_default_acl
    UNION SELECT unnest(polroles), 0 FROM pg_policy
)
SELECT DISTINCT rolname::text FROM granted JOIN pg_roles ON pg_roles.oid = role
WHERE role <> owner AND rolname NOT LIKE 'pg\\_%' ORDER BY 1
"""
"""Roles other than owners on which rights or policies of a database rest."""


class Damaged(Refused):
    """A database file is not as SQLite wrote it."""


@dataclass(frozen=True)
class State:
    """State of a database at one moment.

    version: of SQLite, or of the server. tables: rows of each table. last: the line of the last receipt;
    empty where there is none. roles: of PostgreSQL, which must be there before the database is put back.
    """

    version: str
    tables: dict[str, int]
    last: str
    roles: tuple[str, ...] = ()


def copy(address: Address, target: Path) -> State:
    """Copy a database to a file as it is at one moment, and return that state.

    SQLite: by its backup interface, one file, checked for integrity. PostgreSQL: by pg_dump.
    """
    return _dumped(address.dsn, target) if address.postgresql else _copied(address, target)


def _copied(address: Address, target: Path) -> State:
    module = sqlite()
    try:
        source, copied = module.connect(str(address.path)), module.connect(str(target))
        try:
            # In one step: one state, whatever others write meanwhile.
            source.backup(copied)
        finally:
            copied.close()
            source.close()
    except module.Error as error:
        raise Refused(f"{address.path}: {error}; no backup was made") from error
    return checked(Address(target))


def checked(address: Address) -> State:
    """Return the state of a database; Damaged where SQLite finds it so."""
    with connected(address) as connection:
        if not address.postgresql:
            found = connection.execute("PRAGMA integrity_check(1)")
            if found != [("ok",)]:
                raise Damaged(f"{address.path}: is damaged: {found[0][0]}")
        return _state(connection, postgresql=address.postgresql)


def _state(connection: Connection, *, postgresql: bool) -> State:
    names = [name for (name,) in connection.execute(_TABLES[postgresql])]
    quoted = {name: name if postgresql else '"' + name.replace('"', '""') + '"' for name in names}
    rows = {name: int(connection.execute(f"SELECT count(*) FROM {quoted[name]}")[0][0]) for name in names}
    known = any(name.removeprefix("public.") == "konvoi_receipt" for name in names)
    last = last_receipt(connection) if known else ""
    version = connection.execute("SHOW server_version" if postgresql else "SELECT sqlite_version()")
    roles = [name for (name,) in connection.execute(_ROLES)] if postgresql else []
    return State(version[0][0], rows, last, tuple(roles))


def _dumped(dsn: str, target: Path) -> State:
    with connected(Address(dsn=dsn)) as connection:
        # What pg_dump writes and what is counted here are of one moment.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL row_security = off")
        snapshot = connection.execute("SELECT pg_export_snapshot()")[0][0]
        dump(dsn, target, snapshot=snapshot, server=_major(connection))
        return _state(connection, postgresql=True)


def _major(connection: Connection) -> int:
    return int(connection.execute("SHOW server_version_num")[0][0]) // 10000


def fill(dsn: str, source: Path, roles: tuple[str, ...]) -> None:
    """Put a dump into an empty PostgreSQL database, with its rights and policies.

    roles: those that the dump names. Refused where the database is not empty, or a role is missing.
    """
    with connected(Address(dsn=dsn)) as connection:
        if connection.execute(_TABLES[True]):
            raise Refused(f"the database at {ADDRESS} holds tables already; name an empty one")
        there = {name for (name,) in connection.execute("SELECT rolname::text FROM pg_roles")}
        missing = [name for name in roles if name not in there]
        if missing:
            raise Refused(
                f"the server has no role {', '.join(missing)}, to which the backup gives rights; "
                "create it first (CREATE ROLE)"
            )
        server = _major(connection)
    restore(dsn, source, server=server)


@contextmanager
def passing_database(dsn: str) -> Iterator[str]:
    """Yield the address of a new, empty database on the same server; it is removed when the block ends."""
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import make_conninfo

    name = f"konvoi_drill_{secrets.token_hex(6)}"

    def asked(statement: str) -> None:
        with psycopg.connect(dsn, autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    try:
        asked("CREATE DATABASE {}")
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refused(
            f"the role at {ADDRESS} may not create the database of the drill; use one with CREATEDB"
        ) from error
    except psycopg.OperationalError as error:
        raise Refused(f"the database at {ADDRESS} cannot be reached; nothing was changed") from error
    try:
        yield make_conninfo(dsn, dbname=name)
    finally:
        asked("DROP DATABASE IF EXISTS {} WITH (FORCE)")
