"""The small workbook of a desk or of the recipient: sheets for everyday submissions, with drop-downs."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from konvoi.model.desk_sheets import DESK_SHEETS, FILLED_IN, DeskSheet
from konvoi.model.head import HEAD
from konvoi.model.hxl import tag
from konvoi.model.markings import MARKINGS
from konvoi.model.naming import localized
from konvoi.model.table import Column, Type
from konvoi.model.units import UNITS

_ROWS = 200
"""Rows to fill in; those below are read all the same."""

_LISTS = "_lists"
_HEAD_LINES = ("party", "day", "marking", "supersedes")
_FIRST_DAY = date(2000, 1, 1)
COMMON_CURRENCIES = (
    "EUR",
    "USD",
    "GBP",
    "PLN",
    "SEK",
    "NOK",
    "DKK",
    "CHF",
    "CZK",
    "CAD",
    "JPY",
    "AUD",
    "UAH",
)
_GUIDE = (
    "An empty cell means not reported, never zero. Columns with a star are required.",
    "The grey row is an example. It is not imported.",
)
_NUMBERS = frozenset({Type.NUMBER, Type.WHOLE, Type.SHARE, Type.MONEY})
_MONTH = "A month without a day is entered as text: '2026-03."


@dataclass(frozen=True)
class Good:
    """A good in a drop-down: the name that is picked, its identifier and its unit."""

    name: str
    good: str
    unit: str


@dataclass(frozen=True)
class Lists:
    """The entries of the drop-downs; empty where there is no workspace to take them from.

    items, movements: references that are known already. currencies: all that may be written.
    """

    goods: Sequence[Good] = ()
    partners: Sequence[str] = ()
    carriers: Sequence[str] = ()
    sites: Sequence[str] = ()
    agreements: Sequence[str] = ()
    items: Sequence[str] = ()
    movements: Sequence[str] = ()
    currencies: Sequence[str] = COMMON_CURRENCIES


class _Formula(str):
    """An entry of a hidden list that repeats a cell of another sheet; texts of others are never one."""

    __slots__ = ()


@dataclass
class _Book:
    """The workbook being written; lists: the columns of the hidden sheet, each with its entries."""

    language: str
    workbook: Workbook
    formats: Mapping[str, Format]
    entries: Lists
    hxl: bool
    lists: list[Sequence[str]] = field(default_factory=list)

    def named(self, context: str, text: str) -> str:
        return localized(context, text, self.language)

    def listed(self, texts: Sequence[str]) -> str:
        """Return the range of a list on the hidden sheet; a list that is there already is used again."""
        if texts not in self.lists:
            self.lists.append(texts)
        column = xl_col_to_name(self.lists.index(texts))
        return f"{_LISTS}!${column}$1:${column}${len(texts)}"


def desk_template(
    language: str,
    filler: str,
    *,
    day: date,
    lists: Lists | None = None,
    head: Mapping[str, str] | None = None,
    hxl: bool = False,
) -> bytes:
    """Return the small workbook of a filler (desk or recipient) as XLSX; equal arguments give equal bytes.

    day: stamped as the day of making. lists: the entries of drop-downs. head: values of the top rows. hxl:
    with the HXL tag of each column below its head.
    """
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **plain})
    workbook.set_properties(
        {"title": "Konvoi", "created": datetime(day.year, day.month, day.day, tzinfo=UTC)}
    )
    book = _Book(language, workbook, _formats(workbook), lists or Lists(), hxl)
    for at, sheet in enumerate(DESK_SHEETS[filler]):
        _sheet(book, sheet, (head or {}) if at == 0 else None)
    _write_lists(book)
    workbook.close()
    return stream.getvalue()


def _formats(workbook: Workbook) -> dict[str, Format]:
    wrapped = {"text_wrap": True, "valign": "top"}
    grey = {"font_color": "#5b6570", "bg_color": "#f0f1f3", "italic": True}
    day = {"num_format": "yyyy-mm-dd", "align": "left"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "label": workbook.add_format({"bold": True}),
        "fill": workbook.add_format({"num_format": "@", "bg_color": "#fff3c4", "border": 1}),
        "fill day": workbook.add_format({**day, "bg_color": "#fff3c4", "border": 1}),
        "guide": workbook.add_format({"font_color": "#5b6570"}),
        "head": workbook.add_format({**wrapped, "bold": True, "bg_color": "#e6eef7", "bottom": 1}),
        "must": workbook.add_format({**wrapped, "bold": True, "bg_color": "#c9dcf0", "bottom": 1}),
        "filled": workbook.add_format({"font_color": "#5b6570", "bg_color": "#f7f8fa"}),
        "tag": workbook.add_format({"font_color": "#5b6570", "num_format": "@"}),
        "text": workbook.add_format({"num_format": "@"}),
        "day": workbook.add_format(day),
        "number": workbook.add_format({"num_format": "General"}),
        "example text": workbook.add_format({**grey, "num_format": "@"}),
        "example day": workbook.add_format({**grey, **day}),
        "example number": workbook.add_format({**grey, "num_format": "General"}),
    }


@dataclass(frozen=True)
class _Field:
    """A column of a sheet as it is shown; column: of the table, None for one that fills itself in."""

    heading: str
    column: Column | None
    note: str

    @property
    def kind(self) -> str:
        """The kind of its cells."""
        if self.column is None:
            return "text"
        if self.column.type == Type.DAY:
            return "day"
        return "number" if self.column.type in _NUMBERS else "text"


def _fields(book: _Book, sheet: DeskSheet) -> Iterator[_Field]:
    """Yield the columns of a sheet; behind the good's name those that are filled in from it."""
    for name in sheet.columns:
        column = sheet.column(name)
        help = book.named("help", column.help)
        must = f" ({book.named('guide', 'must be filled')})" if column.must else ""
        month = f"\n{book.named('guide', _MONTH)}" if column.type == Type.DAY else ""
        choices = "\n• ".join(["", *(book.named("choice", str(one)) for one in column.choices)])
        yield _Field(sheet.heading(column, book.language), column, f"{help}{must}{month}{choices}")
        if name == "good" and book.entries.goods:
            filled = FILLED_IN if "unit" not in sheet.columns else FILLED_IN[:1]
            note = book.named("guide", "Filled in from the good's name.")
            yield from (_Field(_upper(book.named("form", one)), None, note) for one in filled)


def _sheet(book: _Book, sheet: DeskSheet, head: Mapping[str, str] | None) -> None:
    """Write a sheet: top rows, head with notes, example row, empty rows with formats and drop-downs."""
    page = book.workbook.add_worksheet(sheet.title(book.language))
    fields = list(_fields(book, sheet))
    top = _top(book, page, sheet, head)
    for at, one in enumerate(fields):
        page.set_column(at, at, _width(one), book.formats[one.kind])
        required = one.column is not None and one.column.must
        page.write_string(top, at, one.heading, book.formats["must" if required else "head"])
        page.write_comment(top, at, one.note, {"author": "Konvoi", "x_scale": 2, "y_scale": 1.5})
        if book.hxl and one.column and (text := tag(sheet.table, one.column)):
            page.write_string(top + 1, at, text, book.formats["tag"])
    body = top + (2 if book.hxl else 1)
    for at, one in enumerate(fields):
        _example(book, page, (body, at), sheet, one)
        _column(book, page, (body + 1, at), sheet, fields)
    page.freeze_panes(top + 1, 1)
    page.autofilter(body - 1, 0, body + _ROWS, len(fields) - 1)
    _printed(book, page, sheet, top)


def _top(book: _Book, page: Worksheet, sheet: DeskSheet, head: Mapping[str, str] | None) -> int:
    """Write the rows above the table; return the row of its head, from 0."""
    row = 0
    if head is not None:
        title = book.named("form", "Submission to Konvoi: {sheet}").replace(
            "{sheet}", sheet.title(book.language)
        )
        page.write_string(0, 0, title, book.formats["title"])
        row = 1
        for name in _HEAD_LINES:
            column = next(one for one in HEAD.columns if one.name == name)
            page.write_string(row, 0, book.named("head", name), book.formats["label"])
            kind = "fill day" if column.type == Type.DAY else "fill"
            value = head.get(name, "")
            page.write(row, 1, value or None, book.formats[kind])
            page.write_string(row, 2, book.named("help", column.help), book.formats["guide"])
            rule = _head_rule(book, name, column)
            if rule:
                page.data_validation(row, 1, row, 1, rule)
            row += 1
    for sentence in _GUIDE if head is not None else (" ".join(book.named("form", one) for one in _GUIDE),):
        page.write_string(row, 0, book.named("form", sentence), book.formats["guide"])
        row += 1
    return row


def _head_rule(book: _Book, name: str, column: Column) -> dict[str, object] | None:
    if name == "marking":
        words = [book.named("choice", one) for one in MARKINGS]
        return {"validate": "list", "source": f"={book.listed(words)}", "show_error": False}
    if name == "party" and book.entries.partners:
        partners = book.listed(book.entries.partners)
        return {"validate": "list", "source": f"={partners}", "show_error": False}
    if column.type == Type.DAY:
        return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_type": "warning"}
    return None


def _example(book: _Book, page: Worksheet, at: tuple[int, int], sheet: DeskSheet, one: _Field) -> None:
    value = sheet.example_text(one.column.name, book.language) if one.column else None
    form = book.formats[f"example {one.kind}"]
    if isinstance(value, date):
        page.write_datetime(*at, datetime(value.year, value.month, value.day), form)
    elif isinstance(value, int):
        page.write_number(*at, value, form)
    elif value:
        page.write_string(*at, value, form)
    else:
        page.write_blank(*at, None, form)


def _column(
    book: _Book, page: Worksheet, at: tuple[int, int], sheet: DeskSheet, fields: Sequence[_Field]
) -> None:
    """Write the rule and the formulas of a column below the example row."""
    row, place = at
    one = fields[place]
    last = row + _ROWS - 1
    if rule := _rule(book, sheet, one, f"{xl_col_to_name(place)}{row + 1}"):
        page.data_validation(row, place, last, place, rule)
    by_name = next((at for at, other in enumerate(fields) if _is_good(other)), None)
    looked_up = _looked_up(book, one)
    if looked_up is None or by_name is None:
        return
    goods = book.listed([good.name for good in book.entries.goods])
    name = xl_col_to_name(by_name)
    form = book.formats["filled" if one.column is None else "text"]
    for number in range(row, last + 1):
        formula = f'=IFERROR(INDEX({looked_up},MATCH({name}{number + 1},{goods},0)),"")'
        page.write_formula(number, place, formula, form, "")


def _looked_up(book: _Book, one: _Field) -> str | None:
    """Return the list from which a column is filled in by the good's name; None for other columns."""
    goods = book.entries.goods
    if not goods:
        return None
    if one.column is None and one.heading == _upper(book.named("form", FILLED_IN[0])):
        return book.listed([good.good for good in goods])
    if one.column is None or one.column.name == "unit":
        return book.listed([book.named("unit", good.unit) for good in goods])
    return None


def _is_good(one: _Field) -> bool:
    return one.column is not None and one.column.name == "good"


def _rule(book: _Book, sheet: DeskSheet, one: _Field, cell: str) -> dict[str, object] | None:
    """Return the drop-down or check of a column; only choices and days are enforced."""
    column = one.column
    if column is None:
        return None
    if column.choices:
        words = [book.named("choice", str(choice)) for choice in column.choices]
        return {"validate": "list", "source": f"={book.listed(words)}"}
    if column.type == Type.YES:
        words = [book.named("choice", "yes"), book.named("choice", "no")]
        return {"validate": "list", "source": f"={book.listed(words)}"}
    if column.type == Type.DAY:
        # A month alone is text, such as 2026-03: spreadsheets would turn it into its first day.
        month = f'AND(ISTEXT({cell}),LEN({cell})=7,MID({cell},5,1)="-")'
        return {
            "validate": "custom",
            "value": f"=OR(AND(ISNUMBER({cell}),{cell}>=36526),{month})",
            "error_type": "warning",
            "error_title": "Konvoi",
            "error_message": book.named("guide", "Enter a day such as 2026-03-31."),
        }
    if column.type in _NUMBERS:
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_title": "Konvoi",
            "error_message": book.named("guide", "Enter a number; units have a column of their own."),
        }
    source = _source(book, sheet, column)
    return {"validate": "list", "source": f"={source}", "show_error": False} if source else None


def _source(book: _Book, sheet: DeskSheet, column: Column) -> str:
    """Return the range from which a column's cells are picked; empty for none."""
    known = book.entries
    lists: dict[str, Sequence[str]] = {
        "good": [good.name for good in known.goods],
        "unit": [book.named("unit", one) for one in UNITS],
        "currency": known.currencies,
        "agreement": known.agreements,
        "marking": [book.named("choice", one) for one in MARKINGS],
        "reference": known.movements,
    }
    texts = lists.get(column.name, ())
    if column.type == Type.PARTY:
        texts = known.carriers if column.name == "carrier" else known.partners
    elif column.refers == "sites":
        texts = known.sites
    if column.refers in ("packages", "lines") and column.name != sheet.columns[0]:
        return _own_rows(book, column)
    return book.listed(list(texts)) if texts else ""


def _own_rows(book: _Book, column: Column) -> str:
    """Return the references in the sheet that a column refers to, those known already before them."""
    sheet = next(one for one in DESK_SHEETS["desk"] if one.table.name == column.refers)
    # The rows begin below title, head lines, guide, heads and example, or below guide, heads and example.
    first = (len(_HEAD_LINES) + len(_GUIDE) + 4 if sheet is DESK_SHEETS["desk"][0] else 4) + book.hxl
    own = f"'{sheet.title(book.language)}'!"
    known = list(book.entries.items) if column.refers == "lines" else []
    if not known:
        return f"{own}$A${first}:$A${first + _ROWS - 1}"
    rows = [_Formula(f'=IF({own}$A${row}="","",{own}$A${row})') for row in range(first, first + _ROWS)]
    return book.listed([*known, *rows])


def _printed(book: _Book, page: Worksheet, sheet: DeskSheet, top: int) -> None:
    """Set the page: A4 across, one page wide, the heads repeated, page x of y."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_header(f"&LKonvoi · {sheet.title(book.language)}")
    page.set_footer(f"&R{book.named('form', 'Page')} &P / &N")


def _write_lists(book: _Book) -> None:
    """Write the hidden sheet with the entries of all drop-downs, one column each."""
    page = book.workbook.add_worksheet(_LISTS)
    for at, texts in enumerate(book.lists):
        for row, text in enumerate(texts):
            if isinstance(text, _Formula):
                page.write_formula(row, at, text, None, "")
            else:
                page.write_string(row, at, text)
    page.very_hidden()


def _width(one: _Field) -> int:
    return max(12, min(30, len(one.heading) + 4))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
