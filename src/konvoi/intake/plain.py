"""The first sheet of any workbook as a plain table of texts: what runs in the child process."""

import polars as pl

from konvoi.intake.sheet import Row
from konvoi.intake.sheets import sheets
from konvoi.intake.table_text import table_text
from konvoi.model.document import Document


def plain_wire(content: bytes) -> bytes:
    """The first sheet that holds something, its first row as head, as text; empty where none is."""
    read = sheets(Document("table.xlsx", content))
    filled = [sheet for sheet in read.by_name.values() if sheet.rows and not sheet.hidden]
    if not filled:
        return b""
    head, *rows = filled[0].rows
    names = [str(cell).strip() if cell is not None else "" for cell in head.cells]
    named = {name: n for n, name in enumerate(names) if name}
    columns = {name: [_text(row, n) for row in rows] for name, n in named.items()}
    return table_text(pl.DataFrame(columns, schema=dict.fromkeys(named, pl.String())))


def _text(row: Row, column: int) -> str | None:
    value = row[column]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None or value == "" else str(value)
