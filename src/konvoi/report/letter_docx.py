"""A letter as a DOCX file for a word processor."""

import io
import zipfile
from datetime import date, datetime

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from konvoi.report.language import Language
from konvoi.report.letter import Letter, Part, heads, where
from konvoi.report.page import Message, Value

_WIDTHS = (Mm(62), Mm(92), Mm(84), Mm(22))


def as_docx(letter: Letter, code: str) -> bytes:
    """The letter in one language; equal letters give equal bytes."""
    language = Language(code)
    document = Document()
    _page(document, letter, code)
    say = language.text
    head = [
        letter.coalition,
        say(letter.day),
        say(Message("Marking: {marking}", {"marking": letter.marking})),
    ]
    if letter.exercise:
        head.append(say(Message("Exercise: all parties and figures are invented")))
    document.sections[0].header.paragraphs[0].text = " · ".join(head)
    document.add_heading(say(Message("Questions to {party}", {"party": letter.to})), level=0)
    for sentence in letter.opening:
        document.add_paragraph(say(sentence))
    for part in letter.parts:
        _part(document, part, (letter.day, language))
    document.add_heading(say(Message("How to answer")), level=1)
    for sentence in letter.closing:
        document.add_paragraph(say(sentence))
    stream = io.BytesIO()
    document.save(stream)
    return _stamped(stream.getvalue(), letter.day)


def _page(document: Docx, letter: Letter, code: str) -> None:
    """A4 across, the language for the speller, stamps from the day."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    stamp = datetime(letter.day.year, letter.day.month, letter.day.day)
    known = document.core_properties
    known.author, known.last_modified_by, known.title = "Konvoi", "Konvoi", "Konvoi"
    known.created, known.modified, known.comments, known.language = stamp, stamp, "", code


def _part(document: Docx, part: Part, of: tuple[date, Language]) -> None:
    day, language = of
    document.add_heading(language.text(part.title), level=1)
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    # Some word processors go by the columns, some by the cells.
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    _cells(table, 0, [language.text(head) for head in heads()], bold=True)
    _repeated(table)
    for question in part.questions:
        table.add_row()
        place: Value = where(question)
        about = [language.text(question.about), question.id, language.text(place)]
        age = str(question.open_days(day)) if question.since else "–"
        texts = [
            "\n".join(filter(None, about)),
            language.text(question.asked),
            language.text(question.needed),
            age,
        ]
        _cells(table, len(table.rows) - 1, texts)
    if part.total > len(part.questions):
        shown = {"shown": len(part.questions), "total": part.total}
        document.add_paragraph(
            language.text(Message("{shown} of {total} are shown here; the workbook holds all.", {**shown}))
        )


def _cells(table: Table, row: int, texts: list[str], *, bold: bool = False) -> None:
    for at, (cell, text) in enumerate(zip(table.rows[row].cells, texts, strict=True)):
        cell.width = _WIDTHS[at]
        run = cell.paragraphs[0].add_run(_clean(text))
        run.bold, run.font.size = bold, Pt(9)


def _repeated(table: Table) -> None:
    """The head stands on every page that the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t")


def _stamped(content: bytes, day: date) -> bytes:
    """The same container with the letter's day on each part, whenever it was written."""
    stream = io.BytesIO()
    stamp = (max(1980, day.year), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return stream.getvalue()
