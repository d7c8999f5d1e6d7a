"""The rows of a CSV or a sheet by the names in its head; a head without required columns is reported."""

import csv
import io
from collections.abc import Mapping
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


@dataclass(frozen=True)
class Csv:
    """A CSV's head and rows; a row's number is that of the line on which it ends.

    broken: where a row breaks off, or has another number of cells than the head; empty for a whole file.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: str = ""


def csv_rows(text: str) -> Csv:
    """A CSV; where it is not whole, its rows up to the one that is broken."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    head: tuple[str, ...] = ()
    rows: list[Row] = []
    try:
        head = tuple(cell.strip() for cell in next(reader, ()))
        for cells in reader:
            if cells and len(cells) != len(head):
                return Csv(head, tuple(rows), f"line {reader.line_num}: {len(cells)} / {len(head)}")
            if any(cell.strip() for cell in cells):
                held = (cell or None for cell in cells)
                rows.append(Row(reader.line_num, dict(zip(head, held, strict=True))))
    except csv.Error as error:
        return Csv(head, tuple(rows), f"line {reader.line_num}: {error}")
    return Csv(head, tuple(rows))


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
