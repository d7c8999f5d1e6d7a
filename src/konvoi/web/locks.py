"""Orders those who change the same thing, until the end of the transaction."""

from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """Numbers of PostgreSQL's advisory locks; that of the record is in konvoi.gateways.database."""

    AUDIT = 0x6B6F6E77
    QUEUE = 0x6B6F6E78
    GRANTS = 0x6B6F6E79


def alone(lock: Lock) -> None:
    """Wait until nobody else changes it; SQLite orders all writers anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(lock)])
