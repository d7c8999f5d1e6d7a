"""Tables that take long to work out, kept as long as the code that made them is the same."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.wire import NotAReading, packed_reading, unpacked_reading
from konvoi.model.document import Reading


def keep(place: Path, tables: dict[str, pl.DataFrame]) -> None:
    """Keep tables where that is possible; a folder that only lets itself be read is no fault."""
    with suppress(Refused):
        files.write(place, packed_reading(Reading("kept", "", "kept", tables=tables)), sync=False)


def kept(place: Path, schemas: Mapping[str, pl.Schema]) -> dict[str, pl.DataFrame] | None:
    """The tables of these names and columns; None where there is nothing, or it is damaged."""
    content = files.content(place)
    if content is None:
        return None
    try:
        found = unpacked_reading(content).tables
        return {name: pl.DataFrame(found[name]).select(schema.names()) for name, schema in schemas.items()}
    except (NotAReading, KeyError, ValueError, pl.exceptions.PolarsError):
        return None
