"""Rows of deliveries as pages show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from konvoi.web.access.view import Opened
from konvoi.web.lists.columns import Column, column

MOST = 200
"""Rows that a page shows of one record, at most."""
Table = tuple[list[Column], list[list[str]]]
"""Columns of a table, and its rows in words."""


def named_rows(opened: Opened, table: str, key: str, lists: Any) -> list[Mapping[str, Any]]:
    """Return the rows of a table that lists of ids name, each once. lists: ids, separated by semicolons."""
    names = [name.strip() for text in lists for name in str(text or "").split(";") if name.strip()]
    found = [opened.rows(table, where={key: name}, limit=1).rows for name in dict.fromkeys(names)]
    return [row for rows in found for row in rows]


def shown_table(table: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return columns of a declared table with the rows in words."""
    columns = [column(table, name) for name in names]
    return columns, shown_rows(columns, rows)


def shown_rows(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return rows in words, a dash for what is not stated."""
    return [[one.text(row) or "–" for one in columns] for row in rows]
