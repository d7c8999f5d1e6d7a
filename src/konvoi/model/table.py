"""The form of a table of the Konvoi workbook: columns, types, units and required columns."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import polars as pl

QUANTITY = pl.Decimal(38, 6)


class Type(StrEnum):
    """Type of a cell: it decides how the cell is read, and the type of its column in a frame."""

    ID = "id"
    REF = "reference"
    TEXT = "text"
    PARTY = "party"
    DAY = "day"
    NUMBER = "number"
    WHOLE = "whole number"
    SHARE = "share"
    MONEY = "money"
    CURRENCY = "currency"
    YES = "yes or no"
    CHOICE = "choice"
    LIST = "list"
    URL = "address"
    EMAIL = "e-mail address"


POLARS: dict[Type, pl.DataType] = {
    Type.DAY: pl.Date(),
    Type.NUMBER: QUANTITY,
    Type.SHARE: QUANTITY,
    Type.WHOLE: pl.Int64(),
    Type.MONEY: pl.Int64(),
    Type.YES: pl.Boolean(),
}
"""Every other type is a string. MONEY arrives in minor units of the row's `currency`."""


@dataclass(frozen=True)
class Column:
    """One column: its name in English (its message id), how it is read, what it holds.

    desk: stands in the template that people fill in; the others are read wherever they stand. sense: of a
    name that means something else in other tables, the context of its translation.
    """

    name: str
    type: Type
    help: str
    must: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    refers: str = ""
    desk: bool = True
    sense: str = ""


@dataclass(frozen=True)
class Table:
    """One table (a sheet of the workbook, or a CSV file of that name)."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def schema(self) -> pl.Schema:
        """The frame's schema: the columns, then `_file`, `_sheet`, `_row` of each row's origin."""
        columns: dict[str, pl.DataType] = {
            column.name: POLARS.get(column.type, pl.String()) for column in self.columns
        }
        origin = {"_file": pl.String(), "_sheet": pl.String(), "_row": pl.Int64()}
        return pl.Schema(columns | origin)

    def empty(self) -> pl.DataFrame:
        """The table without a row."""
        return self._empty.clone()

    @cached_property
    def _empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema=self.schema())


MARKING = Column(
    "marking",
    Type.TEXT,
    "Who may see it: public, coalition, own, or parties by id; empty: as the document says",
)
