"""Source cells: the place of a record in its document, with the rows around it that the viewer may see."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.view import Opened

AROUND = 4
"""So many rows are shown before and after a record."""


@dataclass(frozen=True)
class Cell:
    """A cell with its text. here: True for the cell of the figure."""

    name: str
    text: str
    here: bool = False


@dataclass(frozen=True)
class SourceRow:
    """A row of a document. number: in the file; None where the viewer is not told. here: the record's own."""

    sheet: str
    number: int | None
    here: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Origin:
    """A place of a record with the rows around it. column: name of the cell of its figure; empty for the
    whole row. party: of the document.
    """

    document: str
    party: str
    digest: str
    known_on: Any
    part: str
    column: str
    rows: tuple[SourceRow, ...]

    @property
    def row(self) -> SourceRow:
        """The record's own row."""
        return next(one for one in self.rows if one.here)

    @property
    def is_text(self) -> bool:
        """True for passages of a text: one after another."""
        return all(len(one.cells) <= 1 for one in self.rows) and bool(self.row.cells)

    @property
    def is_grid(self) -> bool:
        """True for rows of a sheet, which share their columns; parts of JSON and XML have names of their
        own.
        """
        return bool(self.part) or not any(sign in self.row.sheet for sign in "./[")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of columns in the order of the rows."""
        found: dict[str, None] = {}
        for row in sorted(self.rows, key=lambda one: -len(one.cells)):
            found |= dict.fromkeys(cell.name for cell in row.cells)
        return tuple(found)

    @property
    def lines(self) -> tuple[tuple[SourceRow, tuple[Cell | None, ...]], ...]:
        """The rows with a cell or None for each column."""
        columns = self.columns
        found = []
        for row in self.rows:
            known = {cell.name: cell for cell in reversed(row.cells)}
            found.append((row, tuple(known.get(name) for name in columns)))
        return tuple(found)


def origins(opened: Opened, record: str) -> tuple[Origin, ...]:
    """Return the places of a record that the viewer may see, the latest statement first; none for others."""
    places = opened.rows("passage_places", where={"record": record}, limit=20).rows
    found = [_origin(opened, place) for place in places]
    return tuple(sorted(found, key=lambda one: (str(one.known_on or ""), one.document), reverse=True))


def _origin(opened: Opened, place: Mapping[str, Any]) -> Origin:
    at, column = place["position"], place["column"]
    rows = opened.rows(
        "passage_rows",
        where={"document": place["document"], "part": place["part"]},
        conditions=(
            Condition("position", Op.FROM, (at - AROUND,)),
            Condition("position", Op.UNTIL, (at + AROUND,)),
        ),
        order=("position",),
    ).rows
    known = opened.rows("submissions", where={"name": place["document"]}, limit=1).rows
    document = known[0] if known else {}
    return Origin(
        document=place["document"],
        party=document.get("party") or "",
        digest=document.get("digest") or "",
        known_on=document.get("known_on"),
        part=place["part"],
        column=column,
        rows=tuple(_row(one, here=one["position"] == at, column=column) for one in rows),
    )


def _row(row: Mapping[str, Any], *, here: bool, column: str) -> SourceRow:
    cells: Sequence[Sequence[str]] = json.loads(row["cells"]) if row["cells"] else ()
    chosen = _chosen([name for name, _ in cells], column) if here else -1
    return SourceRow(
        row["sheet"],
        row["row"],
        here,
        tuple(Cell(name, text, number == chosen) for number, (name, text) in enumerate(cells)),
    )


def _chosen(names: Iterable[str], column: str) -> int:
    """Return the number of the cell of a figure: named like its column, else at the end of a path; -1: none.

    >>> _chosen(["id", "items[0].quantity"], "quantity"), _chosen(["id"], "amount")
    (1, -1)
    """
    if not column:
        return -1
    known = list(names)
    if column in known:
        return known.index(column)
    ends = [number for number, name in enumerate(known) if name.replace("/", ".").split(".")[-1] == column]
    return ends[0] if len(ends) == 1 else -1
