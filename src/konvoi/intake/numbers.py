"""Numbers as people write them: exact decimals, and a question where a sign can mean two things."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from konvoi.intake.cell import Ask, Cell, Fault, error, text_of
from konvoi.intake.scales import scaled, times_over
from konvoi.intake.sheet import Value
from konvoi.kit.text import tidy
from konvoi.model.finding import Severity
from konvoi.model.table import Type

STEP = Decimal("0.000001")
LARGEST = Decimal(10) ** 18

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"([+-]?\d{1,3})((?:[ '’]\d{3})+)(?:[.,](\d+))?")
_POINTS = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+),(\d+)")
_COMMAS = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+)\.(\d+)")
_MANY = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})+)")
_ONE = re.compile(r"([+-]?)(\d+)([.,])(\d+)")
_LOOKALIKE = str.maketrans(
    {**dict.fromkeys("OoОоQ", "0"), **dict.fromkeys("lIІі|", "1"), "З": "3", "S": "5", "B": "8"}
)
_THREE = re.compile(r"[.,]\s?\d{3}(?!\d)")
_LITRES = re.compile(r"[+-]?\d+l")
_IN_BRACKETS = re.compile(r"\(\s*(\d[^()]*?)\s*\)")
# Accounts write what is less than nothing so: no positive number is proposed for it.
_PERHAPS_NEGATIVE = re.compile(r"\([^()\d]*\d[\d.,'’ ]*[^()\d]*\)|\d\s*-(?!\s*\d)")
_INSIDE = re.compile(r"[+-]?\d[\d.,]*")
# Values beyond these make no sense in such a column, so that only one reading of "50.450" is left.
_RANGES = {"lat": (-90, 90), "lon": (-180, 180)}


def number(value: Value, ask: Ask) -> Cell:
    """A quantity or another exact decimal, to six places."""
    cell = exact(value, ask)
    if not isinstance(cell.value, Decimal):
        return cell
    return _to_step(replace(cell, value=cell.value * ask.times))


def whole(value: Value, ask: Ask) -> Cell:
    """A whole number."""
    cell = exact(value, ask)
    if not isinstance(cell.value, Decimal):
        return cell
    if cell.value != cell.value.to_integral_value():
        return error("number-not-whole", "a whole number", "Write it without a fraction.")
    return Cell(int(cell.value), cell.faults)


def share(value: Value, ask: Ask) -> Cell:
    """A part of one: between 0 and 1, or with a percent sign."""
    text = text_of(value)
    percent = text.endswith("%")
    cell = exact(text[:-1].rstrip() if percent else value, ask)
    if not isinstance(cell.value, Decimal):
        return cell
    part = cell.value / 100 if percent else cell.value
    if not 0 <= part <= 1:
        half = str((part / 100).normalize()) if part <= 100 else "0.5"
        return error("share-out-of-range", "a part between 0 and 1", "Did you mean {meant}?", meant=half)
    return _to_step(Cell(part, cell.faults))


def exact(value: Value, ask: Ask) -> Cell:
    """The decimal that was written, at any fineness; a number of Excel is taken by its shortest form."""
    if isinstance(value, bool) or (value is not None and not isinstance(value, str | int | float | Decimal)):
        return error("number-unreadable", "a number", "Write a number into this cell.")
    if isinstance(value, Decimal):
        found = Cell(value)
    else:
        found = _written(value, ask) if isinstance(value, str) else Cell(Decimal(repr(value)))
    if isinstance(found.value, Decimal) and abs(found.value) >= LARGEST:
        return error("number-too-large", "a number of at most 18 digits", "Check the zeros.")
    return found


def decimal_separators(values: Iterable[Value]) -> str:
    """Return the decimal separators that the numbers of a column show, each once, sorted.

    >>> decimal_separators(["1.5", "1,5", "1.500"]), decimal_separators(["1.500"])
    (',.', '')
    """
    separated = (value for value in values if isinstance(value, str) and ("." in value or "," in value))
    return "".join(sorted({_shows(_signed(value).removesuffix("%").rstrip()) for value in separated}))


def separator_unclear(value: Value) -> bool:
    """Return True for a number whose one separator may mark a fraction or thousands."""
    text = _signed(value).removesuffix("%").rstrip() if isinstance(value, str) else ""
    one = _ONE.fullmatch(text)
    return one is not None and not _fraction_alone(one)


def depends_on_column(value: Value) -> bool:
    """Return True for a text whose number may be read by the separators of its column."""
    return isinstance(value, str) and _THREE.search(value) is not None


def _shows(text: str) -> str:
    """Return the decimal separator of a number that can be read in one way only; empty if it shows none."""
    if _POINTS.fullmatch(text):
        return ","
    if _COMMAS.fullmatch(text):
        return "."
    if many := _MANY.fullmatch(text):
        return "," if many[3] == "." else "."
    one = _ONE.fullmatch(text)
    return one[3] if one and _fraction_alone(one) else ""


def _normal(text: str) -> str:
    return tidy(unicodedata.normalize("NFKC", text)).replace("−", "-").replace("‑", "-")


def _signed(text: str) -> str:
    """Return a normal text; a number in brackets alone with a minus sign, as accounts mean it."""
    text = _normal(text)
    inside = _IN_BRACKETS.fullmatch(text) if len(text) <= 60 else None
    return f"-{inside[1]}" if inside else text


def _written(text: str, ask: Ask) -> Cell:
    text = _normal(text)
    signed = _signed(text)
    if signed != text and ask.column.type == Type.MONEY:
        cell = _written(signed, ask)
        if not isinstance(cell.value, Decimal):
            return cell
        fault = Fault(
            Severity.NOTE,
            "number-in-brackets",
            "a number with a minus sign",
            "It was read as {value}, as accounts write negative amounts.",
            {"value": f"{cell.value:f}"},
        )
        return replace(cell, faults=(*cell.faults, fault))
    if len(text) > 60:
        return error("number-unreadable", "a number", "Write the number alone, without other text.")
    if (one := _ONE.fullmatch(text)) and not _clear(one, ask):
        return Cell(_decided(one, ask)) if ask.decimal else _asked(one)
    sure = _sure(text)
    if sure is not None:
        return Cell(sure)
    return _scaled(text, ask) or _not_one(text)


def _clear(one: re.Match[str], ask: Ask) -> bool:
    """Return True if a single separator can only mark the fraction: never so for three digits after it."""
    _, before, _, after = one.groups()
    if _fraction_alone(one):
        return True
    low, high = _RANGES.get(ask.column.name, (0, 1) if ask.column.type == Type.SHARE else (-LARGEST, LARGEST))
    return not low <= int(before + after) <= high


def _fraction_alone(one: re.Match[str]) -> bool:
    """Return True if a single separator marks the fraction in any column."""
    _, before, _, after = one.groups()
    return len(after) != 3 or len(before) > 3 or before.startswith("0")


def _decided(one: re.Match[str], ask: Ask) -> Decimal:
    """Return the value of a number with one separator before three digits, by the column's separator."""
    few, many = _both(one)
    return Decimal(few if one[3] == ask.decimal else many)


def _asked(one: re.Match[str]) -> Cell:
    return _either(*_both(one))


def _both(one: re.Match[str]) -> tuple[str, str]:
    """Return both possible values of a number with one separator before three digits: fraction, thousands."""
    sign, before, _, after = one.groups()
    return f"{sign}{before}.{after}".rstrip("0").rstrip("."), f"{sign}{before}{after}"


def _either(few: str, many: str) -> Cell:
    return error(
        "number-ambiguous",
        "an unambiguous number",
        "Write {few} or {many}, whichever is meant.",
        few=few,
        many=many,
    )


def _scaled(text: str, ask: Ask) -> Cell | None:
    """A number with a word such as million: proposed in digits and not taken; None where there is no word.

    What is written so is mostly rounded, and how exact it is only its author knows.
    """
    found = scaled(text, money=ask.column.type == Type.MONEY)
    if found is None:
        return None
    number, word, times = found
    one = _ONE.fullmatch(number)
    sure = _sure(number)
    if one and not _clear(one, ask):
        if not ask.decimal:
            few, many = (Decimal(part) for part in _both(one))
            return _either(times_over(few, times[0]), times_over(many, times[-1]))
        sure = _decided(one, ask)
    if sure is None or abs(sure) * times[-1] >= LARGEST:
        return None
    if len(times) > 1:
        return _either(times_over(sure, times[0]), times_over(sure, times[-1]))
    return error(
        "number-with-scale",
        "a number in digits, without the word “{word}”",
        "Did you mean {meant}? It was not taken: whether that is exact or rounded, only its author knows.",
        word=word,
        meant=times_over(sure, times[0]),
    )


def _sure(text: str) -> Decimal | None:
    """The number that a text can only mean; None where it is none."""
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if one := _ONE.fullmatch(text):
        return Decimal(f"{one[1]}{one[2]}.{one[4]}")
    if grouped := _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"\D", "", grouped[2]).join((grouped[1], "")) + f".{grouped[3] or 0}")
    if both := _POINTS.fullmatch(text) or _COMMAS.fullmatch(text):
        return Decimal(f"{both[1]}{re.sub(r'[.,]', '', both[2])}.{both[3]}")
    if many := _MANY.fullmatch(text):
        return Decimal(many[1] + re.sub(r"[.,]", "", many[2]))
    return None


def _not_one(text: str) -> Cell:
    """A text that is no number, with the number that may be meant."""
    if _LITRES.fullmatch(text):
        return _either(text[:-1], f"{text[:-1]}1")
    meant = _sure(text.translate(_LOOKALIKE))
    inside = _INSIDE.findall(text)
    if meant is None and len(inside) == 1 and not _PERHAPS_NEGATIVE.search(text):
        meant = _sure(inside[0])
    if meant is None:
        return error("number-unreadable", "a number", "Write digits only, such as 1250 or 12.5.")
    return error("number-unreadable", "a number", "Did you mean {meant}?", meant=f"{meant:f}")


def _to_step(cell: Cell) -> Cell:
    assert isinstance(cell.value, Decimal)
    rounded = cell.value.quantize(STEP, rounding=ROUND_HALF_EVEN)
    # Excel keeps 0.3 as 0.30000000000000004: that is noise of its arithmetic, not a finer statement.
    if abs(cell.value - rounded) <= abs(cell.value) * Decimal("1e-12"):
        return Cell(rounded, cell.faults)
    fault = Fault(
        Severity.NOTE,
        "number-rounded",
        "a number with at most six decimal places",
        "It was read as {value}.",
        {"value": f"{rounded:f}"},
    )
    return Cell(rounded, (*cell.faults, fault))
