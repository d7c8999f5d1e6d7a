"""The part of a table that stands on a page: all but the columns that stand in the workbook alone."""

from dataclasses import replace

from konvoi.report.page import Message, Table


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


def first_rows(table: Table, most: int, note: Message) -> Table:
    """Return the first rows of a table that has more, with a note.

    note: text with `{shown}` and `{count}`, without values.
    """
    if len(table.rows) <= most:
        return table
    told = replace(note, values={"shown": most, "count": len(table.rows)})
    return replace(table, rows=table.rows[:most], anchors=table.anchors[:most], note=told)
