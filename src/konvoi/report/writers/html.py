"""One offline page for each language: inline style, static pictures, anchors; readable without scripts."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup, escape

from konvoi.kit.percent import quoted
from konvoi.report.alarm import Alarm
from konvoi.report.annex import shown_ids
from konvoi.report.chart import Pen
from konvoi.report.chart_table import tables
from konvoi.report.charts import DRAWINGS
from konvoi.report.evidence_index import Binder, runs
from konvoi.report.language import Language, is_currency, render
from konvoi.report.ledger.basis import listed
from konvoi.report.on_page import on_page
from konvoi.report.page import Chance, Chart, Column, Link, Message, Number, Page, Record, Share, Value
from konvoi.report.page_templates import css_text, environment, template_text
from konvoi.report.writer import Writer

LARGEST = 3_000_000
PER_FILE = 6_000
LONG = 25
FOLD = 40
SHOWN = 20
"""Of more than so many entries or lists behind figures, so many are shown until a reader opens the rest."""

LANGUAGES = {"en": "English", "de": "Deutsch", "uk": "Українська"}
MILLION = Decimal(10) ** 6


def write(page: Page, language: str) -> Mapping[str, bytes]:
    """FILE.LANG.html, such as brief.en.html; where it would be larger than 3 MB, the entries lie in
    entries.LANG.N.html beside it."""
    whole = Writing.of(page, language, apart=False).brief()
    if len(whole) <= LARGEST:
        return {f"{page.file}.{language}.html": whole}
    apart = Writing.of(page, language, apart=True)
    return {f"{page.file}.{language}.html": apart.brief()} | dict(apart.entries())


@dataclass
class Writing:
    """The writing of one page in one language.

    apart: whether the records lie in files beside it. records_at: address of another page that holds them.
    source_at: address of a page that shows the source cell of a record.
    """

    page: Page
    language: Language
    binder: Binder
    apart: bool
    records_at: str = ""
    source_at: str = ""

    @classmethod
    def of(
        cls, page: Page, language: str, *, apart: bool, records_at: str = "", source_at: str = ""
    ) -> "Writing":
        """Return the writing of a page in a language, by its code."""
        return cls(page, Language(language), Binder.of(page), apart, records_at, source_at)

    def brief(self) -> bytes:
        """The page itself."""
        return self.filled("brief.html.j2", lists=self.lists, batch=self.numbered(), part=0)

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """The files beside it."""
        rows = self.numbered()
        for start in range(0, len(rows), PER_FILE):
            number = start // PER_FILE + 1
            content = self.filled("entries.html.j2", batch=rows[start : start + PER_FILE], part=number)
            yield self._file(number), content

    def _file(self, number: int) -> str:
        return f"entries.{self.language.code}.{number}.html"

    def numbered(self) -> list[tuple[int, Record]]:
        """Return the records with the numbers by which figures link to them."""
        return list(enumerate(self.page.records, 1))

    def filled(self, template: str, **values: object) -> bytes:
        """Return a template filled with the page and further values."""
        script = template_text("brief.js")
        text = (
            environment()
            .get_template(template)
            .render(
                page=self.page,
                code=self.language.code,
                languages={code: LANGUAGES[code] for code in self.page.languages},
                apart=self.apart,
                style=Markup(self._style()),
                script=Markup(script),
                script_digest=_digest(script),
                say=self._say,
                show=self._show,
                cell=self._cell,
                head=self._head,
                draw=self._draw,
                on_page=on_page,
                tables=tables,
                long=LONG,
                fold=FOLD,
                shown=SHOWN,
                banner=self._banner(),
                record=self._record,
                count=self.language.decimal,
                head_line=Message(self.page.head.id, {**self.page.head.values, "day": self.page.day}),
                no_data=listed(self.page.without_data, ", "),
                **values,
            )
        )
        return text.encode()

    def _style(self) -> str:
        """The style sheet, with what stands on each printed page."""
        words = {"@marking@": self._banner(), "@page@": self._say("Page"), "@of@": self._say("of")}
        style = template_text("brief.css")
        for mark, text in words.items():
            style = style.replace(mark, css_text(text))
        return style

    def _banner(self) -> str:
        exercise = f"{self._say('Exercise')} · " if self.page.exercise else ""
        marking = self.language.text(Message("Marking: {marking}", {"marking": self.page.marking}))
        return f"{exercise}{marking} · {self.page.title} · {self.language.day(self.page.day)}"

    def _say(self, id: str, many: str = "", number: int | None = None, /, **values: Value) -> str:
        return self.language.text(Message(id, values, many, number))

    def _show(self, value: Value) -> Markup:
        """A value in running text, its numbers as links."""
        return Markup(render(self.language, value, self._marked))

    def _marked(self, value: Value, text: str) -> str:
        if isinstance(value, Number):
            return self._linked(value, text)
        if isinstance(value, Alarm):
            return Markup('<strong class="alarming">⚠ {}</strong>').format(text)
        if isinstance(value, Link):
            to = self._moved(value.to)
            return Markup('<a href="{}">{}</a>').format(to, text) if to else escape(text)
        return escape(text)

    def _linked(self, number: Number, text: str) -> Markup:
        href = self._moved(self.binder.href(number))
        if not href:
            return Markup('<span class="n">{}</span>').format(text)
        return Markup('<a class="n" href="{}">{}</a>').format(href, text)

    def _moved(self, href: str) -> str:
        """An anchor where it lies: in this page, or in a file beside it; nowhere in a short form without
        it.
        """
        if self.page.shown is not None and href[:1] == "#" and not self._is_here(href[1:]):
            return ""
        if self.records_at and (href == "#entries" or (href[1:2] in ("b", "e") and href[2:].isdigit())):
            return self.records_at + href
        if self.apart and href.startswith("#e") and href[2:].isdigit():
            return self._beside(int(href[2:])) + href
        return self._file(1) if href == "#entries" and self.apart else href

    def _is_here(self, anchor: str) -> bool:
        """Return True for an anchor of records and lists, and of what the short form shows."""
        return anchor in self._anchors or anchor == "entries" or (anchor[:1] in "eb" and anchor[1:].isdigit())

    @cached_property
    def _anchors(self) -> frozenset[str]:
        return shown_ids(self.page.on_screen)

    def _cell(self, value: Value, column: Column) -> Markup:
        """A cell of a table: numbers without the unit that stands in the head, and what it is sorted by."""
        right = Markup(_CLASSES.get(column.kind, ""))
        return Markup("<td{}{}>{}</td>").format(right, _sort_key(value), self._content(value, column))

    def _content(self, value: Value, column: Column) -> Markup:
        if isinstance(value, Number) and value.value is not None:
            return self._linked(value, _bare(self.language, value, column))
        if column.kind == "month" and isinstance(value, date):
            return escape(self.language.month(value))
        return self._show(value)

    def _head(self, column: Column) -> str:
        name = self.language.text(column.name)
        if not column.unit:
            return name
        unit = (
            self._say("{currency} m", currency=self.language.currency(column.unit))
            if is_currency(column.unit)
            else self.language.unit(column.unit, 2)
        )
        return f"{name}, {unit}"

    def _draw(self, chart: Chart) -> Markup:
        drawing = next(drawing for drawing in DRAWINGS if isinstance(chart, drawing.of))
        return Markup(drawing.draw(chart, Pen(self.language, lambda n: self._moved(self.binder.href(n)))))

    def lists(self) -> Iterator[tuple[int, list[str], int, Markup]]:
        """Yield the lists behind the figures: number of the list, captions, number of records, links to
        them.
        """
        for records, captions in self.binder.lists.items():
            words = [self._figure(number) for number in captions]
            links = Markup(", ").join(self._run(first, last) for first, last in runs(records))
            yield self.binder.names[records], words, len(records), links

    def _figure(self, number: Number) -> str:
        """A figure with all its digits, its stage and its day."""
        exact = (
            self.language.exact(number.value, number.unit)
            if number.value is not None
            else self._say("not known")
        )
        stage = f", {self._say(number.stage)}" if number.stage else ""
        return f"{exact}{stage}"

    def _run(self, first: int, last: int) -> Markup:
        words = f"{first}" if first == last else f"{first}–{last}"
        return Markup('<a href="{}#e{}">{}</a>').format(self._beside(first), first, words)

    def _beside(self, number: int) -> str:
        return self._file((number - 1) // PER_FILE + 1) if self.apart else ""

    def _record(self, record: Record) -> dict[str, object]:
        """The cells of a record's row."""
        known = self.language
        place = [known.text(part) for part in _place(record)]
        return {
            "what": known.text(record.what),
            "party": known.text(record.party),
            "stage": known.text(record.stage) if record.stage else "",
            "days": " – ".join(known.day(day) for day in record.days),
            "amount": self._figure(record.amount) if record.amount else "",
            "quantity": self._figure(record.quantity) if record.quantity else "",
            "file": record.file,
            "place": ", ".join(part for part in place if part),
            "cell": f"{self.source_at}{quoted(record.id)}" if self.source_at else "",
            "source": record.source,
            "address": record.address,
            "web": record.address.startswith(("https://", "http://")),
        }


def _place(record: Record) -> Iterator[Message | str]:
    if record.sheet:
        yield record.sheet
    if record.row:
        yield Message("row {row}", {"row": str(record.row)})
    if record.column:
        yield record.column


_CLASSES = {"number": ' class="r"', "day": ' class="d"', "month": ' class="d"'}


def _bare(language: Language, number: Number, column: Column) -> str:
    value = number.value or Decimal(0)
    if column.unit == "%":
        return language.percent(value / 100)
    if not is_currency(column.unit):
        return language.decimal(value)
    millions = value / MILLION
    # What is smaller than the last place shown is not rounded to nothing.
    digits = next((d for d in (1, 3) if not value or abs(millions) >= Decimal(10) ** -d), 6)
    return language.decimal(millions, digits)


def _sort_key(value: Value) -> Markup | str:
    """An attribute with what a cell is sorted by, where its words would sort wrongly."""
    match value:
        case Number(value=Decimal()):
            key = format(value.value or Decimal(0), "f")
        case Share(value=Decimal()):
            key = format(value.value or Decimal(0), "f")
        case Chance():
            key = f"{value.probability:.6f}"
        case date():
            key = str(value.toordinal())
        case Decimal() | int():
            key = str(value)
        case _:
            return ""
    return Markup(' data-v="{}"').format(key)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


HTML = Writer("html", True, write)
