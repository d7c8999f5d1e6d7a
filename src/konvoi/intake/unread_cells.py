"""Cells of tables that limit a plan and could not be read: they are kept, so that no limit is dropped."""

from collections.abc import Mapping
from dataclasses import replace

from konvoi.intake.cell import Ask, Cell, as_read, text_of, unknown
from konvoi.intake.cells import read_cell
from konvoi.intake.heading import Heading, meant
from konvoi.intake.sheet import Value
from konvoi.kit.text import fold, tidy
from konvoi.model.limiting import OF_TABLE, STATED, Strict, Unread, Why
from konvoi.model.naming import columns_by_name
from konvoi.model.table import Table, Type

# A cell with one of these has nothing to state; with another word of the unknown something was not said.
_NOTHING = frozenset({"-", "–", "—", "/", "n/a", "N/A", "n.a.", "N.A."})
_MEASURED = frozenset({Type.NUMBER, Type.WHOLE, Type.SHARE, Type.MONEY, Type.DAY, Type.YES, Type.CHOICE})
_AMBIGUOUS = {"number-ambiguous": ("few", "many"), "day-ambiguous": ("day_first", "month_first")}


def unread_cell(value: Value, ask: Ask, cell: Cell) -> Unread | None:
    """Return the cell of a limiting table if it could not be read, or lacks a value that it must have.

    A dash, a slash and "n/a" count as an empty cell, except where an empty cell is no limit.
    """
    columns = OF_TABLE.get(ask.table.name)
    if columns is None:
        return None
    limit = columns.get(ask.column.name)
    stated = as_read(value)
    if cell.failed and (limit or ask.column.must):
        readings = _readings(ask, cell)
        return Unread(Why.TWO_READINGS if readings else Why.UNREADABLE, stated, readings)
    if ask.column.must and cell.value is None:
        return Unread(Why.UNREADABLE if stated.strip() else Why.MISSING, stated)
    if limit is None:
        return None
    if _unsaid(value, ask, unlimited=limit.unlimited):
        return Unread(Why.UNREADABLE, stated)
    if cell.first and cell.last and limit.strict == Strict.HIGH:
        # A month stands for a day that may be its last: what begins then begins no earlier for certain.
        return Unread(Why.TWO_READINGS, stated, (cell.first.isoformat(), cell.last.isoformat()))
    return None


def _unsaid(value: Value, ask: Ask, *, unlimited: bool) -> bool:
    """Return True for a cell that is not empty and states no value: "?", "unknown"."""
    if ask.column.type not in _MEASURED or not isinstance(value, str) or not unknown(value):
        return False
    text = tidy(value)
    return bool(text) and (unlimited or text not in _NOTHING)


def _readings(ask: Ask, cell: Cell) -> tuple[str, ...]:
    """The two values that a cell may have; none where there are not two."""
    for fault in cell.faults:
        names = _AMBIGUOUS.get(fault.code, ())
        texts = [fault.values[name] for name in names if name in fault.values]
        found = [read_cell(text, replace(ask, decimal=".")).value for text in texts]
        if len(found) == 2 and None not in found:
            return tuple(str(one) for one in found)
    return ()


def missing_cells(table: Table, known: set[str]) -> dict[str, Unread]:
    """Return the mandatory cells for which a table has no column."""
    return {one.name: Unread(Why.MISSING) for one in table.columns if one.must and one.name not in known}


def stated_column(found: Heading) -> int | None:
    """Return the column in which a problem's CSV keeps the cells that could not be read."""
    return next((at for at in found.strange if fold(text_of(found.top[at])) == STATED.name), None)


def beside_columns(table: Table, found: Heading) -> Mapping[int, str]:
    """Return the heads that are not read though they perhaps mean a limiting column, and that column."""
    limiting = OF_TABLE[table.name]
    names = columns_by_name(table)
    near = {
        at: names.get(fold(meant(table, found, at)), "") for at in found.strange if at not in found.tagged
    }
    doubles = {at: column.name for at, column in found.doubles.items()}
    return {at: name for at, name in (near | doubles).items() if name in limiting}
