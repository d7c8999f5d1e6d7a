"""The workbook of pairs: a sheet that says how, and one row a pair with both records beside each other."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from konvoi.model.finding import Place
from konvoi.model.naming import localized
from konvoi.model.review import HIDDEN, SHOWN, check
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.matching.reasons import evidence
from konvoi.report.matching.sides import Weight, fields, holds, quoted, where
from konvoi.report.names import Names
from konvoi.report.page import Message, Number, Value

Cells = Sequence[tuple[str, str]]

_WIDTHS = {"pair": 6, "verdict": 22, "reason": 26, "question": 30, "changes": 34, "differs in": 20}
_WIDTH = 18
_WIDE = 44
_LONG = 32_000
_MOST_HEADER = 240
_UNITS = {"Quantity": Message("Unit"), "Amount": Message("Currency")}
_UNITS["Amount as the source converts it"] = Message("Currency of that amount")


class Asked(Weight, Protocol):
    """A pair that is put to a person."""

    @property
    def relation(self) -> str:
        """The relation between the two."""

    @property
    def evidence(self) -> str:
        """The evidence for and against the pair, as JSON."""

    @property
    def seen(self) -> str:
        """The digest of the values that are shown."""


@dataclass(frozen=True)
class Sheet:
    """One pair: its stable names, how it was drawn, both rows of ENTRIES, where they stand and what stands
    there."""

    pair: Asked
    names: tuple[str, str]
    drawn: str
    rows: tuple[Mapping[str, object], ...]
    places: tuple[Place, ...]
    cells: tuple[Cells, ...]
    changes: Message


@dataclass(frozen=True)
class Book:
    """The content of the workbook: the case that its reader may see, the pairs, the reader's marking."""

    case: Case
    sheets: tuple[Sheet, ...]
    marking: Message
    currency: str


@dataclass(frozen=True)
class _Writer:
    book: Book
    language: Language
    workbook: Workbook
    formats: Mapping[str, Format]
    names: Names

    def say(self, value: Value) -> str:
        return self.language.text(value)

    def head(self, column: str) -> str:
        """Return the head of a column in the workbook's language, by which it is also read back."""
        text = localized("column", column, self.language.code)
        return text[:1].upper() + text[1:]


def review_book(book: Book, language: str) -> bytes:
    """The workbook as XLSX; the same pairs give the same bytes, and no text becomes a formula."""
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    day = book.case.day
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    writer = _Writer(book, Language(language), workbook, _formats(workbook), Names(book.case))
    _first(writer)
    _pairs(writer)
    _printed(writer)
    workbook.close()
    return stream.getvalue()


def _formats(workbook: Workbook) -> dict[str, Format]:
    top = {"valign": "top", "text_wrap": True}
    fill = {"bg_color": "#fff3c4", "border": 1, "border_color": "#b26a00"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "head": workbook.add_format({"bold": True, "bg_color": "#e6eef7", "bottom": 1, **top}),
        "text": workbook.add_format({"num_format": "@", **top}),
        "fill": workbook.add_format({"num_format": "@", **top, **fill}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "number": workbook.add_format({"num_format": "#,##0.######", "valign": "top"}),
        "money": workbook.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "plain": workbook.add_format(top),
    }


def _first(writer: _Writer) -> None:
    """Write the first sheet: the title, sender, day, marking, and instructions."""
    sheet = writer.workbook.add_worksheet(writer.say(Message("Review")))
    sheet.set_column(0, 0, 110, writer.formats["plain"])
    case = writer.book.case
    sheet.write_string(0, 0, writer.say(Message("Pairs to decide")), writer.formats["title"])
    told: dict[str, Value] = {"coalition": case.title, "day": case.day, "marking": writer.book.marking}
    lines = (
        Message("{coalition}, as of {day}. Who may see this workbook: {marking}.", told),
        *((Message("Exercise: all parties and figures are invented"),) if case.exercise else ()),
        Message("Each row of the next sheet compares two records and asks for their relation."),
        Message("Select your decision in the yellow cell; leave it empty if you do not decide."),
        Message("Pairs are ordered by effect on the total; some were drawn randomly."),
        Message("Sort and filter as you like; leave the hidden columns as they are, and send it back."),
        Message("If a record has changed meanwhile, its row is not taken, and the pair is shown again."),
    )
    for at, line in enumerate(lines, start=2):
        sheet.write_string(at, 0, writer.say(line), writer.formats["plain"])


def _pairs(writer: _Writer) -> None:
    """One row a pair: verdict, both records field by field, the hidden cells."""
    sheet = writer.workbook.add_worksheet(writer.say(Message("Pairs")))
    labels = _labels(writer)
    heads = [writer.head(name) for name in SHOWN]
    for label in labels:
        heads += [writer.say((label, ": ", side)) for side in (Message("one"), Message("the other"))]
    first_hidden = len(heads)
    heads += [writer.head(name) for name in HIDDEN]
    for at, head in enumerate(heads):
        width = _WIDTHS.get(SHOWN[at], _WIDE) if at < len(SHOWN) else _WIDTH
        hide = {"hidden": True} if at >= first_hidden else {}
        sheet.set_column(at, at, width, writer.formats["text"], hide)
        sheet.write_string(0, at, head, writer.formats["head"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(writer.book.sheets), len(heads) - 1)
    for row, one in enumerate(writer.book.sheets, start=1):
        _row(writer, sheet, row, one, labels)


def _labels(writer: _Writer) -> list[Message]:
    """The fields of both records, each with its unit, those apart that no record of the workbook fills."""
    told = [fields(writer.names, record) for one in writer.book.sheets for record in one.rows]
    used = {label.id for record in told for label, value in record if value not in ("", None)}
    kept = [label for label, _ in told[0] if label.id in used]
    found = [one for label in kept for one in (label, _UNITS.get(label.id)) if one]
    return [*found, Message("Source"), Message("As submitted")]


def _row(writer: _Writer, sheet: Worksheet, row: int, one: Sheet, labels: Sequence[Message]) -> None:
    text = writer.formats["text"]
    sheet.write_number(row, 0, row)
    sheet.write_blank(row, 1, None, writer.formats["fill"])
    sheet.write_blank(row, 2, None, writer.formats["fill"])
    question, *words = holds(one.pair.relation)
    choices = [*(writer.say(word) for word in words), localized("choice", "unsure", writer.language.code)]
    sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": choices, "error_type": "warning"})
    sides = [_record(writer, one, at) for at in (0, 1)]
    differing = [label for label in sides[0] if _told(sides[0][label]) != _told(sides[1].get(label))]
    known = {"Source", "As submitted", "Reference", "Package", "Line item"}
    texts = (
        writer.say(question),
        writer.say(one.changes),
        ", ".join(writer.say(Message(label)) for label in differing if label not in known),
        writer.say(evidence(one.pair.evidence)),
    )
    for at, told in enumerate(texts, start=3):
        sheet.write_string(row, at, told[:_LONG], text)
    for at, label in enumerate(labels):
        for side in (0, 1):
            _cell(writer, sheet, (row, len(SHOWN) + 2 * at + side), sides[side].get(label.id))
    hidden = (*one.names, one.pair.relation, one.pair.seen, one.drawn)
    start = len(SHOWN) + 2 * len(labels)
    for at, told in enumerate((*hidden, check(*hidden)), start=start):
        sheet.write_string(row, at, told, text)


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _record(writer: _Writer, one: Sheet, side: int) -> dict[str, "Decimal | date | str"]:
    """Return the cells of one record, by label: numbers and days as such, all else as text."""
    found = {
        name: plain
        for label, value in fields(writer.names, one.rows[side])
        for name, plain in _plain(writer, label.id, value)
    }
    found["Source"] = writer.say(where(one.places[side]))
    found["As submitted"] = quoted(one.cells[side])
    return found


def _plain(writer: _Writer, label: str, value: Value) -> Iterator[tuple[str, "Decimal | date | str"]]:
    """A field as one cell, or as a number and its unit."""
    match value:
        case Number(value=Decimal() as number, unit=unit):
            yield label, number
            yield _UNITS[label].id, writer.language.unit(unit, number) if unit else ""
        case (Decimal() as number, " ", str() as currency):
            yield label, number
            yield _UNITS[label].id, currency
        case date():
            yield label, value
        case _:
            yield label, writer.say(value)


def _cell(
    writer: _Writer, sheet: Worksheet, at: tuple[int, int], value: "Decimal | date | str | None"
) -> None:
    """A typed cell; a text is never more than text."""
    if isinstance(value, Decimal):
        sheet.write_number(*at, float(value), writer.formats["number"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), writer.formats["day"])
    else:
        sheet.write_string(*at, (value or "")[:_LONG], writer.formats["text"])


def _printed(writer: _Writer) -> None:
    """Each sheet on A4 across, with who may see it at the head of each page, and that it is an exercise."""
    case = writer.book.case
    exercise = f"{writer.say(Message('Exercise'))} · " if case.exercise else ""
    told = writer.say(Message("Marking: {marking}", {"marking": writer.book.marking}))
    for sheet in writer.workbook.worksheets():
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        banner = f"{exercise}{told} · {case.title}".replace("&", "&&")
        sheet.set_header(f"&L{banner[:_MOST_HEADER]}")
        sheet.set_footer(f"&R{writer.say(Message('Page'))} &P {writer.say(Message('of'))} &N")
