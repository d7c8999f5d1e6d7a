"""The files of OFAC's lists: no head, `-0-` for nothing, Ctrl-Z at the end; four of one day are a list.

The comments file continues the remarks that the file of primary names cuts.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from konvoi.align.regime import Opened
from konvoi.model.finding import Place

PRIMARY = 12
ALIAS = 5
ADDRESS = 6
COMMENTS = 2
"""Number of columns of the files of primary names, of aliases, of addresses, of comments."""

CUT = 1000
"""The length at which the file of primary names cuts remarks off."""

REMARKS = 11

_EMPTY = "-0-"
_END = "\x1a"
_BESIDE = "cons"


@dataclass(frozen=True)
class Cells:
    """One row: its line in the file, its cells (empty where nothing is), and the length of the longest."""

    file: str
    number: int
    cells: tuple[str, ...]
    longest: int = 0

    @property
    def entity(self) -> str:
        """The number of the entity that the row is about."""
        return self.cells[0]


@dataclass(frozen=True)
class Part:
    """The files of one list. name: sdn, or non-sdn where the names of its files begin with `cons`."""

    name: str
    primary: tuple[Cells, ...]
    aliases: tuple[Cells, ...] | None = None
    addresses: tuple[Cells, ...] | None = None
    comments: tuple[Cells, ...] | None = None


def parts_of(files: Sequence[Opened]) -> tuple[Part, ...] | Place:
    """The lists that the files are, or the place of what is none of them: a file, or its first other row."""
    found: dict[str, dict[int, tuple[Cells, ...]]] = {"sdn": {}, "non-sdn": {}}
    for file in files:
        rows = tuple(_rows(file))
        widths = {len(row.cells) for row in rows}
        if len(widths) != 1 or not widths <= {PRIMARY, ALIAS, ADDRESS, COMMENTS}:
            return _other(file.name, rows)
        beside = file.name.rpartition("/")[2].casefold().startswith(_BESIDE)
        found["non-sdn" if beside else "sdn"][widths.pop()] = rows
    bare = next(
        (file.name for name, one in found.items() if one and PRIMARY not in one for file in files), ""
    )
    if bare:
        return Place(bare)
    return tuple(
        Part(name, one[PRIMARY], one.get(ALIAS), one.get(ADDRESS), one.get(COMMENTS))
        for name, one in found.items()
        if one
    )


def _other(file: str, rows: Sequence[Cells]) -> Place:
    """Return the first row that differs from the first one; the file where its rows are of no list at all."""
    width = len(rows[0].cells) if rows else 0
    row = next((one.number for one in rows if len(one.cells) != width), 0)
    return Place(file, "", row if width in (PRIMARY, ALIAS, ADDRESS, COMMENTS) else 0)


def continued(part: Part) -> tuple[Part, tuple[Cells, ...]]:
    """Return a list whose cut remarks go on as the comments file continues them, and the rows of comments
    that continue nothing: those are of another day.
    """
    rest: dict[str, list[Cells]] = {}
    for row in part.comments or ():
        rest.setdefault(row.entity, []).append(row)
    primary = []
    for row in part.primary:
        if row.longest >= CUT and row.entity in rest:
            text = row.cells[REMARKS] + "".join(one.cells[1] for one in rest.pop(row.entity))
            row = replace(row, cells=(*row.cells[:REMARKS], text), longest=0)
        primary.append(row)
    return replace(part, primary=tuple(primary)), tuple(one for several in rest.values() for one in several)


def _rows(file: Opened) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(file.text.rstrip().rstrip(_END), newline=""), strict=True)
    try:
        for cells in reader:
            longest = max(map(len, cells), default=0)
            # The last cell may go on in another file: a space at its edge belongs to the text.
            bare = tuple("" if cell.strip() == _EMPTY else cell.strip() for cell in cells[:-1])
            bare += tuple("" if cell.strip() == _EMPTY else cell for cell in cells[-1:])
            if bare and bare[0].isdecimal():
                yield Cells(file.name, reader.line_num, bare, longest)
            elif any(bare):
                yield Cells(file.name, reader.line_num, ())
    except csv.Error:
        yield Cells(file.name, reader.line_num, ())


def astray(part: Part) -> tuple[Cells, str] | None:
    """Return evidence that a list's files are of different days; None if there is none.

    A row of aliases or addresses about an entity that the primary file does not know, or an entity without a
    row in the file of addresses, which has one for each.
    """
    known = {row.entity for row in part.primary}
    for rows in (part.aliases, part.addresses):
        lost = next((row for row in rows or () if row.entity not in known), None)
        if lost:
            return lost, lost.entity
    if part.addresses is not None:
        there = {row.entity for row in part.addresses}
        bare = next((row for row in part.primary if row.entity not in there), None)
        if bare:
            return bare, bare.entity
    return None
