"""Orders as a workbook: what it is, conflicts, then one sheet a week with real numbers and days."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from konvoi.kit.days import week as week_of
from konvoi.report.orders.paper import KINDS, NOTE, SEVERITIES, answer, gone, sums
from konvoi.report.orders.sheet import Item, Sheet, changed, papers
from konvoi.report.orders.spoken import Spoken
from konvoi.report.orders.wording import NOT_SHOWN
from konvoi.report.page import Message, Value

HEADS: tuple[tuple[str, str, int], ...] = (
    ("Consignment", "", 18),
    ("Change", "", 24),
    ("Line item", "", 18),
    ("Need", "", 18),
    ("Partner", "", 18),
    ("Good", "", 24),
    ("Quantity", "", 12),
    ("Unit", "", 8),
    ("Gross weight", "kg", 12),
    ("Volume", "m³", 12),
    ("Pallet places", "", 10),
    ("Hazard class", "", 14),
    ("Net explosive quantity", "kg", 12),
    ("Pick-up from", "", 12),
    ("Pick-up to", "", 12),
    ("Loads", "", 12),
    ("Pick-up place", "", 20),
    ("Contact for pick-up", "", 22),
    ("Legs", "", 60),
    ("Crossing", "", 20),
    ("Consignee", "", 18),
    ("Destination", "", 20),
    ("Arrives", "", 12),
    ("Due date", "", 12),
    ("Contact at the consignee", "", 22),
    ("Papers missing", "", 40),
    ("Papers there", "", 40),
    ("Consignment's id in the plan", "", 20),
)
"""Head, unit and width of each column of a week's sheet."""

LEGS = [head for head, _, _ in HEADS].index("Legs")

_MOST = 32_000
_PAGE = 170
"""How many signs stand side by side on a printed page that can still be read."""

MOST_HEADER = 250


@dataclass
class Workbooks:
    """Writes the workbooks of one issue in one language."""

    spoken: Spoken

    def book(self, sheet: Sheet) -> bytes:
        """A reader's workbook."""
        content = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(content, options)
        created = datetime.combine(sheet.issue.case.day, time(), UTC)
        book.set_properties({"title": self.spoken.text(sheet.title), "created": created})
        _Book(book, sheet, self.spoken).fill()
        book.close()
        return content.getvalue()


class _Book:
    """One workbook while it is written."""

    def __init__(self, book: Any, sheet: Sheet, spoken: Spoken) -> None:
        self.book = book
        self.sheet = sheet
        self.spoken = spoken
        self.language = spoken.language
        font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.plain = book.add_format(font)
        self.wrap = book.add_format(font | {"text_wrap": True})
        self.bold = book.add_format(font | {"bold": True})
        self.head = book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True})
        self.day = book.add_format(font | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.number = book.add_format(font | {"num_format": "#,##0.######"})

    def fill(self) -> None:
        """All sheets."""
        self._about()
        self._conflicts()
        for monday, items in self.sheet.weeks.items():
            self._week(monday, items)

    def text(self, value: Value) -> str:
        """A value in words that fit a cell."""
        words = self.spoken.text(value)
        return words if len(words) <= _MOST else f"{words[:_MOST]} …"

    def _new(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{self._banner().replace('&', '&&')[:MOST_HEADER]}")
        sheet.set_footer(f"&R{self.text(Message('Page'))} &P {self.text(Message('of'))} &N")
        return sheet

    def _banner(self) -> str:
        case = self.sheet.issue.case
        exercise = f"{self.text(Message('Exercise'))} · " if case.exercise else ""
        told = self.text(Message("Marking: {marking}", {"marking": self.sheet.marking}))
        return f"{exercise}{told} · {self.text(self.sheet.title)}"

    def _about(self) -> None:
        sheet = self._new(self.text(Message("About"))[:31])
        sheet.set_column(0, 0, 100)
        case = self.sheet.issue.case
        lines: list[tuple[Value, Any]] = [
            (self.sheet.title, self.bold),
            (case.title, self.plain),
            (Message("Issued on {day}", {"day": case.day}), self.plain),
            (Message("Marking: {marking}", {"marking": self.sheet.marking}), self.bold),
        ]
        if case.exercise:
            lines.append((Message("Exercise: all parties and figures are invented"), self.bold))
        lines += [(answer(self.sheet), self.wrap), (_HOW, self.wrap), (NOTE, self.wrap)]
        for monday, items in self.sheet.weeks.items():
            lines.append(((week_of(monday), ": ", sums(items)), self.wrap))
        if self.sheet.gone:
            lines.append((Message("No longer in the orders"), self.bold))
            lines += [(line, self.wrap) for line in gone(self.sheet)]
        for row, (words, style) in enumerate(lines):
            sheet.write_string(row, 0, self.text(words), style)

    def _conflicts(self) -> None:
        if not self.sheet.conflicts:
            return
        sheet = self._new(self.text(Message("Conflicts"))[:31])
        heads = ("Kind", "State", "First day", "Last day", "Conflict", "Remedy")
        for column, head in enumerate(heads):
            sheet.write_string(0, column, self.text(Message(head)), self.head)
        mine = self.sheet.mine
        wording = self.sheet.wording
        for at, row in enumerate(self.sheet.conflicts, 1):
            ways = "\n".join(self.text(line) for line in wording.solution(row, mine))
            self._write(sheet, at, 0, KINDS[str(row["kind"])])
            self._write(sheet, at, 1, SEVERITIES[str(row["severity"])])
            self._write(sheet, at, 2, _day(row["first"]))
            self._write(sheet, at, 3, _day(row["last"]))
            sheet.write_string(at, 4, self.text(wording.conflict(row, mine)), self.wrap)
            sheet.write_string(at, 5, ways, self.wrap)
        self._frozen(sheet, len(self.sheet.conflicts), (14, 16, 12, 12, 70, 70))

    def _frozen(self, sheet: Any, rows: int, widths: Sequence[int]) -> None:
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(rows, 1), len(widths) - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.fit_to_pages(max(1, round(sum(widths) / _PAGE)), 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def _week(self, monday: date, items: Sequence[Item]) -> None:
        sheet = self._new(week_of(monday))
        for column, (head, unit, _) in enumerate(HEADS):
            words = self.text(Message(head))
            sheet.write_string(
                0, column, f"{words}, {self.language.unit(unit)}" if unit else words, self.head
            )
        for at, item in enumerate(items, 1):
            for column, value in enumerate(self._cells(item)):
                self._write(sheet, at, column, value)
        self._frozen(sheet, len(items), [width for _, _, width in HEADS])

    def _write(self, sheet: Any, at: int, column: int, value: Value) -> None:
        match value:
            case None | "" | ():
                return
            case Decimal():
                sheet.write_number(at, column, float(value), self.number)
            case date():
                sheet.write_datetime(at, column, datetime.combine(value, time()), self.day)
            case _:
                words = self.text(value)
                sheet.write_string(at, column, words, self.wrap if "\n" in words else self.plain)

    def _cells(self, item: Item) -> Iterator[Value]:
        """A consignment's cells in the order of HEADS; all but the legs are worded once for all readers."""
        own = self.sheet.view.of(item.row, self.sheet.issue)
        key = (item.row["consignment"], own)
        if key not in self.spoken.fields:
            self.spoken.fields[key] = tuple(self._plain(value) for value in self._all(item))
        known = self.spoken.fields[key]
        yield from known[:LEGS]
        lines = self.spoken.way(self.sheet, item, own)
        # The crossing has a column of its own; a word stands alone where there are no legs.
        yield self._joined(line for line in lines if isinstance(line, str) or len(lines) == 1)
        yield from known[LEGS:]

    def _plain(self, value: Value) -> Value:
        return value if value is None or isinstance(value, Decimal | date | str) else self.text(value)

    def _all(self, item: Item) -> Iterator[Value]:
        """A consignment's cells in the order of HEADS, without the legs."""
        row = item.row
        wording = self.sheet.wording
        name = str(row["consignment"])
        sender = wording.view.sender(row)
        need = wording.view.may("needs", row["need"])
        yield wording.issue.number(name)
        yield self._joined(changed(wording, name))
        yield str(row["line"] or row["offer"] or row["budget"] or "") if sender else NOT_SHOWN
        yield str(row["need"]) if need else NOT_SHOWN
        yield wording.party(row["party"]) if sender else NOT_SHOWN
        yield wording.names.good(str(row["good"]))
        yield _number(row["quantity"])
        yield self.language.unit(str(row["unit"] or ""))
        yield from (self._measured(row[name]) for name in ("gross_kg", "volume_m3", "pallets"))
        yield str(row["hazard"]) if row["hazard"] else Message("not stated")
        yield self._measured(row["neq_kg"])
        yield from (_day(row[name]) for name in ("pickup_from", "pickup_to", "departs"))
        yield wording.site(row["from"])
        yield wording.desk(row["party"]) if sender else NOT_SHOWN
        yield self._joined(wording.site(one) for one in str(row["crossing"] or "").split("; ") if one)
        yield from self._received(item, need=need)
        found = papers(wording, name)
        missing = [one for one in found if isinstance(one, tuple) and one[0] == "✗ "]
        yield self._joined(one[1:] for one in missing)
        there = [one for one in found if one not in missing]
        yield self._joined(one[1:] if isinstance(one, tuple) else one for one in there)
        yield name

    def _received(self, item: Item, *, need: bool) -> Iterator[Value]:
        row = item.row
        wording = self.sheet.wording
        if not need:
            yield from (NOT_SHOWN, NOT_SHOWN, None, None, NOT_SHOWN)
            return
        yield wording.party(row["consignee"])
        yield wording.site(row["to"])
        yield from (_day(row["arrives"]), _day(row["due"]))
        yield wording.desk(row["consignee"])

    def _joined(self, values: Iterator[Value]) -> str:
        return "\n".join(self.text(value) for value in values)

    def _measured(self, value: object) -> Value:
        return value if isinstance(value, Decimal) else Message("not stated")


def _number(value: object) -> Value:
    return value if isinstance(value, Decimal) else None


def _day(value: object) -> Value:
    return value if isinstance(value, date) else None


_HOW = Message(
    "The first sheet lists the conflicts, then there is one sheet for each week. Units "
    "are in the header. “Not stated” means that the catalogue gives no figure."
)
