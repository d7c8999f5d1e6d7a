"""Orders as a calendar: loading, hubs, legs and arrivals; a dropped consignment is cancelled in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from konvoi.kit.digest import key
from konvoi.report.orders.sheet import Item, Sheet, shown_legs
from konvoi.report.orders.spoken import Spoken
from konvoi.report.page import Message, Value

_EPOCH = date(2000, 1, 1)
_WIDE = 75


@dataclass(frozen=True)
class Entry:
    """One day or span of days; part tells apart the entries of one consignment."""

    part: str
    consignment: str
    first: date
    last: date
    what: Value


@dataclass
class Diary:
    """Writes the calendars of one issue in one language."""

    spoken: Spoken

    def calendar(self, sheet: Sheet) -> bytes:
        """A reader's calendar (RFC 5545); its stamps come from the day of issue."""
        marking = self.spoken.text(Message("Marking: {marking}", {"marking": sheet.marking}))
        if sheet.issue.case.exercise:
            marking = f"{self.spoken.text(Message('Exercise'))} · {marking}"
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Konvoi//orders//EN",
            f"X-WR-CALNAME:{escaped(self.spoken.text(sheet.title))}",
            f"X-WR-CALDESC:{escaped(marking)}",
        ]
        for entry in sorted(entries(sheet), key=lambda one: (one.first, one.consignment, one.part)):
            lines += self._event(sheet, entry, marking, gone=False)
        for entry in lost(sheet):
            lines += self._event(sheet, entry, marking, gone=True)
        return "".join(folded(line) + "\r\n" for line in (*lines, "END:VCALENDAR")).encode()

    def _event(self, sheet: Sheet, entry: Entry, marking: str, *, gone: bool) -> Iterator[str]:
        day = sheet.issue.case.day
        name = key("orders", sheet.reader.kind, sheet.reader.id, entry.consignment, entry.part)
        yield from ("BEGIN:VEVENT", f"UID:{name}@konvoi", f"DTSTAMP:{day:%Y%m%d}T000000Z")
        # A calendar takes a later issue for an update only if its number is higher.
        yield f"SEQUENCE:{max(0, (day - _EPOCH).days)}"
        yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(self.spoken.text(entry.what))}"
        yield f"DESCRIPTION:{escaped(marking)}"
        yield from (("STATUS:CANCELLED",) if gone else ())
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def entries(sheet: Sheet) -> Iterator[Entry]:
    """The days of a reader, each once."""
    seen = set()
    for items in sheet.weeks.values():
        for item in items:
            for entry in _entries(sheet, item):
                if (entry.consignment, entry.part) not in seen:
                    seen.add((entry.consignment, entry.part))
                    yield entry


def _entries(sheet: Sheet, item: Item) -> Iterator[Entry]:
    row = item.row
    name = str(item.row["consignment"])
    good: Value = (sheet.wording.names.good(str(row["good"])), ", ", sheet.issue.number(name))
    if sheet.reader.kind == "partner":
        yield _entry("pickup", name, (row["pickup_from"], row["pickup_to"]), "Pick-up: {what}", good)
    if sheet.reader.kind in ("partner", "consignee") and sheet.view.may("needs", row["need"]):
        yield _entry("arrival", name, (row["arrives"], row["arrives"]), "Arrival: {what}", good)
    for leg in shown_legs(sheet.wording, row, item.legs):
        part = f"leg {leg['leg']}"
        if sheet.reader.kind == "carrier":
            yield _entry(part, name, (leg["departs"], leg["arrives"]), "Carry: {what}", good)
        if sheet.reader.kind == "hub" and leg["to"] == sheet.reader.id:
            yield _entry(f"{part} in", name, (leg["arrives"], leg["arrives"]), "Comes in: {what}", good)
        if sheet.reader.kind == "hub" and leg["from"] == sheet.reader.id:
            yield _entry(f"{part} out", name, (leg["departs"], leg["departs"]), "Goes out: {what}", good)


def _entry(part: str, name: str, days: tuple[object, object], text: str, what: Value) -> Entry:
    first, last = days
    if not (isinstance(first, date) and isinstance(last, date)):
        raise ValueError(f"{name}: a day is expected: {days!r}")
    return Entry(part, name, first, last, Message(text, {"what": what}))


def lost(sheet: Sheet) -> Iterator[Entry]:
    """Yield the entries that the last issue had and this one has not: each day given to the reader is called
    off.
    """
    for name in sheet.gone:
        if sheet.issue.changes[name][0]["change"] != "dropped":
            continue
        old = sheet.issue.before.get(name, {})
        what: Value = (sheet.wording.names.good(str(old.get("good") or "")), ", ", sheet.issue.number(name))
        for part, first, last in _former(sheet, name, old):
            days = (_past(first), _past(last))
            if all(days):
                yield _entry(part, name, days, "Called off: {what}", what)


def _former(sheet: Sheet, name: str, old: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    """The parts of a consignment that a reader had in the last issue, each with its days."""
    kind = sheet.reader.kind
    id = sheet.reader.id
    if kind == "partner":
        yield "pickup", old.get("pickup_from"), old.get("pickup_to")
    if kind in ("partner", "consignee") and sheet.view.may("needs", old.get("need")):
        yield "arrival", old.get("arrives"), old.get("arrives")
    for leg in sheet.issue.former.get(name, ()):
        part = f"leg {leg.get('leg')}"
        if kind == "carrier" and leg.get("carrier") == id:
            yield part, leg.get("departs"), leg.get("arrives")
        if kind == "hub" and leg.get("to") == id:
            yield f"{part} in", leg.get("arrives"), leg.get("arrives")
        if kind == "hub" and leg.get("from") == id:
            yield f"{part} out", leg.get("departs"), leg.get("departs")


def _past(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def escaped(text: str) -> str:
    """Text as the value of a property.

    >>> escaped("a; b, c")
    'a\\\\; b\\\\, c'
    """
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of which cuts a letter."""
    if len(line.encode()) <= _WIDE:
        return line
    pieces = []
    piece = ""
    size = 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _WIDE:
            pieces.append(piece)
            piece = " "
            size = 1
        piece = piece + letter
        size = size + width
    return "\r\n".join([*pieces, piece])
