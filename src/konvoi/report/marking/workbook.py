"""A workbook of ours comes back to its sender with red cells, notes, and a sheet that lists its findings."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from konvoi.intake.formats.konvoi_workbook import is_marks
from konvoi.intake.outline import cut, outline
from konvoi.intake.sheet import Row
from konvoi.intake.values import Book, book
from konvoi.intake.worksheet import WORKBOOK, grid, listing, paths
from konvoi.model.finding import Finding, Severity
from konvoi.model.head import MARKS
from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.localized_finding import localized_finding
from konvoi.report.marking.colours import coloured, uncoloured
from konvoi.report.marking.listing import listed, word, worksheet
from konvoi.report.marking.marks import Layout, Told, layout, told
from konvoi.report.marking.notes import noted
from konvoi.report.marking.office import Office
from konvoi.report.marking.styles import EMPTY, HEAD, LINK, with_colours, with_look, with_wrapping
from konvoi.report.sentences import sentence

_FIRST = 12
_SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected="(?:1|true)"')
_ACTIVE = re.compile(rb'\s+activeTab="\d+"')
_VIEW = re.compile(rb"<(?:\w+:)?workbookView\b")
_LONGEST = 2_000


class _Sheet(NamedTuple):
    """A worksheet and the path of its part."""

    name: str
    path: str


def marked(content: bytes, findings: Sequence[Finding], language: str = "en") -> bytes:
    """The workbook with its findings marked; marks of an earlier time give way to these.

    Values, formats, filters, drop-downs and the sender's own notes stay as they are; all parts that bear no
    mark stay byte for byte. The same workbook and findings give the same bytes. The workbook was read
    before: what cannot be edited in place raises markup.BROKEN or container.BROKEN.
    """
    office = Office(content)
    speech = Language(language)
    sheets = _sheets(office)
    found = told(findings, _layouts(office, sheets), language)
    styles = _styles(office)
    office[styles], looks = with_colours(office[styles])
    for name, path in sheets:
        if not is_marks(name):
            _mark(office, path, [mark for mark in found if mark.sheet == name], looks, speech)
    _list(office, sheets, found, speech)
    return office.written()


def _sheets(office: Office) -> list[_Sheet]:
    """The worksheets in the workbook's order, with the paths of their parts."""
    parts = paths(office.container)
    listed = listing(office[WORKBOOK]).sheets
    known = [(one.name, parts.get(one.relation, ("", ""))) for one in listed]
    return [_Sheet(name, path) for name, (kind, path) in known if kind == "worksheet"]


def _layouts(office: Office, sheets: Sequence[_Sheet]) -> dict[str, Layout]:
    kinds = dict(paths(office.container).values())
    shared = book(office.container, kinds, start_1904=False)
    return {name: layout(name, _top(office, path, shared)) for name, path in sheets}


def _top(office: Office, path: str, shared: Book) -> list[Row]:
    """The first rows of a sheet that hold something."""
    with office.container.open(path) as stream:
        rows = grid(stream, shared, most=_FIRST).rows
    return [Row(number, rows[number]) for number in sorted(rows)]


def _styles(office: Office) -> str:
    """The path of the styles; a workbook without any gets a part for them."""
    path = office.related(WORKBOOK, "styles")
    if not path:
        path = "xl/styles.xml"
        office[path] = EMPTY
        office.relate(WORKBOOK, "styles", path)
        office.declare(path, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
    return path


def _mark(
    office: Office, path: str, found: Sequence[Told], looks: dict[Severity, int], speech: Language
) -> None:
    """Colours and notes of one sheet; the sheet is not the one that opens any more."""
    marks = [one for one in found if one.marked]
    noted(office, path, _texts(marks, speech))
    sheet = uncoloured(office[path])
    if marks:
        cells: dict[Severity, set[tuple[int, int]]] = {}
        for one in marks:
            cells.setdefault(one.finding.severity, set()).add((one.row, one.column))
        sheet = coloured(sheet, cells, looks)
    office[path] = _SELECTED.sub(rb"\1", sheet, count=1)


def _texts(marks: Sequence[Told], speech: Language) -> dict[tuple[int, int], str]:
    """The note of each cell: all its findings, one below the other."""
    texts: dict[tuple[int, int], list[str]] = {}
    for one in marks:
        finding = localized_finding(one.finding, speech.code)
        said = f"{speech.say(word(finding.severity))}: {speech.text(sentence(finding))}"
        texts.setdefault((one.row, one.column), []).append(said)
    return {cell: "\n".join(dict.fromkeys(lines))[:_LONGEST] for cell, lines in texts.items()}


def _list(office: Office, sheets: Sequence[_Sheet], found: Sequence[Told], speech: Language) -> None:
    """The sheet of findings, in the place of an earlier one or as the last; the workbook opens on it."""
    path = next((path for name, path in sheets if is_marks(name)), "")
    path = path or listed(office, localized("guide", MARKS, speech.code))
    styles = _styles(office)
    looks: dict[str, int] = {}
    office[styles], of_cells = with_colours(office[styles])
    looks |= {"error": of_cells[Severity.ERROR], "warning": of_cells[Severity.WARNING]}
    for name, look in (("head", HEAD), ("link", LINK)):
        office[styles], looks[name] = with_look(office[styles], look)
    office[styles], wrapped = with_wrapping(office[styles])
    office[path] = worksheet(found, speech, looks, wrapped=wrapped)
    _open_on(office, [one.name for one in listing(office[WORKBOOK]).sheets])


def _open_on(office: Office, names: Sequence[str]) -> None:
    content = office[WORKBOOK]
    found = outline(content)
    number = next(at for at, name in enumerate(names) if is_marks(name))
    for child in found.named("bookViews"):
        views = _ACTIVE.sub(b"", content[child.start : child.end])
        views = _VIEW.sub(lambda at: at[0] + b' activeTab="%d"' % number, views, count=1)
        content = cut(content, child.start, child.end, views)
    office[WORKBOOK] = content
