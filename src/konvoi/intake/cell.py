"""Cells as read: each value, and the findings on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from konvoi.intake.sheet import Value
from konvoi.kit.text import fold, shown, tidy
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.table import Column, Table

Plain = str | int | bool | Decimal | date | None
"""The value of a cell in a frame; money and whole numbers are int."""

LONGEST = 32_767


@dataclass(frozen=True)
class Fault:
    """A fault of a value, before the place of its cell is known."""

    severity: Severity
    code: str
    expected: str
    remedy: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def at(self, place: Place, read: str) -> Finding:
        """The fault as a finding at a place."""
        return Finding(self.severity, self.code, place, read, self.expected, self.remedy, self.values)


@dataclass(frozen=True)
class Cell:
    """A cell's value (None: empty, unknown or not readable) and its faults.

    last: where a day is only known as a span, the last day of the span; `value` is then the end that the
    column needs. first: the first day of that span. lost: what rounding took from an amount.
    """

    value: Plain = None
    faults: tuple[Fault, ...] = ()
    first: date | None = None
    last: date | None = None
    lost: Decimal = Decimal(0)

    @property
    def failed(self) -> bool:
        """Return True if the cell holds something that could not be read."""
        return any(fault.severity == Severity.ERROR for fault in self.faults)


@dataclass(frozen=True)
class Ask:
    """The context in which a value is read.

    That is its column and table, the row's currency, the parties known, and the language of the sheet.
    decimal: the decimal separator that the other numbers of the column show; empty if they show none.
    order: whether the other days of the column have the day or the month first (konvoi.intake.dates).
    times: how many times the numbers of the column count, by its unit; 0 if that is unclear.
    """

    table: Table
    column: Column
    currency: str = ""
    parties: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    decimal: str = ""
    order: str = ""
    times: int = 1


Reader = Callable[[Value, Ask], Cell]


def error(code: str, expected: str, remedy: str = "", **values: str) -> Cell:
    """A cell that could not be read."""
    return Cell(faults=(Fault(Severity.ERROR, code, expected, remedy, values),))


def text_of(value: Value) -> str:
    """The value as a person would have typed it, tidied.

    >>> text_of(12), text_of(0.5), text_of(date(2022, 5, 3)), text_of(" a  b")
    ('12', '0.5', '2022-05-03', 'a b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return tidy(value if isinstance(value, str) else repr(value))


def as_read(value: Value) -> str:
    """The value as a finding shows it: direction and control characters escaped."""
    return shown(value if isinstance(value, str) else text_of(value))


_CLEARS = frozenset("-–—")


def clears(value: Value) -> bool:
    """Return True for a cell that holds a dash alone: it clears what an earlier statement says."""
    return isinstance(value, str) and tidy(value) in _CLEARS


def unknown(value: Value) -> bool:
    """Return True if a cell is empty or states that its value is not known; never the same as zero.

    >>> unknown("."), unknown("Undisclosed"), unknown(0), unknown("n/a"), unknown("NA")
    (True, True, False, True, False)
    """
    return value is None or (isinstance(value, str) and len(value) < LONGEST and _says_unknown(value))


@lru_cache(maxsize=1 << 16)
def _says_unknown(text: str) -> bool:
    return tidy(text) in _SIGNS or folded(text) in _WORDS


# The same words stand in a table over and over.
folded = lru_cache(maxsize=1 << 16)(fold)


def broken_formula(value: Value) -> bool:
    """Return True if a formula's stored value is one of Excel's errors."""
    return isinstance(value, str) and value in _ERRORS


_SIGNS = frozenset(
    {"", ".", "..", "...", "…", "-", "–", "—", "?", "/", "n/a", "N/A", "n.a.", "N.A.", "н/д", "Н/Д"}
)
_WORDS = frozenset(
    fold(word)
    for word in (
        "undisclosed",
        "unknown",
        "not known",
        "not disclosed",
        "not available",
        "unbekannt",
        "nicht bekannt",
        "nicht veröffentlicht",
        "k. A.",
        "keine Angabe",
        "невідомо",
        "не відомо",
        "не розголошується",
        "немає даних",
        "н. д.",
    )
)
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
