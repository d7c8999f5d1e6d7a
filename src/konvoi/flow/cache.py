"""Tables that take long to work out, kept as long as the code that made them is the same."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, packed_reading, unpacked_reading
from konvoi.model.document import Reading

_LIST = pl.List(pl.String())
"""Kept as JSON: the text of a table has no lists."""


def keep(place: Path, tables: dict[str, pl.DataFrame]) -> None:
    """Keep tables where that is possible; a folder that only lets itself be read is no fault."""
    tables = {name: rows.with_columns(_as_text(rows)) for name, rows in tables.items()}
    with suppress(Refused):
        files.write(place, packed_reading(Reading("kept", "", "kept", tables=tables)), sync=False)


def kept(place: Path, schemas: Mapping[str, pl.Schema]) -> dict[str, pl.DataFrame] | None:
    """The tables of these names and columns; None where there is nothing, or it is damaged."""
    content = files.content(place)
    if content is None:
        return None
    try:
        found = unpacked_reading(content).tables
        return {name: _typed(pl.DataFrame(found[name]), schema) for name, schema in schemas.items()}
    except (NotAReading, KeyError, ValueError, pl.exceptions.PolarsError):
        return None


def _as_text(rows: pl.DataFrame) -> list[pl.Series]:
    """Return the columns of lists as JSON."""
    return [
        pl.Series(
            one.name, [value if value is None else json.dumps(list(value)) for value in one], pl.String()
        )
        for one in rows.get_columns()
        if one.dtype == _LIST
    ]


def _typed(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Return the columns of a schema, its lists read from JSON."""
    lists = [pl.col(name).str.json_decode(_LIST) for name, dtype in schema.items() if dtype == _LIST]
    return rows.select(schema.names()).with_columns(lists)
