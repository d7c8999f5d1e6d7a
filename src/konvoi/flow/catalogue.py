"""The catalogue: every table that can be asked for, declared once."""

import polars as pl

from konvoi.flow.agreements import tables as agreements
from konvoi.flow.column_types import ORIGIN
from konvoi.flow.declare import MINOR, Column, Derived, Scope, catalogue
from konvoi.flow.deliveries import tables as deliveries
from konvoi.flow.forecast import tables as forecast
from konvoi.flow.funding import tables as funding
from konvoi.flow.ledger import tables as ledger
from konvoi.flow.matching import tables as matching
from konvoi.flow.meetings import tables as meetings
from konvoi.flow.planning import tables as planning
from konvoi.flow.sanctions import tables as sanctions
from konvoi.flow.submissions import tables as submissions
from konvoi.model.limiting import OF_TABLE
from konvoi.model.table import POLARS, Table, Type
from konvoi.model.tables import TABLES

_UNTIL = Column("_until", pl.Date(), "Last day, where the day is stated as an interval")
_CLEARED = Column("_cleared", pl.String(), "Columns that the row clears with -, separated by ;")
_UNREAD = Column("_unread", pl.String(), "Cells of the row that could not be read, as JSON by column")
_MORE = {
    **dict.fromkeys(("allocations", "contracts", "call_offs", "movements", "receipts"), (_UNTIL,)),
    "packages": (_UNTIL, _CLEARED),
    "lines": (_CLEARED,),
    **dict.fromkeys(OF_TABLE, (_UNREAD,)),
}
"""Columns that tables which become entries have besides."""


def _submitted(table: Table) -> Derived:
    """Return a table of the workbook as it is in force in a view: the latest statement of each record."""
    columns = (
        Column(
            one.name,
            POLARS.get(one.type, pl.String()),
            one.help,
            one.refers,
            MINOR if one.type == Type.MONEY else one.unit,
            currency=one.unit if one.type == Type.MONEY else "",
        )
        for one in table.columns
    )
    more = _MORE.get(table.name, ())
    return Derived(table.name, table.help, (*columns, *ORIGIN, *more), Scope.READER, key=table.key)


_SUBJECTS = (
    *(submissions, ledger, matching, planning, deliveries),
    *(forecast, agreements, meetings, funding, sanctions),
)

CATALOGUE = catalogue((*map(_submitted, TABLES), *(table for one in _SUBJECTS for table in one.TABLES)))
"""All tables by name."""
