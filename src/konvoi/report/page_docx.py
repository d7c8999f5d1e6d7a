"""A page as a DOCX file for a word processor: its sentences and tables, without links."""

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.shared import Length, Mm

from konvoi.report.chart_table import tables
from konvoi.report.language import Language, is_currency
from konvoi.report.on_page import on_page
from konvoi.report.page import Column, Front, Message, Page, Section, Table, Value
from konvoi.report.word_file import Sheet, blank, clean, content, grid

MOST = 40
"""So many rows of a table stand in a document; the page holds all."""
_WIDE = 261
_LETTER = 2.05
_EDGES = 4.5
"""Millimetres that a letter of a table and the edges of a cell take, rather more than less."""
_LINE = 120
"""So many letters of a cell stand in one line where there is room; longer ones are broken."""


def as_docx(page: Page, code: str) -> bytes:
    """The page in one language; charts by their tables. Equal pages give equal bytes."""
    language = Language(code)
    say = language.text
    head = [page.title, say(page.day), say(Message("Marking: {marking}", {"marking": page.marking}))]
    if page.exercise:
        head.append(say(Message("Exercise: all parties and figures are invented")))
    document = blank(Sheet(" · ".join(head), page.day, code))
    document.add_heading(clean(page.title), level=0)
    document.add_paragraph(say(Message(page.head.id, {**page.head.values, "day": page.day})))
    if page.front is not None:
        _front(document, page.front, page, language)
    for section in page.on_screen:
        _section(document, section, page, language)
    return content(document, page.day)


def _front(document: Docx, front: Front, page: Page, language: Language) -> None:
    """Write the first page: the answer, the tiles as a table, decisions, and what is missing."""
    say = language.text
    document.add_heading(clean(say(front.answer)), level=1)
    heads = [say(tile.title) for tile in front.tiles]
    cells = ["\n".join((say(tile.figure), *map(say, tile.details))) for tile in front.tiles]
    grid(document, heads, [cells], _widths(heads, [cells], [False] * len(heads)))
    if front.decisions is not None:
        document.add_heading(clean(say(front.decisions.title)), level=2)
        if front.decisions.rows:
            _table(document, front.decisions, page, language)
        else:
            document.add_paragraph(clean(say(front.decisions.empty)))
    if front.missing:
        document.add_heading(clean(say(Message("Not in these figures"))), level=2)
        for line in front.missing:
            document.add_paragraph(clean(say(line)))


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
    table = on_page(table)
    shown = [*([table.sums] if table.sums else []), *table.rows[:MOST]]
    rows = [[language.text(cell) for cell in row] for row in shown]
    heads = [_head(column, language) for column in table.columns]
    numbers = [at for at, column in enumerate(table.columns) if column.kind == "number"]
    whole = [column.kind != "text" for column in table.columns]
    grid(document, heads, rows, _widths(heads, rows, whole), numbers=numbers)
    if table.note is not None:
        document.add_paragraph(clean(language.text(table.note)))
    if len(table.rows) > MOST:
        values: dict[str, Value] = {"shown": MOST, "total": len(table.rows)}
        values["file"] = f"{page.file}.{language.code}.html"
        document.add_paragraph(
            language.text(Message("{shown} of {total} shown; {file} contains all.", values))
        )


def _head(column: Column, language: Language) -> str:
    name = language.text(column.name)
    if not column.unit or is_currency(column.unit):
        return name
    return f"{name}, {language.unit(column.unit, 2)}"


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], whole: Sequence[bool]) -> list[Length]:
    """Each column as wide as its longest word, what is left to those whose texts want more.

    whole: whether a column's texts are days or numbers, which are not broken; heads always may be.
    """
    columns = [[head, *texts] for head, *texts in zip(heads, *rows, strict=True)]
    least = [_wide(max(map(len, _parts(own, one)))) for own, one in zip(columns, whole, strict=True)]
    most = [max(_wide(min(_LINE, max(map(len, own)))), low) for own, low in zip(columns, least, strict=True)]
    room = max(0.0, _WIDE - sum(least))
    wanted = sum(most) - sum(least)
    share = min(1.0, room / wanted) if wanted else 0.0
    widths = [low + share * (high - low) for low, high in zip(least, most, strict=True)]
    shrink = min(1.0, _WIDE / sum(widths))
    return [Mm(round(width * shrink, 1)) for width in widths]


def _parts(texts: Sequence[str], whole: bool) -> list[str]:
    """Return the parts of a column that must stand in one line."""
    head, *rest = texts
    # Heads are bold, and bold letters are wider.
    bold = [word + "m" * (len(word) // 7) for word in head.split()]
    return [*bold, *(rest if whole else [word for text in rest for word in text.split()]), ""]


def _wide(letters: int) -> float:
    return letters * _LETTER + _EDGES
