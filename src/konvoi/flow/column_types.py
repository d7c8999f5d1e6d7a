"""Column types and columns that tables of several subjects share."""

import polars as pl

from konvoi.flow.declare import MINOR, Column

TEXT = pl.String()
WHOLE = pl.Int64()
DAY_TYPE = pl.Date()
YES = pl.Boolean()
EXACT = pl.Decimal(38, 6)
SHARE = pl.Float64()
TEXTS = pl.List(pl.String())

MARKING = Column("marking", TEXT, "Readers to whom it is released")
ORIGIN = (
    Column("_file", TEXT, "Document", refers="submissions"),
    Column("_sheet", TEXT, "Sheet or table of the document"),
    Column("_row", WHOLE, "Row among the rows that the reader sees"),
)
"""Position of the row from which a record was read."""

PLACE = (
    Column("file", TEXT, "Document"),
    Column("sheet", TEXT, "Sheet or table of the document"),
    Column("row", WHOLE, "Row of the document"),
)
BEHIND = Column("behind", TEXTS, "Source rows, as table/identifier or as entry")


def minor(name: str, help: str, currency: str = "currency") -> Column:
    """Return a column of an amount in minor units of the currency that another column names."""
    return Column(name, WHOLE, help, unit=MINOR, currency="" if name.endswith("_minor") else currency)
