"""Rows collected while contracting processes are read, and numbers that were written as text."""

from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from konvoi.intake.papers.work import Work
from konvoi.intake.sums import Rounding, number
from konvoi.intake.table import frame_schema
from konvoi.model.finding import Place
from konvoi.model.table import QUANTITY
from konvoi.model.tables import BY_NAME

Row = dict[str, object]

_OWN: dict[str, pl.DataType] = {
    **dict.fromkeys(("_party", "_line", "_code", "_supplier"), pl.String()),
    "_net": pl.Int64(),
}
_ORIGIN = {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}
ITEMS = pl.Schema(
    {
        **dict.fromkeys(("contract", "item", "description", "code", "unit"), pl.String()),
        "quantity": QUANTITY,
        "price_minor": pl.Int64(),
        "currency": pl.String(),
        "_sum": QUANTITY,
        **_ORIGIN,
    }
)
"""One line for each thing of a contract; code: with its scheme, codes of DK021 as CPV; price of one unit.

_sum: quantity times the price as it is written, in minor units that are not rounded.
"""

PROCESSES = pl.Schema(
    {**dict.fromkeys(("process", "contract", "framework", "title", "language"), pl.String()), **_ORIGIN}
)
"""One line for each contract and the process it was made in, and the framework's process, if there is one."""

SCHEMAS: dict[str, pl.Schema] = {
    "contracts": pl.Schema(dict(frame_schema(BY_NAME["contracts"])) | _OWN),
    "call_offs": pl.Schema(dict(frame_schema(BY_NAME["call_offs"])) | _OWN),
    "parties": BY_NAME["parties"].schema(),
    "ocds_items": ITEMS,
    "ocds_processes": PROCESSES,
}


@dataclass
class Rows:
    """Rows by table while a document is read, and what rounding took away."""

    work: Work
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    rounding: Rounding = field(default_factory=Rounding)
    buyers: set[str] = field(default_factory=set)
    texts: list[tuple[Place, str]] = field(default_factory=list)

    def number(self, value: object, at: Place) -> Decimal | None:
        """Return a number; one that is written as text is read and remembered with its place."""
        found = number(value)
        if found is not None and isinstance(value, str):
            self.texts.append((at, value))
        return found
