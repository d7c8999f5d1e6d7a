"""The rows of a CSV or a sheet by the names in its head; a head without what is needed is told of."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from konvoi.align.regime import Rows


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and what stands under each head; empty cells are None."""

    number: int
    cells: Mapping[str, object]

    def text(self, name: str) -> str:
        """A cell as a text, trimmed; empty where there is nothing."""
        value = self.cells.get(name)
        return "" if value is None else str(value).strip()


def csv_rows(text: str) -> tuple[tuple[str, ...], list[Row]]:
    """The head and the rows of a CSV; a file that breaks off within quotes ends before that row.

    The number of a row is that of the line on which it ends.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        head = tuple(cell.strip() for cell in next(reader, ()))
        return head, list(_rows(head, reader))
    except csv.Error:
        return (), []


def _rows(head: Sequence[str], reader: Iterator[list[str]]) -> Iterator[Row]:
    number = getattr(reader, "line_num", 0)
    for cells in reader:
        number = getattr(reader, "line_num", number + 1)
        if any(cell.strip() for cell in cells):
            yield Row(number, dict(zip(head, (cell or None for cell in cells), strict=False)))


def sheet_rows(rows: Rows, *needed: str) -> tuple[tuple[str, ...], list[Row]]:
    """The head and the rows of a sheet: the head is the first row that holds all the names that are needed.

    Nothing where no row does.
    """
    for at, (_, cells) in enumerate(rows):
        head = tuple("" if cell is None else str(cell).strip() for cell in cells)
        if set(needed) <= set(head):
            body = rows[at + 1 :]
            return head, [Row(number, dict(zip(head, cells, strict=False))) for number, cells in body]
    return (), []
