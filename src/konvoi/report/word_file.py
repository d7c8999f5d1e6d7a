"""Parts common to every DOCX file of ours: A4 across, a line on each page, tables with heads, one stamp."""

import io
import zipfile
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table
from lxml.etree import _Element


@dataclass(frozen=True)
class Sheet:
    """The line on each page of a document, its day, and the language for the speller."""

    line: str
    day: date
    code: str


def blank(sheet: Sheet) -> Docx:
    """A document without text: A4 across, the line on top, stamps from its day."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width = Mm(297)
    section.page_height = Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = Mm(22)
    section.bottom_margin = Mm(16)
    section.header_distance = Mm(9)
    section.header.paragraphs[0].text = clean(sheet.line)
    style = document.styles["Normal"]
    style.font.name = "Calibri"
    style.font.size = Pt(10.5)
    stamp = datetime(sheet.day.year, sheet.day.month, sheet.day.day)
    known = document.core_properties
    known.author = "Konvoi"
    known.last_modified_by = "Konvoi"
    known.title = "Konvoi"
    known.created = stamp
    known.modified = stamp
    known.comments = ""
    known.language = sheet.code
    return document


def grid(
    document: Docx,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[Length],
    *,
    numbers: Collection[int] = (),
) -> None:
    """A table whose head stands on every page that it reaches, and whose rows no page parts.

    numbers: the columns that hold numbers, from 0; they stand to the right.
    """
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    # Some word processors go by the columns, some by the cells.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _cells(table, heads, widths, numbers, bold=True)
    for name in ("w:cantSplit", "w:tblHeader"):
        _mark(table, name)
    if rows:
        table.add_row()
        _mark(table, "w:cantSplit")
        _cells(table, [""] * len(widths), widths, numbers)
        _fill_copies(table, rows)


def _fill_copies(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Replace the last, empty row by copies with texts: to build each cell anew takes seven times as long."""
    empty = table.rows[-1]._tr
    table._tbl.remove(empty)
    for row in rows:
        made = deepcopy(empty)
        for run, text in zip(made.iter(qn("w:r")), row, strict=True):
            run.text = clean(text)
        table._tbl.append(made)


def _mark(table: Table, name: str) -> None:
    """Says something of the last row of a table."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    table.rows[-1]._tr.get_or_add_trPr().append(mark)


def _cells(
    table: Table,
    texts: Sequence[str],
    widths: Sequence[Length],
    numbers: Collection[int],
    *,
    bold: bool = False,
) -> None:
    """The last row of a table; a head is shaded."""
    row = table.rows[-1].cells
    for at, (width, cell, text) in enumerate(zip(widths, row, texts, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        if at in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(clean(text))
        run.bold = bold
        run.font.size = Pt(9)
        if bold:
            cell._tc.get_or_add_tcPr().append(_shade())


def _shade() -> _Element:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E8ECF0")):
        shade.set(qn(f"w:{name}"), value)
    return shade


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    if text.isprintable():
        return text
    return "".join(one for one in text if one.isprintable() or one in "\n\t")


def content(document: Docx, day: date) -> bytes:
    """The bytes of a document, with its day on each part, whenever it was written."""
    made = io.BytesIO()
    stream = io.BytesIO()
    document.save(made)
    stamp = (max(1980, day.year), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return stream.getvalue()
