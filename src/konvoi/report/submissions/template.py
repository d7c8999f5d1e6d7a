"""The workbook to fill in: a sheet that says how, then one for each table, in a language of choice."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from konvoi.kit.money import to_major
from konvoi.model.head import HEAD
from konvoi.model.hxl import tag
from konvoi.model.naming import heading, localized
from konvoi.model.table import Column, Table, Type
from konvoi.model.tables import TABLES

_ROWS = 5_000
_LISTS = "_lists"
_GUIDE = (
    "Fill in the lines above, then the sheets that you need; leave the others as they are.",
    "Columns with a star must be filled. The note on each head says what the column holds.",
    "Leave empty what is not known. Empty never means zero.",
    "A day that is only known as a month may be written as 2026-03.",
    "Give each row a reference of your own and keep it in later versions.",
    "Several entries in one cell are separated by semicolons.",
)
_TEXT_TYPES = frozenset(
    {Type.ID, Type.REF, Type.TEXT, Type.PARTY, Type.CURRENCY, Type.CHOICE, Type.LIST, Type.URL, Type.EMAIL}
    | {Type.YES}
)


@dataclass(frozen=True)
class _Book:
    """The workbook being written: its language, its formats, and where each list of choices stands."""

    language: str
    workbook: Workbook
    formats: Mapping[str, Format]
    lists: Mapping[tuple[str, ...], str]
    sheets: Mapping[str, str]
    hxl: bool = False
    full: bool = False

    @property
    def body(self) -> int:
        """The number of rows above the first one to fill in: the head, and the tags where they are asked."""
        return 2 if self.hxl else 1

    def say(self, context: str, text: str) -> str:
        return localized(context, text, self.language)


def template(
    language: str = "en",
    *,
    day: date,
    tables: Sequence[Table] = TABLES,
    head: Mapping[str, str] | None = None,
    rows: Mapping[str, pl.DataFrame] | None = None,
    hxl: bool = False,
    full: bool = False,
    note: str = "",
) -> bytes:
    """The workbook as XLSX; the same arguments give the same bytes.

    day: stamped as the day of making. head: values for the lines of the first sheet. rows: frames of
    the tables' schemas to be filled in (money in minor units), so that what was read can be handed back.
    hxl: with the HXL tag of each column in the second row. full: with all columns, also those that a desk
    seldom needs (decision 0002). note: stands on the first sheet, and at the
    head of each printed page.
    """
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    sheets = {table.name: _sheet_name(table, language) for table in tables}
    book = _Book(language, workbook, _formats(workbook), _places(tables), sheets, hxl, full)
    _first(book, tables, {"language": language, **(head or {})})
    for table in tables:
        _sheet(book, table, (rows or {}).get(table.name))
    if note:
        _noted(workbook, note)
    _lists(book)
    workbook.close()
    return stream.getvalue()


def _noted(workbook: Workbook, note: str) -> None:
    """A note on every sheet: read by whoever opens or prints it, and no part of the submission."""
    for sheet in workbook.worksheets():
        sheet.set_header(f"&C{note.replace('&', '&&')}")
    workbook.worksheets()[0].write_string(1, 0, note)


def _sheet_name(table: Table, language: str) -> str:
    name = localized("table", table.name, language)
    return name[:1].upper() + name[1:]


def _formats(workbook: Workbook) -> dict[str, Format]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "head": workbook.add_format({**wrapped, "bold": True, "bg_color": "#e6eef7", "bottom": 1}),
        "must": workbook.add_format({**wrapped, "bold": True, "bg_color": "#c9dcf0", "bottom": 1}),
        "tag": workbook.add_format({"font_color": "#5b6570", "num_format": "@"}),
        "text": workbook.add_format({"num_format": "@"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "number": workbook.add_format({"num_format": "General"}),
        "wrapped": workbook.add_format(wrapped),
    }


def _first(book: _Book, tables: Sequence[Table], head: Mapping[str, str]) -> None:
    """The first sheet: the head, how to fill in, what each sheet holds."""
    sheet = book.workbook.add_worksheet("Konvoi")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 70)
    sheet.write_string(0, 0, book.say("guide", "Konvoi submission"), book.formats["title"])
    for at, column in enumerate(HEAD.columns, start=2):
        sheet.write_string(at, 0, book.say("head", column.name), book.formats["head"])
        sheet.write_string(at, 1, head.get(column.name, ""), book.formats["text"])
        sheet.write_string(at, 2, book.say("help", column.help), book.formats["wrapped"])
    guide = 3 + len(HEAD.columns)
    sheet.write_string(guide, 0, book.say("guide", "How to fill it in"), book.formats["title"])
    for at, sentence in enumerate(_GUIDE, start=guide + 1):
        sheet.write_string(at, 0, book.say("guide", sentence))
    listed = guide + len(_GUIDE) + 2
    sheet.write_string(listed, 0, book.say("guide", "Sheet"), book.formats["head"])
    sheet.write_string(listed, 1, book.say("guide", "What it holds"), book.formats["head"])
    for at, table in enumerate(tables, start=listed + 1):
        sheet.write_string(at, 0, book.sheets[table.name])
        sheet.write_string(at, 1, book.say("help", table.help))


def _sheet(book: _Book, table: Table, rows: pl.DataFrame | None) -> None:
    """A table's sheet: frozen head with notes, filter, formats and drop-downs, and the rows given."""
    sheet = book.workbook.add_worksheet(book.sheets[table.name])
    columns = list(table.columns) if book.full else _columns(table, rows)
    for at, column in enumerate(columns):
        name = heading(column, book.language)
        kind = "text" if column.type in _TEXT_TYPES else "day" if column.type == Type.DAY else "number"
        sheet.set_column(at, at, max(11, min(34, len(name) + 4)), book.formats[kind])
        sheet.write_string(0, at, name, book.formats["must" if column.must else "head"])
        sheet.write_comment(0, at, _note(book, column), {"author": "Konvoi", "x_scale": 2})
        if validation := _validation(book, column):
            sheet.data_validation(book.body, at, _ROWS, at, validation)
        if book.hxl and (said := tag(table, column)):
            sheet.write_string(1, at, said, book.formats["tag"])
    sheet.freeze_panes(book.body, 1)
    height = rows.height if rows is not None else 0
    last = book.body - 1
    sheet.autofilter(last, 0, last + max(1, height), len(columns) - 1)
    for row, values in enumerate(rows.iter_rows(named=True) if rows is not None else (), start=book.body):
        for at, column in enumerate(columns):
            _cell(book, sheet, (row, at), column, values)


def _columns(table: Table, rows: pl.DataFrame | None) -> list[Column]:
    """The columns of the template, and those beside it of which the rows given state something."""
    stated = (
        {name for name in rows.columns if rows[name].null_count() < rows.height}
        if rows is not None
        else set()
    )
    return [column for column in table.columns if column.desk or column.name in stated]


def _note(book: _Book, column: Column) -> str:
    must = f" ({book.say('guide', 'must be filled')})" if column.must else ""
    choices = "\n• ".join(["", *(book.say("choice", str(choice)) for choice in column.choices)])
    return f"{book.say('help', column.help)}{must}{choices}"


def _validation(book: _Book, column: Column) -> dict[str, object] | None:
    """The drop-down of a column; only choices are enforced, for ids may stand in another submission."""
    if column.choices:
        return {"validate": "list", "source": book.lists[tuple(map(str, column.choices))]}
    if column.type == Type.YES:
        return {"validate": "list", "source": [book.say("choice", "yes"), book.say("choice", "no")]}
    refers = "parties" if column.type == Type.PARTY else column.refers
    if refers in book.sheets:
        source = f"='{book.sheets[refers]}'!$A${book.body + 1}:$A${_ROWS}"
        return {"validate": "list", "source": source, "show_error": False}
    return None


def _cell(
    book: _Book, sheet: Worksheet, at: tuple[int, int], column: Column, values: Mapping[str, object]
) -> None:
    value = values[column.name]
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), book.formats["day"])
    elif isinstance(value, bool):
        sheet.write_string(*at, book.say("choice", "yes" if value else "no"), book.formats["text"])
    elif isinstance(value, Decimal | int):
        _number(sheet, at, _major(column, value, values), book.formats["number"])
    elif column.type == Type.CHOICE or column.name == "marking":
        sheet.write_string(*at, book.say("choice", str(value)), book.formats["text"])
    else:
        sheet.write_string(*at, str(value), book.formats["text"])


def _major(column: Column, value: Decimal | int, values: Mapping[str, object]) -> Decimal:
    if column.type == Type.MONEY and isinstance(value, int):
        return to_major(value, str(values["currency"] or ""))
    return Decimal(value)


def _number(sheet: Worksheet, at: tuple[int, int], value: Decimal, format: Format) -> None:
    """A number as such where a spreadsheet keeps it exactly, else as text in full."""
    if Decimal(repr(float(value))) == value:
        sheet.write_number(*at, float(value), format)
    else:
        sheet.write_string(*at, f"{value:f}", format)


def _places(tables: Sequence[Table]) -> dict[tuple[str, ...], str]:
    """Return the range of each list of choices on the hidden sheet, one column each."""
    wanted = [
        tuple(map(str, column.choices)) for table in tables for column in table.columns if column.choices
    ]
    return {
        choices: f"={_LISTS}!${xlsxwriter.utility.xl_col_to_name(at)}$1"
        f":${xlsxwriter.utility.xl_col_to_name(at)}${len(choices)}"
        for at, choices in enumerate(dict.fromkeys(wanted))
    }


def _lists(book: _Book) -> None:
    sheet = book.workbook.add_worksheet(_LISTS)
    for at, choices in enumerate(book.lists):
        for row, choice in enumerate(choices):
            sheet.write_string(row, at, book.say("choice", choice))
    sheet.very_hidden()
