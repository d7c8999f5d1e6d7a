"""The parts of a workbook: which sheets it lists, how many cells are filled, and the cells of one sheet."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS, Bounds
from konvoi.intake.sheet import Value, coordinates
from konvoi.intake.size import COLUMNS, ROWS
from konvoi.intake.values import Book, value_of

WORKBOOK = "xl/workbook.xml"
_LOOK_UP = re.compile(
    r"IFERROR\(INDEX\(_lists!\$[A-Z$0-9:]+,MATCH\([A-Z0-9$]+,_lists!\$[A-Z$0-9:]+,0\)\),\"\"\)"
)
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True)
class Listing:
    """A sheet as the workbook lists it: its name, the id of its part, whether it is hidden."""

    name: str
    relation: str
    hidden: bool


@dataclass
class Contents:
    """The workbook's description of itself: its sheets in order, and whether its days begin in 1904."""

    sheets: list[Listing] = field(default_factory=list)
    start_1904: bool = False


@dataclass
class Counts:
    """Counts of one sheet by the counting parser; `declared` is the box that the sheet claims to fill.

    cells: all that are written out, empty ones too. merged: the references of merged cells, such as A2:A4.
    hidden_rows, hidden_columns: numbers from 1 of those that are not shown.
    """

    cells: int = 0
    filled: int = 0
    last_row: int = 0
    last_column: int = 0
    declared: str = ""
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Grid:
    """The rows of a sheet by number, how many cells were filled, and formulas without a stored value."""

    rows: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    filled: int = 0
    unread: list[tuple[int, int]] = field(default_factory=list)


def listing(content: bytes) -> Contents:
    """Return the contents of `xl/workbook.xml`."""
    found = Contents()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            found.start_1904 = attributes.get("date1904", "0") in {"1", "true"}
        elif name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            found.sheets.append(Listing(attributes.get("name", ""), relation, hidden))

    markup.scan(io.BytesIO(content), start=start)
    return found


def paths(container: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Kind and path of each part of the workbook, by its relation; links to outside are left out."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    markup.scan(io.BytesIO(container.read("xl/_rels/workbook.xml.rels")), start=start)
    return found


def counted(stream: IO[bytes], bounds: Bounds = BOUNDS) -> Counts:
    """Count the filled cells of a sheet, by expat, and how far down and right they reach.

    Raises markup.TooLarge as soon as there are more cells or merged areas than the bounds allow.
    """
    counts = Counts()
    row = 0
    column = 0
    inside = False
    before = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, inside, before
        if name == "row":
            row = int(attributes.get("r", row + 1))
            column = 0
            before = counts.cells
            if row > ROWS:
                raise markup.TooLarge(f"{row} rows")
            if attributes.get("hidden") in _TRUE:
                counts.hidden_rows.add(row)
        elif name == "col":
            if attributes.get("hidden") in _TRUE:
                last = min(int(attributes.get("max", 0)), COLUMNS)
                counts.hidden_columns.update(range(int(attributes.get("min", 1)), last + 1))
        elif name == "c":
            row, column = _place(attributes.get("r"), row, column)
            inside = True
            counts.cells += 1
            if counts.cells > bounds.cells or counts.cells - before > COLUMNS:
                raise markup.TooLarge(f"> {min(bounds.cells, COLUMNS)} cells")
        elif inside and name in {"v", "is"}:
            inside = False
            counts.filled += 1
            counts.last_row = max(counts.last_row, row)
            counts.last_column = max(counts.last_column, column)
        elif name == "dimension":
            counts.declared = attributes.get("ref", "")
        elif name == "mergeCell":
            counts.merged.append(attributes.get("ref", ""))
            if len(counts.merged) > bounds.merged:
                raise markup.TooLarge(f"> {bounds.merged} merged areas")

    markup.scan(stream, start=start)
    return counts


def grid(stream: IO[bytes], shared: Book, *, most: int = 0) -> Grid:
    """Read the cells of a sheet, by libxml2; call it only if the counted cells fit.

    most: how many rows that hold something are read; 0: all.
    """
    found = Grid()
    number = 0
    for row in markup.elements(stream, "row"):
        number = int(row.get("r", number + 1))
        cells = _cells(row, number, shared, found)
        if cells:
            last = max(cells)
            found.rows[number] = tuple(cells.get(at) for at in range(1, last + 1))
            if len(found.rows) == most:
                break
    return found


def _cells(row: etree._Element, number: int, shared: Book, found: Grid) -> dict[int, Value]:
    cells: dict[int, Value] = {}
    column = 0
    for cell in row.iterfind("{*}c"):
        number, column = _place(cell.get("r"), number, column)
        # Backwards, so that the first of a name is the one that stays.
        inner = {child.tag.rpartition("}")[2]: child for child in reversed(cell)}
        found.filled += "v" in inner or "is" in inner
        value = value_of(cell, inner, shared)
        if value is not None:
            cells[column] = value
        elif "f" in inner and cell.get("t") != "str" and not _is_look_up(cell):
            found.unread.append((number, column))
    return cells


def _is_look_up(cell: etree._Element) -> bool:
    """Return True for a formula of the template that fills a cell in from the good's name.

    Programs that compute nothing store no value for it; the reader knows the good by its name all the same.
    """
    formula = next(iter(cell.iterfind("{*}f")), None)
    return formula is not None and bool(_LOOK_UP.fullmatch("".join((formula.text or "").split())))


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return the place of a cell; without a reference it follows the one before."""
    if reference is None:
        return row, column + 1
    at = coordinates(reference)
    if at is None:
        raise ValueError(f"no such cell: {reference[:20]}")
    return at
