"""Orders as a page that prints on A4: conflicts first, then what changed, then one table a week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup, escape

from konvoi.kit.days import week as week_of
from konvoi.report.language import Language
from konvoi.report.orders.sheet import HEADS, SMALL, Item, Sheet, cell, whole
from konvoi.report.orders.spoken import Spoken
from konvoi.report.orders.view import Issue
from konvoi.report.page import Message, Number, Value, Week
from konvoi.report.page_templates import css_text, environment, template_text

WAY = HEADS.index("Way")
LANGUAGES = {"en": "English", "de": "Deutsch", "uk": "Українська"}

KINDS = {
    "dock": Message("Dock"),
    "crossing": Message("Crossing"),
    "hub": Message("Hub"),
    "lane": Message("Lane"),
    "day": Message("Day"),
    "paper": Message("Paper"),
    "closure": Message("Closure"),
}
SEVERITIES = {
    "over": Message("over the limit"),
    "stopped": Message("stopped"),
    "near": Message("nearly full"),
}
NO_CONFLICT = Message("No conflict is known for these consignments.")
NOTE = Message(
    "Loads that the catalogue does not state are “not stated”, never zero. Hazard classes"
    " are taken from the codes UN and HD of the catalogue only. Each change that resolves"
    " a conflict was checked with everything else as planned; after a change, issue the "
    "orders again."
)


@dataclass
class Printing:
    """Prints the sheets of one issue in one language; what several readers read alike is worded once."""

    issue: Issue
    spoken: Spoken

    @property
    def code(self) -> str:
        """The language's code."""
        return self.spoken.code

    @property
    def language(self) -> Language:
        """The language."""
        return self.spoken.language

    def page(self, sheet: Sheet) -> bytes:
        """A reader's page."""
        weeks = [(f"w-{week_of(monday)}", monday, items) for monday, items in sheet.weeks.items()]
        return self._filled(
            sheet.marking,
            title=self.text(sheet.title),
            file="orders",
            nav=[(id, week_of(monday)) for id, monday, _ in weeks],
            answer=[self.text(answer(sheet))],
            alarms=self.alarms(sheet),
            gone=[self.text(line) for line in gone(sheet)],
            weeks=(
                {
                    "id": id,
                    "title": self.text(
                        Message("Week {week}, from {day} on", {"week": Week(monday), "day": monday})
                    ),
                    "answer": self.text(sums(items)),
                    "rows": Markup("\n".join(self._row(sheet, item) for item in items)),
                }
                for id, monday, items in weeks
            ),
            heads=self.heads,
            links=(),
        )

    def summary(self, marking: Message, sheet: Sheet, links: list[dict[str, object]]) -> bytes:
        """The cell's page: all conflicts, what is gone, and who gets which orders."""
        return self._filled(
            marking,
            title=self.text(Message("Orders: conflicts and readers")),
            file="index",
            nav=(),
            answer=[self.text(answer(sheet))],
            alarms=self.alarms(sheet),
            gone=[self.text(line) for line in gone(sheet)],
            weeks=(),
            heads=(),
            links=links,
        )

    def text(self, value: Value) -> str:
        """A value as plain text."""
        return self.spoken.text(value)

    @cached_property
    def heads(self) -> list[str]:
        """The heads of the table."""
        return [self.text(Message(head)) for head in HEADS]

    def _filled(self, marking: Message, **values: object) -> bytes:
        case = self.issue.case
        banner = self._banner(marking)
        template = environment().get_template("orders.html.j2")
        text = template.render(
            code=self.code,
            languages=LANGUAGES,
            style=Markup(self._style(banner)),
            say=lambda id, **more: self.text(Message(id, more)),
            coalition=case.title,
            day=case.day,
            marking=marking,
            exercise=case.exercise,
            banner=banner,
            none=self.text(NO_CONFLICT),
            note=self.text(NOTE),
            **values,
        )
        return text.encode()

    def _banner(self, marking: Message) -> str:
        case = self.issue.case
        exercise = f"{self.text(Message('Exercise'))} · " if case.exercise else ""
        told = self.text(Message("Marking: {marking}", {"marking": marking}))
        return f"{exercise}{told} · {case.title} · {self.language.day(case.day)}"

    def _style(self, banner: str) -> str:
        words = {"@marking@": banner, "@page@": self.text(Message("Page")), "@of@": self.text(Message("of"))}
        heads = enumerate(self.heads, 1)
        # On a narrow screen each cell stands under its head's words.
        told = "".join(f'.c{at}::before{{content:"{css_text(head)}"}}' for at, head in heads)
        narrow = f"@media screen and (max-width:900px){{{told}}}"
        style = "\n".join([template_text("brief.css"), template_text("orders.css"), narrow])
        for mark, text in words.items():
            style = style.replace(mark, css_text(text))
        return style

    def alarms(self, sheet: Sheet) -> list[dict[str, object]]:
        """The conflicts with what would solve each."""
        found = []
        for row in sheet.conflicts:
            kind = KINDS[str(row["kind"])]
            severity = SEVERITIES[str(row["severity"])]
            found.append(
                {
                    "severity": row["severity"],
                    "kind": f"{self.text(kind)}, {self.text(severity)}.",
                    "text": self.text(sheet.wording.conflict(row, sheet.mine)),
                    "lines": [self.text(line) for line in sheet.wording.solution(row, sheet.mine)],
                }
            )
        return found

    def _row(self, sheet: Sheet, item: Item) -> str:
        name = str(item.row["consignment"])
        own = sheet.view.of(item.row, self.issue)
        return f'<tr id="c-{escape(name)}">{"".join(self._cells(sheet, item, name, own))}</tr>'

    def _cells(self, sheet: Sheet, item: Item, name: str, own: object) -> Iterator[str]:
        """The cells of a row; what several readers read alike is worded once."""
        known = self.spoken.cells
        for at in range(len(HEADS)):
            key = (name, at, own, item.legs if at == WAY else ())
            if key not in known:
                lines = self.spoken.way(sheet, item, own) if at == WAY else cell(sheet.wording, item, at)
                spans = "".join(self._span(line) for line in lines)
                known[key] = f'<td class="c{at + 1}">{spans}</td>'
            yield known[key]

    def _span(self, line: Value) -> str:
        first = line[0] if isinstance(line, tuple) and line else ""
        style = _STYLES.get(first, "") if isinstance(first, str) else ""
        return f"<span{style}>{escape(self.text(line))}</span>"


_STYLES = {"▲ ": ' class="mark"', "✗ ": ' class="miss"', SMALL: ' class="id"'}


def answer(sheet: Sheet) -> Message:
    """The answer in one sentence."""
    consignments, weeks = sheet.totals
    values: dict[str, Value] = {"count": consignments, "weeks": weeks, "conflicts": len(sheet.conflicts)}
    return Message(
        "{count} consignment, weeks with orders: {weeks}, conflicts: {conflicts}.",
        values,
        "{count} consignments, weeks with orders: {weeks}, conflicts: {conflicts}.",
        consignments,
    )


def gone(sheet: Sheet) -> Iterator[Value]:
    """The consignments of the last issue that are gone, with what they were."""
    for name in sheet.gone:
        old = sheet.issue.before.get(name, {})
        marks = tuple(sheet.wording.change(row) for row in sheet.issue.changes.get(name, ()))
        good = sheet.wording.names.good(str(old.get("good") or ""))
        quantity = str(old.get("quantity") or "")
        day = str(old.get("departs") or "")
        try:
            shown: Value = (Decimal(quantity), ", ", date.fromisoformat(day))
        except (ValueError, ArithmeticError):
            shown = (quantity, ", ", day)
        yield (sheet.issue.number(name), ": ", *marks, ", ", good, " ", shown)


def sums(items: Sequence[Item]) -> Message:
    """A week's loads together, pallets as places; how many do not state one is said."""
    rows = [{**item.row, "pallets": whole(item.row["pallets"])} for item in items]
    values: dict[str, Value] = {"count": len(rows)}
    for name, unit in (("gross_kg", "kg"), ("volume_m3", "m³"), ("pallets", ""), ("neq_kg", "kg")):
        known = [row[name] for row in rows if isinstance(row[name], Decimal)]
        total = sum((one for one in known if isinstance(one, Decimal)), Decimal(0))
        figure: Value = Number(total, unit)
        if len(known) < len(rows):
            blind: dict[str, Value] = {"sum": figure, "count": len(rows) - len(known)}
            figure = Message("{sum} and {count} not stated", blind) if known else Message("not stated")
        values[name] = figure
    return Message(
        "{count} consignment: gross {gross_kg}, volume {volume_m3}, pallet places {pallets}, NEQ {neq_kg}.",
        values,
        "{count} consignments: gross {gross_kg}, volume {volume_m3}, pallet places {pallets}, NEQ {neq_kg}.",
        len(rows),
    )
