"""Contacts of a file: found, and replaced in their cells; bytes in and bytes out, in a process of its own."""

import csv
import html
import io
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from lxml import etree

from konvoi.intake.cell import text_of
from konvoi.intake.container import is_zip
from konvoi.intake.csv_text import decoded, lines_of
from konvoi.intake.example_rows import without_examples
from konvoi.intake.heading import heading
from konvoi.intake.ods import is_ods
from konvoi.intake.sheet import Row, letters
from konvoi.intake.values import Book, book
from konvoi.intake.worksheet import WORKBOOK, grid, listing, paths
from konvoi.model.document import Document
from konvoi.model.sheet_names import table_of
from konvoi.model.tables.words import CONTACTS
from konvoi.report.marking.office import Office
from konvoi.report.submissions.contacts_in_ods import rows_of_contacts, texts_of_sheets, with_cells

APART = ("name", "function", "email")
"""Columns of `contacts` that are kept apart."""
_AUTHORS = "docProps/core.xml"
_LENGTH = struct.Struct(">Q")
_SHORTEST = 5
"""Letters from which a text is looked for in the rest of a file."""


@dataclass(frozen=True)
class ContactCells:
    """Texts in the row of a contact by column, empty ones too."""

    sheet: str
    row: int
    name: str = ""
    function: str = ""
    email: str = ""


def found_wire(content: bytes) -> bytes:
    """Return the rows of contacts in a workbook or CSV file as JSON; this runs in the child process."""
    return json.dumps([asdict(one) for one in _found(content)]).encode()


def found_of(answer: bytes) -> list[ContactCells]:
    """Return what `found_wire` wrote."""
    return [ContactCells(**one) for one in json.loads(answer)]


def packed(content: bytes, instead: Sequence[ContactCells]) -> bytes:
    """Return a file, and what is to stand in rows of contacts, as bytes."""
    head = json.dumps([asdict(one) for one in instead]).encode()
    return _LENGTH.pack(len(head)) + head + content


def apart_wire(sent: bytes) -> bytes:
    """Put contacts of a packed file aside; this runs in the child process.

    The answer begins with the texts of contacts that are found elsewhere in the file, each with its part.
    """
    (length,) = _LENGTH.unpack_from(sent)
    head, content = sent[_LENGTH.size : _LENGTH.size + length], sent[_LENGTH.size + length :]
    instead = found_of(head)
    before = _found(content)
    if not is_zip(content):
        result = _csv(content, instead)
    else:
        result = _spreadsheet(content, instead) if is_ods(content) else _workbook(content, instead)
    texts = {text for one in before for text in (one.name, one.email) if len(text) >= _SHORTEST}
    left = json.dumps(sorted(_left(result, texts))).encode()
    return _LENGTH.pack(len(left)) + left + result


def apart_of(answer: bytes) -> tuple[bytes, list[tuple[str, str]]]:
    """Return the file, and texts of contacts that still stand in it, each with its part."""
    (length,) = _LENGTH.unpack_from(answer)
    left = json.loads(answer[_LENGTH.size : _LENGTH.size + length])
    return answer[_LENGTH.size + length :], [(str(text), str(part)) for text, part in left]


def _found(content: bytes) -> list[ContactCells]:
    if not is_zip(content):
        return [_cells("", one, columns) for one, columns in _body(_lines(content)[1])]
    rows = []
    if is_ods(content):
        for name, some in rows_of_contacts(content):
            rows += [_cells(name, one, columns) for one, columns in _body(some)]
        return rows
    office = Office(content)
    shared = _shared(office)
    for name, path in _sheets(office):
        rows += [_cells(name, one, columns) for one, columns in _body(_rows(office, path, shared))]
    return rows


def _cells(sheet: str, row: Row, columns: Mapping[str, int]) -> ContactCells:
    return ContactCells(sheet, row.number, **{name: text_of(row[at]).strip() for name, at in columns.items()})


def _body(rows: Sequence[Row]) -> Iterator[tuple[Row, Mapping[str, int]]]:
    """Yield the rows that hold something of a contact, each with the indexes of its columns from 0.

    The example of the template stays as it is; of one that was written into, the word that marks it does.
    """
    if not rows:
        return
    head = heading(CONTACTS, rows)
    columns = {one.name: at for at, one in head.columns.items() if one.name in APART}
    rows, changed = without_examples(CONTACTS.name, head.columns, head.body)
    unmarked = {name: at for name, at in columns.items() if name != "name"}
    for some, known in ((rows, columns), (changed, unmarked)):
        for one in some:
            if any(text_of(one[at]).strip() for at in known.values()):
                yield one, known


def _sheets(office: Office) -> list[tuple[str, str]]:
    """Return name and path of the sheets that hold contacts."""
    return [(name, path) for name, path in _worksheets(office) if table_of(name) == CONTACTS]


def _worksheets(office: Office) -> list[tuple[str, str]]:
    parts = paths(office.container)
    known = [(one.name, parts.get(one.relation, ("", ""))) for one in listing(office[WORKBOOK]).sheets]
    return [(name, path) for name, (kind, path) in known if kind == "worksheet"]


def _shared(office: Office) -> Book:
    return book(office.container, dict(paths(office.container).values()), start_1904=False)


def _rows(office: Office, path: str, shared: Book) -> list[Row]:
    rows = grid(io.BytesIO(office[path]), shared).rows
    return [Row(number, rows[number]) for number in sorted(rows)]


def _workbook(content: bytes, instead: Sequence[ContactCells]) -> bytes:
    office = Office(content)
    shared = _shared(office)
    for name, path in _sheets(office):
        rows = list(_body(_rows(office, path, shared)))
        cells = {
            f"{letters(at + 1)}{one.number}": getattr(new, column)
            for one, columns in rows
            for new in instead
            if (new.sheet, new.row) == (name, one.number)
            for column, at in columns.items()
        }
        office[path] = _replaced(office[path], cells)
    _empty_texts(office)
    _without_authors(office)
    return office.written()


def _spreadsheet(content: bytes, instead: Sequence[ContactCells]) -> bytes:
    new = {(one.sheet, one.row): one for one in instead}
    sheets = {
        name: {
            one.number: {at: getattr(new[name, one.number], column) for column, at in columns.items()}
            for one, columns in _body(rows)
            if (name, one.number) in new
        }
        for name, rows in rows_of_contacts(content)
    }
    return with_cells(content, sheets)


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _replaced(sheet: bytes, cells: Mapping[str, str]) -> bytes:
    """Return a worksheet with texts in cells, by their references; styles stay."""
    root = _parsed(sheet)
    for cell in root.iter("{*}c"):
        text = cells.get(cell.get("r", ""))
        if text is None or not len(cell):
            continue
        space = f"{{{etree.QName(cell).namespace}}}"
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if text:
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t").text = text
    return _written(root)


def _empty_texts(office: Office) -> None:
    """Empty the shared texts of which no cell is left."""
    path = office.related(WORKBOOK, "sharedStrings")
    if not path:
        return
    used = set()
    for _, sheet in _worksheets(office):
        for cell in _parsed(office[sheet]).iter("{*}c"):
            stored = cell.find("{*}v")
            if cell.get("t") == "s" and stored is not None and stored.text:
                used.add(int(stored.text))
    root = _parsed(office[path])
    for number, one in enumerate(root.iterfind("{*}si")):
        if number not in used:
            for child in list(one):
                one.remove(child)
            etree.SubElement(one, f"{{{etree.QName(one).namespace}}}t")
    office[path] = _written(root)


def _without_authors(office: Office) -> None:
    """Empty who made and last saved the workbook."""
    if _AUTHORS not in office:
        return
    root = _parsed(office[_AUTHORS])
    for one in root.iterfind("{*}*"):
        if etree.QName(one).localname in ("creator", "lastModifiedBy"):
            one.text = None
    office[_AUTHORS] = _written(root)


def _lines(content: bytes) -> tuple[str, list[Row]]:
    """Return the separator of a CSV file, and its lines."""
    text, _ = decoded(Document("contacts.csv", content))
    separator = max((",", ";", "\t"), key=lambda sign: text.partition("\n")[0].count(sign))
    return separator, lines_of(Document("contacts.csv", content), text, separator)[0]


def _csv(content: bytes, instead: Sequence[ContactCells]) -> bytes:
    separator, rows = _lines(content)
    columns = {one.number: known for one, known in _body(rows)}
    new = {one.row: one for one in instead}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for row in rows:
        cells = [text_of(one) for one in row.cells]
        for column, at in columns.get(row.number, {}).items():
            if at < len(cells):
                cells[at] = getattr(new[row.number], column)
        writer.writerow(cells)
    return out.getvalue().encode()


def _left(content: bytes, texts: set[str]) -> Iterator[tuple[str, str]]:
    """Yield texts that stand in a part of a file, each with the part: a sheet by its name."""
    if not is_zip(content):
        plain = content.decode("utf-8").casefold()
        yield from ((one, "") for one in texts if one.casefold() in plain)
        return
    if is_ods(content):
        for part, stands in texts_of_sheets(content):
            plain = html.unescape(stands).casefold()
            yield from ((one, part) for one in texts if one.casefold() in plain)
        return
    office = Office(content)
    names = {path: name for name, path in _worksheets(office)}
    for info in office.container.infolist():
        plain = html.unescape(office[info.filename].decode("utf-8", "replace")).casefold()
        for one in texts:
            if one.casefold() in plain:
                yield one, names.get(info.filename, info.filename)
