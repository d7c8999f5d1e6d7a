"""A reader's language: sentences through gettext, numbers, days and money as they are written there."""

import gettext
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_name

from konvoi.kit.days import week
from konvoi.report.forecast.chance import word
from konvoi.report.page import Chance, Link, Message, Name, Number, Share, Value, Week
from konvoi.report.resources import catalogues, resource

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_DAYS = {"en": "d MMM y", "de": "d. MMM y", "uk": "d MMM y"}
_MONTHS = {"en": "MMM y", "de": "MMM y", "uk": "LLL y"}


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Return all catalogues of a language together.

    English sentences are the message ids; the English catalogue holds labels of data values.
    """
    return _read(catalogues(code), code, gettext.NullTranslations())


def _read(names: tuple[str, ...], code: str, found: gettext.NullTranslations) -> gettext.NullTranslations:
    """Return catalogues together with those found before, which say what none of them says."""
    for name in names:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(resource(name)), locale=code))
        compiled.seek(0)
        one = gettext.GNUTranslations(compiled)
        one.add_fallback(found)
        found = one
    return found


_READ_ON_WEB = ContextVar("konvoi_read_on_web", default=False)


@contextmanager
def on_web() -> Iterator[None]:
    """Say in the block what those who read at a browser can do, instead of commands of the terminal."""
    before = _READ_ON_WEB.set(True)
    try:
        yield
    finally:
        _READ_ON_WEB.reset(before)


def is_on_web() -> bool:
    """Return True where texts are said to those who read at a browser."""
    return _READ_ON_WEB.get()


@cache
def _catalogue_on_web(code: str) -> gettext.NullTranslations:
    return _read(catalogues(code, on_web=True), code, catalogue(code))


def _in_use(code: str) -> gettext.NullTranslations:
    return _catalogue_on_web(code) if is_on_web() else catalogue(code)


@dataclass(frozen=True)
class Language:
    """One language, by its code: en, de or uk."""

    code: str

    def say(self, id: str, many: str = "", count: Decimal | int | None = None) -> str:
        """A message id in this language, its placeholders still open."""
        known = _in_use(self.code)
        if many and count is not None:
            whole = int(count) if count == int(count) else 2
            return known.ngettext(id, many, whole)
        return _said(self.code, id, on_web=is_on_web())

    def pieces(self, message: Message) -> list[Value]:
        """A message as its parts: pieces of text, and between them the values."""
        parts = _parts(self.say(message.id, message.many, message.count))
        found: list[Value] = []
        for at, part in enumerate(parts):
            known = at % 2 and part in message.values
            found.append(message.values[part] if known else ("{" + part + "}" if at % 2 else part))
        return found

    def text(self, value: Value) -> str:
        """A value as plain text."""
        return render(self, value, lambda _, text: text)

    def decimal(self, value: Decimal | int, digits: int | None = None) -> str:
        """A number with this language's separators: as many decimals as it has, or exactly `digits`."""
        number = Decimal(value)
        if digits is not None:
            number = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        return _decimal(self.code, number, digits)

    def day(self, day: date) -> str:
        """A day, month as a word."""
        return _day(self.code, day)

    def month(self, day: date) -> str:
        """The month of a day."""
        return format_date(day, _MONTHS[self.code], locale=self.code)

    def money(self, value: Decimal, currency: str) -> str:
        """An amount, rounded to three or four digits for reading: EUR 12.0 m, 12,0 Mio. EUR, 12,0 млн
        євро."""
        size, scale = next((s for s in _SCALES if abs(value) >= s[0]), (Decimal(1), ""))
        digits = 1 if scale else 0
        amount = self.decimal(value / size, digits)
        return self.say(f"{{currency}} {{amount}} {scale}".strip()).format(
            amount=amount, currency=self.currency(currency)
        )

    def exact(self, value: Decimal, unit: str, digits: int | None = None) -> str:
        """A figure with all its digits, or of money exactly `digits` decimals, and its unit."""
        if is_currency(unit):
            number = self.say("{currency} {amount}")
            return number.format(amount=self.decimal(value, digits), currency=self.currency(unit))
        return f"{self.decimal(value)} {self.unit(unit, value)}".strip()

    def currency(self, code: str) -> str:
        """A currency as this language names it in running text."""
        if self.code != "uk":
            return code
        return _ACCOUNT.get(code) or str(get_currency_name(code, count=5, locale="uk"))

    def unit(self, unit: str, count: Decimal | int = 1) -> str:
        """A unit of quantity in this language, for so many; one that is not known stays as it is."""
        if is_currency(unit):
            return self.currency(unit)
        return self.say(unit, PLURALS[unit], count) if unit in PLURALS else self.say(unit)

    def name(self, name: Name) -> str:
        """A name in the reader's language, the original beside it where it does not say that already."""
        shown = {"de": name.de, "uk": name.uk}.get(self.code, "") or name.en
        return f"{shown} ({name.original})" if name.original not in shown else shown

    def figure(self, number: Number) -> str:
        """A number in a sentence, with its unit."""
        if number.value is None:
            unvalued = is_currency(number.unit) and number.behind
            return self.say("no value stated" if unvalued else "not known")
        if is_currency(number.unit):
            return self.money(number.value, number.unit)
        return f"{self.decimal(number.value)} {self.unit(number.unit, number.value)}".strip()

    def chance(self, probability: float) -> str:
        """A probability as a word and in per cent."""
        return f"{self.say(word(probability))} ({self.percent(Decimal(str(round(probability, 4))))})"

    def percent(self, share: Decimal) -> str:
        """A share in whole per cent; what is nearly all or nearly nothing is not rounded to it."""
        points = share * 100
        if 99 <= points < 100:
            return f">\u00a0{self.decimal(99)}\u00a0%"
        if 0 < points < 1:
            return f"<\u00a0{self.decimal(1)}\u00a0%"
        return f"{self.decimal(points, 0)}\u00a0%"


_ACCOUNT = {"USD": "дол. США"}

PLURALS = {
    "piece": "pieces",
    "pallet": "pallets",
    "set": "sets",
    "kit": "kits",
    "line": "lines",
    "line item": "line items",
    "round": "rounds",
    "person": "persons",
    "box": "boxes",
    "pair": "pairs",
    "litre": "litres",
    "d": "days",
}
"""Units that are words, with their plural; symbols such as t or kg have none."""


def is_currency(unit: str) -> bool:
    """Return True if a unit is an ISO 4217 code.

    >>> is_currency("EUR"), is_currency("t"), is_currency("NEQ kg")
    (True, False, False)
    """
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def render(language: Language, value: Value, mark: Callable[[Value, str], str]) -> str:
    """A value as text; every text that comes of one value passes through `mark`, which may escape and link
    it."""
    if isinstance(value, Message):
        return "".join(render(language, piece, mark) for piece in language.pieces(value))
    if isinstance(value, tuple):
        return "".join(render(language, piece, mark) for piece in value)
    return mark(value, plain(language, value))


def plain(language: Language, value: Value) -> str:
    """A single value, neither a message nor several, as text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Number():
            return language.figure(value)
        case Name():
            return language.name(value)
        case Chance():
            return language.chance(value.probability)
        case Share():
            return language.say("not known") if value.value is None else language.percent(value.value)
        case Week():
            return week(value.monday)
        case Link():
            return value.text if isinstance(value.text, str) else language.text(value.text)
        case date():
            return language.day(value)
        case Decimal() | int():
            return language.decimal(value)
    raise ValueError(f"not a value of a page: {value!r}")


@lru_cache(maxsize=16384)
def _said(code: str, id: str, *, on_web: bool) -> str:
    known = _catalogue_on_web(code) if on_web else catalogue(code)
    return known.gettext(id) if id else ""


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """A text cut at its placeholders: text and names by turns."""
    return tuple(_PLACEHOLDER.split(text))


@lru_cache(maxsize=65536)
def _day(code: str, day: date) -> str:
    return str(format_date(day, _DAYS[code], locale=code))


@lru_cache(maxsize=65536)
def _decimal(code: str, number: Decimal, digits: int | None) -> str:
    places = "" if digits == 0 else "." + ("0" * digits if digits else "######")
    return str(format_decimal(number, format=f"#,##0{places}", locale=code))
