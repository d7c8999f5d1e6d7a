"""Roles of PostgreSQL: one that owns the tables and migrates, one for the server and the worker.

python -m konvoi.web.database_roles NAME PASSWORD_FILE, with the address of the owner in DATABASE_URL.
"""

import os
import sys
from pathlib import Path

from konvoi.gateways.database import ADDRESS
from konvoi.gateways.database_tables import APPEND_ONLY

EVENTS = (*APPEND_ONLY, "access_auditevent", "access_grantevent")
"""Tables to which the application adds rows; it changes and removes none."""


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
        database = sql.Identifier(str(conninfo_to_dict(owner).get("dbname") or connection.info.dbname))
        for statement in (
            "GRANT CONNECT ON DATABASE {database} TO {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            connection.execute(sql.SQL(statement).format(database=database, role=role))
        for table in EVENTS:
            taken = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
            connection.execute(taken.format(sql.Identifier(table), role))
    return make_conninfo(owner, user=name, password=password)


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
