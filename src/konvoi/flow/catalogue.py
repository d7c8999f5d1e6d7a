"""The catalogue: every table that can be asked for, declared once."""

import polars as pl

from konvoi.flow.declare import Column, Derived, Scope, catalogue
from konvoi.flow.ledger import tables as ledger
from konvoi.model.table import POLARS, Table, Type
from konvoi.model.tables import TABLES

_ORIGIN = (
    Column("_file", pl.String(), "Document", refers="submissions"),
    Column("_sheet", pl.String(), "Sheet or table of the document"),
    Column("_row", pl.Int64(), "Row among the rows that the reader sees"),
)


def _submitted(table: Table) -> Derived:
    """Return a table of the workbook as it is in force in a view: the latest statement of each record."""
    columns = (
        Column(
            one.name,
            POLARS.get(one.type, pl.String()),
            one.help,
            one.refers,
            "minor units" if one.type == Type.MONEY else one.unit,
        )
        for one in table.columns
    )
    return Derived(table.name, table.help, (*columns, *_ORIGIN), Scope.READER, key=table.key)


_BESIDE = (
    Derived(
        "shares",
        "Shares of parties in funds",
        (
            Column("fund", pl.String(), "Fund"),
            Column("party", pl.String(), "Party"),
            Column("share", pl.Decimal(38, 6), "Share from 0 to 1"),
        ),
        Scope.READER,
    ),
    Derived(
        "unread_values",
        "Entries with a value that is stated and could not be read",
        (
            Column("entry", pl.String(), "Entry", refers="entries"),
            Column("what", pl.String(), "amount or quantity"),
        ),
        Scope.READER,
    ),
    Derived(
        "approximations",
        "Entries whose quantity or amount is stated approximately",
        (
            Column("entry", pl.String(), "Entry", refers="entries"),
            Column("bound", pl.String(), "At least, at most or about"),
        ),
        Scope.READER,
    ),
)

CATALOGUE = catalogue((*map(_submitted, TABLES), *_BESIDE, *ledger.TABLES))
"""All tables by name."""
