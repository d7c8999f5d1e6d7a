"""Sheets by their names: the head, the tables, and the small sheets of desks, in all languages."""

from konvoi.kit.text import fold
from konvoi.model.desk_sheets import desk_sheet
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
    if found:
        return BY_NAME[found]
    sheet = desk_sheet(name)
    return sheet.table if sheet else None
