"""The part of a table that stands on a page: all but the columns that stand in the workbook alone."""

from dataclasses import replace

from konvoi.report.page import Table


def on_page(table: Table) -> Table:
    """The same without the columns that stand beside."""
    kept = [at for at, column in enumerate(table.columns) if not column.beside]
    if len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        sums=tuple(table.sums[at] for at in kept) if table.sums else (),
    )
