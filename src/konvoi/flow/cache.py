"""Tables that take long to work out, kept as long as the code that made them is the same."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest

_DIGEST = 32


def keep(place: Path, tables: dict[str, pl.DataFrame]) -> None:
    """Keep tables where that is possible; a folder that only lets itself be read is no fault."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, table in tables.items():
            content = io.BytesIO()
            table.write_ipc(content)
            # A ZipInfo has a fixed stamp: equal tables give equal bytes.
            archive.writestr(zipfile.ZipInfo(name), content.getvalue())
    with suppress(Refused):
        files.write(place, bytes.fromhex(digest(packed.getvalue())) + packed.getvalue(), sync=False)


def kept(place: Path, schemas: Mapping[str, pl.Schema]) -> dict[str, pl.DataFrame] | None:
    """The tables of these names and columns; None where there is nothing, or it is damaged."""
    content = files.content(place)
    # A damaged file of Arrow can end the process that opens it, so the digest is compared first.
    if content is None or bytes.fromhex(digest(content[_DIGEST:])) != content[:_DIGEST]:
        return None
    with zipfile.ZipFile(io.BytesIO(content[_DIGEST:])) as archive:
        if not set(schemas) <= set(archive.namelist()):
            return None
        found = {name: pl.read_ipc(io.BytesIO(archive.read(name))) for name in schemas}
    if any(not set(schema) <= set(found[name].columns) for name, schema in schemas.items()):
        return None
    return {name: found[name].select(schema.names()) for name, schema in schemas.items()}
