"""Roles of PostgreSQL: one that owns the tables and migrates, one for the server and the worker.

python -m konvoi.web.database_roles NAME PASSWORD_FILE, with the address of the owner in DATABASE_URL.
"""

import os
import sys
from pathlib import Path

from konvoi.gateways.database import ADDRESS
from konvoi.gateways.database_tables import APPEND_ONLY

EVENTS = (*APPEND_ONLY, "access_auditevent", "access_grantevent", "reports_releaseevent")
"""Tables to which the application adds rows; it changes and removes none."""


APPLICATION = "konvoi_app"
"""The role of the server and the worker in deploy/."""


def make_application_role(owner: str, name: str, password: str) -> str:
    """Make the role of the application with the rights it needs and no more; return its address.

    owner: address of the database, of a role that may make roles and owns the tables. Made twice, the role
    has the new password.
    """
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    role = sql.Identifier(name)
    with psycopg.connect(owner) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        how = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE LOGIN PASSWORD"
        verb = sql.SQL("CREATE" if known is None else "ALTER")
        connection.execute(
            sql.SQL("{} ROLE {} {} {}").format(verb, role, sql.SQL(how), sql.Literal(password))
        )
        name_of_database = str(conninfo_to_dict(owner).get("dbname") or connection.info.dbname)
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name_of_database), role)
        )
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    grant_rights(owner, name)
    return make_conninfo(owner, user=name, password=password)


def grant_rights(owner: str, name: str) -> bool:
    """Give a role the rights of daily work on all tables of their owner; return False where it is not there.

    Events are added, and never changed or removed.
    """
    import psycopg
    from psycopg import sql

    role = sql.Identifier(name)
    with psycopg.connect(owner) as connection:
        own = connection.execute("SELECT current_user").fetchone()
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        if known is None or own == (name,):
            return False
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            connection.execute(sql.SQL(statement).format(role=role))
        for table in EVENTS:
            taken = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
            connection.execute(taken.format(sql.Identifier(table), role))
    return True


def main() -> int:
    """Make the role that is named."""
    owner = os.environ.get(ADDRESS, "")
    if len(sys.argv) != 3 or not owner:
        print(f"konvoi: name the role and the file of its password, and set {ADDRESS}", file=sys.stderr)
        return 2
    try:
        password = Path(sys.argv[2]).read_text(encoding="utf-8").strip()
    except OSError as error:
        print(f"konvoi: {sys.argv[2]}: cannot be read: {error.strerror}", file=sys.stderr)
        return 3
    make_application_role(owner, sys.argv[1], password)
    return 0


if __name__ == "__main__":
    sys.exit(main())
