"""Values of the cells of a workbook: shared texts, formats of dates, and the value of one cell."""

import io
import math
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from konvoi.intake import markup
from konvoi.intake.container import BOUNDS, Bounds
from konvoi.intake.sheet import Value

# Formats by number that Excel does not write out (ECMA-376 part 1, 18.8.30), those that show a day.
_DAY_FORMATS = frozenset((*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)))
_NO_FORMAT = re.compile(r'\\.|_.|\*.|"[^"]*"|\[[^\]]*\]')
_SHOWN = (["si", "t"], ["si", "r", "t"])
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
FIRST_1900 = datetime(1899, 12, 30)
FIRST_1904 = datetime(1904, 1, 1)
"""First days of the two date systems of workbooks."""

_LAST_SERIAL = 2_958_465


@dataclass(frozen=True)
class Book:
    """Values that all sheets of a workbook share: its texts, the styles that show days, its first day."""

    texts: tuple[str, ...] = ()
    days: frozenset[int] = frozenset()
    first: datetime = FIRST_1900


def book(
    container: zipfile.ZipFile, kinds: Mapping[str, str], start_1904: bool, bounds: Bounds = BOUNDS
) -> Book:
    """Return the values that sheets share; `kinds`: part paths by kind; KeyError if one is missing.

    Raises markup.TooLarge where there is more than the bounds allow.
    """
    texts = kinds.get("sharedStrings")
    styles = kinds.get("styles")
    return Book(
        texts=_texts(container, texts, bounds.texts) if texts else (),
        days=_day_styles(container.read(styles), bounds.styles) if styles else frozenset(),
        first=FIRST_1904 if start_1904 else FIRST_1900,
    )


def value_of(cell: etree._Element, inner: Mapping[str, etree._Element], shared: Book) -> Value:
    """The value of a `c` element; of a formula the one last stored. inner: its first child of each name."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _plain(inner.get("is")) or None
    stored = inner.get("v")
    text = (stored.text or "") if stored is not None else ""
    if not text:
        return None
    if kind == "s":
        return _shared(text, shared) or None
    if kind == "b":
        return text.strip() in {"1", "true"}
    if kind in {"str", "e", "d"}:
        return _unescaped(text)
    return _number(text, int(cell.get("s", "0")) in shared.days, shared.first)


def _number(text: str, is_day: bool, first: datetime) -> Value:
    """A stored number; as a day where its format shows one."""
    number = float(text)
    return number_of(number, is_day, first) if math.isfinite(number) else text


def number_of(number: float, is_day: bool, first: datetime) -> Value:
    """A number as a cell shows it; as a day where its format shows one. What is no number is empty."""
    if not math.isfinite(number):
        return None
    if is_day and 1 <= number <= _LAST_SERIAL and not (first == FIRST_1900 and 60 <= number < 61):
        return _day(number, first)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _day(serial: float, first: datetime) -> Value:
    # Excel counts a 29 February 1900 that never was: days before it are one further from the start.
    early = 1 if first == FIRST_1900 and serial < 60 else 0
    moment = first + timedelta(days=early) + timedelta(seconds=round(serial * 86_400))
    return moment if moment.hour or moment.minute or moment.second else moment.date()


def _shared(text: str, shared: Book) -> str:
    number = int(text)
    if not 0 <= number < len(shared.texts):
        raise ValueError(f"no shared text {number}")
    return shared.texts[number]


def _texts(container: zipfile.ZipFile, path: str, most: int) -> tuple[str, ...]:
    """The texts that cells refer to: of each item its own text and that of its runs, no reading aids."""
    texts: list[str] = []
    above: list[str] = []
    parts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        above.append(name)
        if len(above) == 2 and name == "si":
            if len(texts) == most:
                raise markup.TooLarge(f"> {most} texts")
            parts.clear()

    def text(part: str) -> None:
        if above[1:] in _SHOWN:
            parts.append(part)

    def end(name: str) -> None:
        above.pop()
        if len(above) == 1 and name == "si":
            texts.append(_unescaped("".join(parts)))

    with container.open(path) as stream:
        markup.scan(stream, start=start, end=end, text=text)
    return tuple(texts)


def _plain(item: etree._Element | None) -> str:
    """The text of an item without its formats and without the reading aid of East Asian scripts."""
    if item is None:
        return ""
    runs = [t.text or "" for t in item.iterfind("{*}t")] + [t.text or "" for t in item.iterfind("{*}r/{*}t")]
    return _unescaped("".join(runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _day_styles(content: bytes, most: int) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
        if max(len(formats), len(styles)) > most:
            raise markup.TooLarge(f"> {most} formats")

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    markup.scan(io.BytesIO(content), start=start, end=end)
    return frozenset(at for at, number in enumerate(styles) if shows_day(number, formats))


def shows_day(number: str, formats: Mapping[str, str]) -> bool:
    """Return True if a format, by its number, shows a number as a day; `formats`: those that are written
    out.
    """
    if number in formats:
        code = _NO_FORMAT.sub("", formats[number].split(";")[0]).lower()
        return "d" in code or "y" in code or ("m" in code and "h" not in code and "s" not in code)
    return number.isdigit() and int(number) in _DAY_FORMATS
