"""A page as a DOCX file for a word processor: its sentences and tables, without links."""

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.shared import Length, Mm

from konvoi.report.language import Language, is_currency
from konvoi.report.page import Column, Message, Page, Section, Table, Value
from konvoi.report.twin import tables
from konvoi.report.word_file import Sheet, blank, clean, content, grid

MOST = 40
"""So many rows of a table stand in a document; the page holds all."""
_WIDE = 261
_SHARES = {"text": 30, "number": 15, "day": 17}


def as_docx(page: Page, code: str) -> bytes:
    """The page in one language; charts by their tables. Equal pages give equal bytes."""
    language = Language(code)
    say = language.text
    head = [page.title, say(page.day), say(Message("Marking: {marking}", {"marking": page.marking}))]
    if page.exercise:
        head.append(say(Message("Exercise: all parties and figures are invented")))
    document = blank(Sheet(" · ".join(head), page.day, code))
    document.add_heading(clean(page.title), level=0)
    document.add_paragraph(say(Message(page.head.id, {"day": page.day})))
    for section in page.sections:
        _section(document, section, page, language)
    return content(document, page.day)


def _section(document: Docx, section: Section, page: Page, language: Language) -> None:
    document.add_heading(clean(language.text(section.title)), level=1)
    for sentence in section.answer:
        document.add_paragraph(clean(language.text(sentence)))
    for table in tables(section):
        document.add_heading(clean(language.text(table.title)), level=2)
        if not table.rows:
            document.add_paragraph(clean(language.text(table.empty)))
            continue
        _table(document, table, page, language)


def _table(document: Docx, table: Table, page: Page, language: Language) -> None:
    shown = [*([table.sums] if table.sums else []), *table.rows[:MOST]]
    rows = [[language.text(cell) for cell in row] for row in shown]
    grid(document, [_head(column, language) for column in table.columns], rows, _widths(table.columns))
    if table.note is not None:
        document.add_paragraph(clean(language.text(table.note)))
    if len(table.rows) > MOST:
        values: dict[str, Value] = {"shown": MOST, "total": len(table.rows)}
        values["file"] = f"{page.file}.{language.code}.html"
        document.add_paragraph(
            language.text(Message("{shown} of {total} are shown here; {file} holds all.", values))
        )


def _head(column: Column, language: Language) -> str:
    name = language.text(column.name)
    if not column.unit or is_currency(column.unit):
        return name
    return f"{name}, {language.unit(column.unit)}"


def _widths(columns: Sequence[Column]) -> list[Length]:
    """Text wide, numbers and days narrow."""
    shares = [_SHARES.get(column.kind, _SHARES["text"]) for column in columns]
    return [Mm(round(_WIDE * share / sum(shares))) for share in shares]
