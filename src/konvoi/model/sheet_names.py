"""Sheets by their names: the head, and the tables in all languages."""

from konvoi.kit.text import fold
from konvoi.model.head import HEAD
from konvoi.model.naming import meanings
from konvoi.model.table import Table
from konvoi.model.tables import BY_NAME, TABLES


def is_head(name: str) -> bool:
    """Return True if a sheet of this name holds the head."""
    return fold(name) == HEAD.name


def table_of(name: str) -> Table | None:
    """Return the table that the name of a sheet or file means, in any language; None for none."""
    found = meanings("table", tuple(table.name for table in TABLES)).get(fold(name))
    return BY_NAME[found] if found else None
