"""The sheets of a workbook as rows of plain values, read within bounds and counted by two parsers."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS, BROKEN, Bounds, inspected, is_ole, is_zip, part, refusal
from konvoi.intake.sheet import Box, Row, Sheet, coordinates, letters
from konvoi.intake.values import Book, book
from konvoi.intake.worksheet import WORKBOOK, Counts, Grid, Listing, counted, grid, listing, paths
from konvoi.model.document import Document
from konvoi.model.finding import Finding, Place, Severity

_MOSTLY_EMPTY = 100_000


@dataclass(frozen=True)
class Sheets:
    """All sheets of a workbook by name, in the workbook's order; `refused` where there are none to be had.

    Values are str, bool, int, float (as stored), date (a day), datetime (a day with a time) or None.
    Of a formula it is the value last stored; errors such as #REF! are strings.
    """

    by_name: dict[str, Sheet] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    refused: bool = False

    def __contains__(self, name: object) -> bool:
        """Return True if there is a sheet of this name."""
        return name in self.by_name

    def __getitem__(self, name: str) -> Sheet:
        """The sheet of this name; an empty one where there is none."""
        return self.by_name.get(name, Sheet(name))


def sheet_names(document: Document) -> tuple[str, ...]:
    """The names of a workbook's sheets in its order, without reading them; empty where there are none."""
    if not is_zip(document.content):
        return ()
    try:
        return tuple(one.name for one in listing(part(document.content, WORKBOOK)).sheets)
    except (*BROKEN, *markup.BROKEN, KeyError):
        return ()


def sheets(
    document: Document, bounds: Bounds = BOUNDS, *, aside: Callable[[str], bool] = lambda name: False
) -> Sheets:
    """Read all sheets; a container or a sheet that cannot be trusted refuses the whole workbook.

    aside: decides by the name which sheets are not opened.
    """
    found = inspected(document, bounds)
    if is_ole(document.content):
        found = (refusal(document, "workbook-old-or-encrypted", read="OLE"),)
    if any(finding.severity == Severity.ERROR for finding in found):
        return Sheets(findings=found, refused=True)
    try:
        read = list(_read(document, bounds, aside))
    except _Refused as refused:
        return Sheets(findings=(refused.finding,), refused=True)
    except markup.TooLarge as large:
        return Sheets(findings=(refusal(document, "workbook-too-large", read=str(large)),), refused=True)
    except markup.Forbidden:
        return Sheets(findings=(refusal(document, "workbook-doctype"),), refused=True)
    except (*BROKEN, *markup.BROKEN, KeyError):
        return Sheets(findings=(refusal(document, "workbook-damaged"),), refused=True)
    notes = [finding for _, more in read for finding in more]
    return Sheets({sheet.name: sheet for sheet, _ in read}, (*found, *notes))


class _Refused(Exception):
    """A sheet that refuses its workbook."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


@dataclass
class _Open:
    """A workbook that is being read; cells: how many its sheets so far have. opened: their parts."""

    document: Document
    container: zipfile.ZipFile
    shared: Book
    bounds: Bounds
    cells: int = 0
    opened: set[str] = field(default_factory=set)

    @property
    def left(self) -> Bounds:
        """The bounds that are left for the next sheet."""
        return replace(self.bounds, cells=self.bounds.cells - self.cells)


def _read(
    document: Document, bounds: Bounds, aside: Callable[[str], bool]
) -> Iterator[tuple[Sheet, list[Finding]]]:
    """Each worksheet with the notes on it; chart sheets and the like are left out."""
    with zipfile.ZipFile(io.BytesIO(document.content)) as container:
        if WORKBOOK not in container.namelist():
            raise _Refused(refusal(document, "workbook-wrong-type"))
        contents = listing(container.read(WORKBOOK))
        parts = paths(container)
        kinds = dict(parts.values())
        if len(contents.sheets) > bounds.sheets:
            raise markup.TooLarge(f"{len(contents.sheets)} sheets")
        shared = book(container, kinds, contents.start_1904, bounds)
        workbook = _Open(document, container, shared, bounds)
        for one in contents.sheets:
            kind, path = parts.get(one.relation, ("worksheet", ""))
            if kind == "worksheet" and not aside(one.name):
                yield _sheet(workbook, path, one)


def _sheet(workbook: _Open, path: str, one: Listing) -> tuple[Sheet, list[Finding]]:
    place = Place(workbook.document.name, one.name)
    # A part that two sheets name would be read for each: its size would no longer bound the work.
    if path in workbook.opened:
        raise ValueError(f"two sheets in one part: {path}")
    workbook.opened.add(path)
    with workbook.container.open(path) as stream:
        counts = counted(stream, workbook.left)
    workbook.cells += counts.cells
    if counts.last_row * counts.last_column > workbook.bounds.cells:
        read = f"{counts.filled} cells, as far as {letters(counts.last_column)}{counts.last_row}"
        raise _Refused(refusal(workbook.document, "workbook-far-cell", read=read, place=place))
    with workbook.container.open(path) as stream:
        cells = grid(stream, workbook.shared)
    if cells.filled != counts.filled:
        read = f"{counts.filled}, {cells.filled}"
        raise _Refused(refusal(workbook.document, "workbook-count-differs", read=read, place=place))
    rows = tuple(Row(number, cells.rows[number]) for number in sorted(cells.rows))
    merged = tuple(box for reference in counts.merged if (box := _corners(reference)))
    # Areas do not overlap in an honest workbook, so they cover no more rows than there are cells.
    if sum(max(0, min(box[2], counts.last_row) - box[0] + 1) for box in merged) > workbook.bounds.cells:
        raise markup.TooLarge(f"{len(merged)} merged areas that overlap")
    hidden = tuple(row.number for row in rows if row.number in counts.hidden_rows)
    columns = tuple(sorted(one for one in counts.hidden_columns if one <= counts.last_column))
    return Sheet(one.name, rows, one.hidden, merged, hidden, columns), [
        *_box(place, counts),
        *_unread(place, cells),
    ]


def _corners(reference: str) -> Box | None:
    """The box of a reference such as A2:C4; None where it is none."""
    first, _, last = reference.partition(":")
    begin = coordinates(first)
    end = coordinates(last or first)
    return (*begin, *end) if begin and end else None


def _box(place: Place, counts: Counts) -> Iterator[Finding]:
    """A note where a sheet claims a far larger box than it fills."""
    box = _corners(counts.declared)
    if box is None:
        return
    declared = (box[2] - box[0] + 1) * (box[3] - box[1] + 1)
    if declared > _MOSTLY_EMPTY and declared > 100 * counts.filled:
        yield Finding(
            Severity.NOTE,
            "workbook-mostly-empty",
            place,
            counts.declared,
            "a sheet whose stated size is that of its filled cells",
            "Nothing to do: of {declared} cells stated, the {filled} filled ones were read.",
            {"declared": str(declared), "filled": str(counts.filled)},
        )


def _unread(place: Place, cells: Grid) -> Iterator[Finding]:
    for row, column in cells.unread:
        yield Finding(
            Severity.WARNING,
            "workbook-formula-unread",
            Place(place.file, place.sheet, row, letters(column)),
            "",
            "a formula with the value it gave",
            "Open the workbook in a spreadsheet program and save it, so that values are stored.",
        )
