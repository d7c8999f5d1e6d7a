"""The tables of a workspace in a database, made once; no row of them can be changed or removed."""

from collections.abc import Sequence

from konvoi.gateways.database import Address, Connection, connected

APPEND_ONLY = ("konvoi_blob", "konvoi_receipt")

_SQLITE = (
    "CREATE TABLE IF NOT EXISTS konvoi_blob (digest TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS konvoi_receipt (number INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT",
    # A row that replaces another would change the chain; a number left out would hide one.
    """CREATE TRIGGER IF NOT EXISTS konvoi_receipt_follows BEFORE INSERT ON konvoi_receipt
    WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM konvoi_receipt)
    BEGIN SELECT RAISE(ABORT, 'konvoi_receipt: rows are only added, each after the last'); END""",
)

_POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS konvoi_blob (digest text PRIMARY KEY, content bytea NOT NULL)",
    "CREATE TABLE IF NOT EXISTS konvoi_receipt (number bigint PRIMARY KEY, line text NOT NULL)",
    """CREATE OR REPLACE FUNCTION konvoi_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME; END $$""",
    """CREATE OR REPLACE FUNCTION konvoi_receipt_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM konvoi_receipt) THEN
        RAISE EXCEPTION 'konvoi_receipt: rows are only added, each after the last';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE OR REPLACE TRIGGER konvoi_receipt_follows BEFORE INSERT ON konvoi_receipt
    FOR EACH ROW EXECUTE FUNCTION konvoi_receipt_follows()""",
)


def append_only(table: str, *, postgresql: bool) -> Sequence[str]:
    """Return the statements by which a database refuses to change, remove or empty the rows of a table."""
    if postgresql:
        return (
            f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION konvoi_append_only()",
            f"CREATE OR REPLACE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION konvoi_append_only()",
        )
    return tuple(
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only ever added'); END"
        for action in ("UPDATE", "DELETE")
    )


def statements(*, postgresql: bool) -> tuple[str, ...]:
    """Return the statements that make the tables; run twice they change nothing."""
    tables = _POSTGRESQL if postgresql else _SQLITE
    kept = (one for table in APPEND_ONLY for one in append_only(table, postgresql=postgresql))
    return (*tables, *kept)


def make_tables(address: Address) -> None:
    """Make the tables of a workspace where they are not there."""
    with connected(address, writing=True) as connection:
        make_in(connection, postgresql=address.postgresql)


def last_receipt(connection: Connection) -> str:
    """Return the line of the last receipt; empty where there is none."""
    rows = connection.execute("SELECT line FROM konvoi_receipt ORDER BY number DESC LIMIT 1")
    return str(rows[0][0]) if rows else ""


def tables_are_there(address: Address) -> bool:
    """Return True where the tables of a workspace exist; a role that may make none can ask."""
    with connected(address) as connection:
        if address.postgresql:
            found = connection.execute("SELECT to_regclass('konvoi_receipt')")
        else:
            found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'konvoi_receipt'")
    return bool(found and found[0][0])


def make_in(connection: Connection, *, postgresql: bool) -> None:
    """Make the tables in an open transaction."""
    for one in statements(postgresql=postgresql):
        connection.execute(one)
