"""A workbook: what it is, every table with real numbers and days, what is behind each figure, and the
entries."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

import xlsxwriter

from konvoi.report.chart_table import tables
from konvoi.report.evidence_index import Binder, runs
from konvoi.report.language import Language, is_currency
from konvoi.report.page import Chance, Column, Message, Number, Page, Record, Share, Table, Value
from konvoi.report.page_tags import page_tag
from konvoi.report.sheet_names import LONGEST, sheet_name
from konvoi.report.writer import Writer

WIDEST = 60
MOST_CHARACTERS = 32_000
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_ENTRY_HEADS = (
    "No.",
    "What",
    "Partner",
    "Stage",
    "First day",
    "Last day",
    "Quantity",
    "Unit",
    "Amount",
    "Currency",
    "File",
    "Sheet",
    "Row",
    "Column",
    "Source",
    "Address",
)


def write(page: Page, language: str, *, hxl: bool = False) -> Mapping[str, bytes]:
    """The page as brief.xlsx; hxl: with the HXL tag of each column below its head."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": page.title, "created": datetime.combine(page.day, time(), UTC)})
    _Book(book, page, Language(language), hxl=hxl).fill()
    book.close()
    return {"brief.xlsx": content.getvalue()}


class _Book:
    """The workbook while it is written. top: the rows of a sheet's head."""

    def __init__(self, book: Any, page: Page, language: Language, *, hxl: bool) -> None:
        self.book = book
        self.top = 2 if hxl else 1
        self.page = page
        self.language = language
        self.binder = Binder.of(page)
        self.names: set[str] = set()
        font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.plain = book.add_format(font)
        self.wrap = book.add_format(font | {"text_wrap": True})
        self.bold = book.add_format(font | {"bold": True})
        self.head = book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True})
        self.day = book.add_format(font | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.number = book.add_format(font | {"num_format": "#,##0.######"})
        self.whole = book.add_format(font | {"num_format": "#,##0"})
        self.percent = book.add_format(font | {"num_format": "0 %"})

    def fill(self) -> None:
        """All sheets, in the order of the brief."""
        self._about()
        for section in self.page.sections:
            for table in tables(section):
                if table.rows:
                    self._table(table)
        self._behind()
        self._entries()

    def say(self, id: str, **values: Value) -> str:
        """A message in the workbook's language."""
        return self.language.text(Message(id, values))

    def _sheet(self, name: str) -> Any:
        """A new sheet; its name is cut to what a workbook takes and stays unique."""
        plain = _FORBIDDEN.sub(" ", name)[:LONGEST].strip() or "-"
        unique = plain
        count = 1
        while unique.casefold() in self.names:
            count += 1
            unique = f"{plain[:28].strip()} {count}"
        self.names.add(unique.casefold())
        sheet = self.book.add_worksheet(unique)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{self._banner().replace('&', '&&')}")
        sheet.set_footer(f"&R{self.say('Page')} &P {self.say('of')} &N")
        return sheet

    def _banner(self) -> str:
        exercise = f"{self.say('Exercise')} · " if self.page.exercise else ""
        return f"{exercise}{self.say('Marking: {marking}', marking=self.page.marking)} · {self.page.title}"

    def _about(self) -> None:
        sheet = self._sheet(self.say("About"))
        sheet.set_column(0, 0, 100, self.wrap)
        lines = [
            (self.page.title, self.bold),
            (self.say("Brief as of {day}", day=self.page.day), self.plain),
            (self.say("Marking: {marking}", marking=self.page.marking), self.bold),
        ]
        if self.page.exercise:
            lines.append((self.say("Exercise: all parties and figures are invented"), self.bold))
        lines.append((self.say(_HOW), self.wrap))
        for section in self.page.sections:
            lines += [("", self.plain), (self.language.text(section.title), self.bold)]
            lines += [(self.language.text(sentence), self.wrap) for sentence in section.answer]
        for row, (words, style) in enumerate(lines):
            sheet.write_string(row, 0, words, style)

    def _table(self, table: Table) -> None:
        sheet = self._sheet(self.language.text(sheet_name(table)))
        rows = [*([table.sums] if table.sums else []), *table.rows]
        heads = self._heads(sheet, table.columns, len(rows))
        widths = [len(head) for head in heads]
        for at, row in enumerate(rows, self.top):
            for column, value in enumerate(row):
                written = self._cell(sheet, (at, column), value, table.columns[column])
                widths[column] = max(widths[column], written)
        self._widths(sheet, widths)

    def _heads(self, sheet: Any, columns: Sequence[Column], rows: int) -> list[str]:
        """Write the heads, with their tags below where they are wanted; return the heads."""
        heads = [self._head(column) for column in columns]
        last = self.top - 1
        for at, head in enumerate(heads):
            sheet.write_string(0, at, head, self.head)
            if last:
                sheet.write_string(last, at, page_tag(columns[at]), self.plain)
        sheet.freeze_panes(self.top, 1)
        sheet.autofilter(last, 0, max(rows, 1) + last, len(heads) - 1)
        sheet.repeat_rows(0)
        return heads

    def _widths(self, sheet: Any, widths: Sequence[int]) -> None:
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, 8), WIDEST))

    def _head(self, column: Column) -> str:
        name = self.language.text(column.name)
        if not column.unit:
            return name
        unit = column.unit if is_currency(column.unit) else self.language.unit(column.unit, 2)
        return f"{name}, {unit}"

    def _cell(self, sheet: Any, at: tuple[int, int], value: Value, column: Column) -> int:
        """Write one value as what it is; returns how many characters it takes."""
        match value:
            case None:
                return 0
            case Number():
                return self._number(sheet, at, value, column)
            case Share(value=Decimal()):
                sheet.write_number(*at, float(value.value or 0), self.percent)
                return 5
            case Chance():
                sheet.write_number(*at, round(value.probability, 4), self.percent)
                return 5
            case date():
                sheet.write_datetime(*at, datetime.combine(value, time()), self.day)
                return 10
            case int() | Decimal():
                sheet.write_number(*at, float(value), self.number)
                return len(str(value))
        words = _fitting(self.language.text(value))
        sheet.write_string(*at, words, self.wrap if len(words) > WIDEST else self.plain)
        return len(words)

    def _number(self, sheet: Any, at: tuple[int, int], number: Number, column: Column) -> int:
        known = self.binder.known(number)
        if known:
            where = self._name_of_entries()
            row = known[0]
            if len(known) > 1:
                where = self._name_of_behind()
                row = self.binder.number(number)
            # The link is written first: the number then takes its cell and keeps it.
            sheet.write_url(*at, f"internal:'{where}'!A{row + self.top}", self.plain)
        if number.value is None:
            sheet.write_string(*at, self.say("not known"), self.plain)
            return 10
        percent = column.unit == "%"
        value = number.value / 100 if percent else number.value
        style = self.percent if percent else self.whole if value == int(value) else self.number
        sheet.write_number(*at, float(value), style)
        return len(f"{value:,.6f}".rstrip("0")) + 1

    def _name_of_behind(self) -> str:
        return _FORBIDDEN.sub(" ", self.say("Source records of the figures"))[:LONGEST].strip()

    def _behind(self) -> None:
        sheet = self._sheet(self.say("Source records of the figures"))
        heads = [Column(Message(head)) for head in ("No.", "Figure", "Number", "Entries")]
        self._heads(sheet, heads, len(self.binder.lists))
        for records, captions in self.binder.lists.items():
            name = self.binder.names[records]
            row = name + self.top - 1
            figures = " · ".join(self._figure(number) for number in captions)
            numbers = ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in runs(records))
            sheet.write_number(row, 0, name, self.whole)
            sheet.write_string(row, 1, figures, self.plain)
            first = f"internal:'{self._name_of_entries()}'!A{records[0] + self.top}"
            sheet.write_url(row, 2, first, self.plain)
            sheet.write_number(row, 2, len(records), self.whole)
            sheet.write_string(row, 3, _fitting(numbers), self.plain)
        self._widths(sheet, [6, 48, 8, 48])

    def _name_of_entries(self) -> str:
        return _FORBIDDEN.sub(" ", self.say("Entries"))[:LONGEST].strip()

    def _figure(self, number: Number) -> str:
        if number.value is None:
            return self.say("not known")
        stage = f", {self.say(number.stage)}" if number.stage else ""
        return self.language.exact(number.value, number.unit) + stage

    def _entries(self) -> None:
        sheet = self._sheet(self.say("Entries"))
        self._heads(sheet, [Column(Message(head)) for head in _ENTRY_HEADS], len(self.page.records))
        for at, record in enumerate(self.page.records, 1):
            for column, value in enumerate(self._record(at, record)):
                self._cell(sheet, (at + self.top - 1, column), value, Column(Message("")))
        self._widths(sheet, [6, 36, 20, 12, 10, 10, 12, 8, 16, 8, 28, 14, 6, 14, 20, 40])

    def _record(self, at: int, record: Record) -> tuple[Value, ...]:
        quantity = record.quantity
        amount = record.amount
        return (
            at,
            record.what,
            record.party,
            record.stage,
            record.days[0] if record.days else None,
            record.days[-1] if record.days else None,
            quantity.value if quantity else None,
            self.language.unit(quantity.unit) if quantity else "",
            amount.value if amount else None,
            amount.unit if amount else "",
            record.file,
            record.sheet,
            record.row or None,
            record.column,
            record.source,
            record.address,
        )


def _fitting(words: str) -> str:
    """Words as long as a cell of a workbook takes; what is cut ends with an ellipsis.

    >>> len(_fitting("x" * 40_000)), _fitting("x")
    (32002, 'x')
    """
    return words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]} …"


_HOW = (
    "Each sheet holds one table of the brief, with units in the header. Linked figures lead to the "
    "sheet “Source records of the figures”, and from there to the entries with file, sheet, row, "
    "column and source."
)

XLSX = Writer("xlsx", False, write)
TAGGED_XLSX = replace(XLSX, write=partial(write, hxl=True))
"""The same with HXL tags."""
