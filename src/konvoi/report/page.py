"""A page: sections of sentences, figures, tables and charts as values, before any language or form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True)
class Name:
    """The name of a party, good or site: in English, German, Ukrainian, and in its own script."""

    en: str
    de: str = ""
    uk: str = ""
    original: str = ""


@dataclass(frozen=True)
class Number:
    """A figure with all that it needs to be read and opened.

    value: None where it is not known. unit: an ISO 4217 code, a unit of quantity, or empty for a count.
    behind: ids of the records (Page.records) that it rests on. to: where it rests on rows of this page
    instead, the id of that table. lowest, highest: bounds over what is undecided, where they differ from
    the value.
    """

    value: Decimal | None
    unit: str = ""
    stage: str = ""
    day: date | None = None
    behind: tuple[str, ...] = ()
    to: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True)
class Chance:
    """A probability: shown as a word of the IPCC's scale, and as a percentage."""

    probability: float


@dataclass(frozen=True)
class Share:
    """A part of a whole, shown in per cent; None where the whole is nothing or not known. stage: of the
    part."""

    value: Decimal | None
    stage: str = ""


@dataclass(frozen=True)
class Message:
    """A sentence or word to be translated.

    id: English, with `{name}` where a value stands; `many` is its plural, chosen by `count`.
    """

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    many: str = ""
    count: Decimal | int | None = None


@dataclass(frozen=True)
class Link:
    """Words that lead to an anchor of this page or to an address."""

    text: "Message | str"
    to: str


@dataclass(frozen=True)
class Week:
    """An ISO week, by its Monday."""

    monday: date


Value: TypeAlias = (
    "Number | Chance | Share | Message | Name | Link | Week | date | Decimal | int | str"
    " | tuple[Value, ...] | None"
)


@dataclass(frozen=True)
class Column:
    """The head of a column; kind is text, number or day. beside: it stands in the workbook alone."""

    name: Message
    unit: str = ""
    kind: str = "text"
    beside: bool = False


@dataclass(frozen=True)
class Table:
    """A table: sums stand on top; `anchors` name its rows; `empty` says why it is empty and what to do.

    long: rows that may be folded away on a screen (they print all the same).
    """

    id: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: Message
    sums: tuple[Value, ...] = ()
    anchors: tuple[str, ...] = ()
    note: Message | None = None


class Titled(NamedTuple):
    """The id and title of a table, and the head of its column of keys where it has one."""

    id: str
    title: Message
    head: Message | None


@dataclass(frozen=True)
class Bar:
    """One bar: levels lie over one another from light to dark; outline is what there should be.

    unknown: how many entries have no value; they are drawn as a hatched bar of their own. told: what the
    bar's figure says of its outline, where that is another than its last level. hatch: how far the bar goes
    with what is not known, beneath its levels.
    """

    label: Value
    levels: tuple[tuple[Number, int], ...]
    outline: Number | None = None
    unknown: Number | None = None
    told: "Number | Message | None" = None
    hatch: Number | None = None


@dataclass(frozen=True)
class Bars:
    """Horizontal bars of one unit. Shades run from 0 (light, pledge) to 5 (dark, receipt)."""

    id: str
    title: Message
    unit: str
    bars: tuple[Bar, ...]
    source: Message


@dataclass(frozen=True)
class Strip:
    """One row of columns over time, such as a stage's amounts by month."""

    label: Message
    shade: int
    marks: tuple[tuple[date, Number], ...]


@dataclass(frozen=True)
class Strips:
    """Rows of columns that share the axis of months."""

    id: str
    title: Message
    unit: str
    first: date
    last: date
    strips: tuple[Strip, ...]
    source: Message


@dataclass(frozen=True)
class Point:
    """The state at the end of one week: needed by then, planned by then, and its 80 % interval.

    planned: received by then and what the plan brings by then, together. expected: the middle of the
    simulated runs; None without a forecast, then the interval says nothing. received: of `planned`, what
    was received.
    """

    monday: date
    needed: Number
    planned: Number
    low: Decimal
    high: Decimal
    expected: Decimal | None = None
    received: Number = Number(Decimal(0), "%", "received")


@dataclass(frozen=True)
class Area:
    """The coverage over weeks against the needs due by then, in per cent of all needs.

    under_way: what is on its way without a day.
    """

    id: str
    title: Message
    points: tuple[Point, ...]
    source: Message
    under_way: Number = Number(Decimal(0), "%")


@dataclass(frozen=True)
class Task:
    """One movement: planned from departure to arrival, 80 % interval of the arrival, the day it is due."""

    label: Value
    need: str
    quantity: Number
    departs: date
    arrives: date
    first: date | None
    last: date | None
    due: date | None
    state: str


@dataclass(frozen=True)
class Gantt:
    """Movements over time; `total` is how many there are, where not all are drawn."""

    id: str
    title: Message
    tasks: tuple[Task, ...]
    total: int
    source: Message


@dataclass(frozen=True)
class Spot:
    """A site on the map, and the largest share of its limit that passes in a week (None: no limit)."""

    label: Value
    lat: float
    lon: float
    kind: str
    share: Decimal | None = None


@dataclass(frozen=True)
class Corridor:
    """A lane on the map: its load, and the largest share of a limit on it or at its ends (None: no
    limit)."""

    label: Value
    ends: tuple[tuple[float, float], tuple[float, float]]
    load: Number
    share: Decimal | None


@dataclass(frozen=True)
class Map:
    """Corridors by load and by share of capacity; places are (latitude, longitude)."""

    id: str
    title: Message
    spots: tuple[Spot, ...]
    corridors: tuple[Corridor, ...]
    source: Message


@dataclass(frozen=True)
class Curve:
    """The share of all cases that is still open after so many days: steps (days, share), from 1 at day 0.

    until: the longest that any case has lasted so far, beyond which nothing is known.
    """

    label: Value
    steps: tuple[tuple[int, Decimal], ...]
    until: int
    figure: Message


@dataclass(frozen=True)
class Curves:
    """Curves below one another on one axis of days."""

    id: str
    title: Message
    curves: tuple[Curve, ...]
    source: Message


Chart: TypeAlias = Bars | Strips | Area | Gantt | Map | Curves


@dataclass(frozen=True)
class Section:
    """One part of a page: the answer in sentences, then pictures, then tables."""

    id: str
    title: Message
    answer: tuple[Message, ...]
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One of the figures at the top of the first page; details: coverage, range, parts, one a line."""

    id: str
    title: Message
    figure: Value
    details: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Front:
    """The first page: the answer, tiles, decisions that are due, and what the figures leave out.

    decisions: None for readers who cannot act on any. further: how many more there are than are shown.
    proof: the head by which the figures can be checked later.
    """

    answer: Message
    tiles: tuple[Tile, ...]
    decisions: Table | None
    further: int
    missing: tuple[Message, ...]
    proof: Message | None = None


@dataclass(frozen=True)
class Record:
    """The target of a number: an entry, or a row of a table, down to its cell and source."""

    id: str
    what: tuple[Value, ...]
    party: Value
    stage: Message | None = None
    days: tuple[date, ...] = ()
    amount: Number | None = None
    quantity: Number | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    source: str = ""
    address: str = ""


@dataclass(frozen=True)
class Event:
    """A day or span of days for a calendar; `id` is stable from brief to brief, kind a short word.

    where: the place. told: sentences on what is waited for, from whom, until when. alarms: days before its
    first day on which a calendar reminds of it, in the morning; negative: after it.
    """

    id: str
    kind: Message
    first: date
    last: date
    what: tuple[Value, ...]
    where: Value = None
    told: tuple[Message, ...] = ()
    alarms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole document; `records` stand in the order of the appendix. marking: who may see it.

    head: what it is, with its `{day}`. file: its name, before the language. front: of a brief. shown: the
    sections of the HTML page where it is a short form; the workbook and the JSON document hold all sections.
    without_data: the parts of which the short form says that there are no data. sheets: the A4 sheets of a
    paper that is printed as so many; 0: no limit. Of a paper with several, each section begins a sheet.
    """

    title: str
    day: date
    audience: str
    marking: Message
    exercise: bool
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    events: tuple[Event, ...] = ()
    languages: tuple[str, ...] = ("en", "de", "uk")
    head: Message = Message("Brief as of {day}")
    file: str = "brief"
    front: Front | None = None
    shown: tuple[Section, ...] | None = None
    without_data: tuple[Message, ...] = ()
    sheets: int = 0

    @property
    def on_screen(self) -> tuple[Section, ...]:
        """The sections of the HTML page."""
        return self.sections if self.shown is None else self.shown
