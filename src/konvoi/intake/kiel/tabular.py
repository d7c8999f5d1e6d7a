"""Small tables within a sheet: a row of headings somewhere near its top, and rows below."""

from collections.abc import Iterator
from dataclasses import dataclass

from konvoi.intake.kiel.columns import text_of
from konvoi.intake.sheet import Row, Sheet
from konvoi.kit.text import fold


@dataclass(frozen=True)
class Tabular:
    """A table in a sheet: the column of its names, its headings, and the rows below.

    headings: the position of each folded heading from the first column on; of equal ones the first.
    """

    first: int
    headings: dict[str, int]
    rows: tuple[Row, ...]

    def column(self, heading: str) -> int | None:
        """The position of the column whose heading begins with these words."""
        wanted = fold(heading)
        return next((at for text, at in self.headings.items() if text.startswith(wanted)), None)

    def named(self) -> Iterator[tuple[Row, str]]:
        """Each row that has a name, with it."""
        for row in self.rows:
            if name := text_of(row[self.first]):
                yield row, name


def tabular(sheet: Sheet, heading: str) -> Tabular | None:
    """The first table of a sheet whose first heading is this; None where there is none."""
    wanted = fold(heading)
    for index, row in enumerate(sheet.rows):
        for position, cell in enumerate(row.cells[:3]):
            if isinstance(cell, str) and fold(cell) == wanted:
                return Tabular(position, _headings(row, position), sheet.rows[index + 1 :])
    return None


def _headings(row: Row, first: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for position in range(first, len(row.cells)):
        if text := fold(text_of(row[position])):
            found.setdefault(text, position)
    return found
