"""The cells of a workbook that its findings mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from konvoi.intake.cell import text_of
from konvoi.intake.heading import heading
from konvoi.intake.sheet import Row, coordinates, letters
from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Severity
from konvoi.model.naming import localized
from konvoi.model.sheet_names import is_head, table_of

_LETTERS = re.compile(r"[A-Z]{1,3}")
_VALUES = 2


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet, counted from 1, by their names; `heads`: the text above each."""

    columns: Mapping[str, int] = field(default_factory=dict)
    heads: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A finding with its cell in the workbook: column counted from 1; 0, 0 where it means no single cell.

    head: what stands above the column.
    """

    finding: Finding
    sheet: str = ""
    row: int = 0
    column: int = 0
    head: str = ""

    @property
    def cell(self) -> str:
        """The cell's reference, such as C14; empty where there is none."""
        return f"{letters(self.column)}{self.row}" if self.row else ""

    @property
    def marked(self) -> bool:
        """Return True if the cell is marked: notes ask for nothing, so they only stand in the list."""
        return bool(self.row) and self.finding.severity != Severity.NOTE


def layout(name: str, rows: Sequence[Row]) -> Layout:
    """Return the positions of a sheet's columns, from its first rows that hold something."""
    table = table_of(name)
    if is_head(name) or table is None or not rows:
        return Layout()
    head = heading(table, rows)
    heads = {index + 1: text_of(value) for index, value in enumerate(head.top.cells) if value is not None}
    named = {column.name: index + 1 for index, column in head.columns.items()}
    return Layout({shown(text): at for at, text in heads.items()} | named, heads)


def told(findings: Sequence[Finding], layouts: Mapping[str, Layout], language: str) -> list[Told]:
    """Findings with their cells: the heaviest first, then by the workbook's order of sheets, row, column."""
    severities = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    sheets = {name: at for at, name in enumerate(layouts)}
    found = [_told(one, layouts, language) for one in findings]
    return sorted(
        found,
        key=lambda one: (
            severities.index(one.finding.severity),
            sheets.get(one.sheet, -1),
            one.row,
            one.column,
            one.finding.code,
            one.finding.read,
        ),
    )


def _told(finding: Finding, layouts: Mapping[str, Layout], language: str) -> Told:
    place = finding.place
    name = localized("head" if is_head(place.sheet) else "column", place.column, language)
    if place.sheet not in layouts:
        return Told(finding, head=name)
    known = layouts[place.sheet]
    column = _column(place.sheet, place.column, known)
    head = known.heads.get(column, name)
    if not place.row:
        return Told(finding, place.sheet, head=head)
    return Told(finding, place.sheet, place.row, max(column, 1), head)


def _column(sheet: str, name: str, known: Layout) -> int:
    """The column of a name, 0 where there is none: the row's first cell then stands for it."""
    if name in known.columns:
        return known.columns[name]
    if is_head(sheet):
        return _VALUES if name else 0
    at = coordinates(f"{name}1") if _LETTERS.fullmatch(name) else None
    return at[1] if at else 0
