"""Stated ownership: ownership.csv, owners and managers of ships, subsidiaries on lists."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from konvoi.align.list_findings import told
from konvoi.kit.text import tidy
from konvoi.model.finding import Finding, Place

FILE = "ownership.csv"
HEAD = ("owner", "owned", "share", "source", "day")

_WHOLE = Decimal(100)
_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_PERCENT = r"\s*(?:%|percent|per cent|prozent|відсотк\w*)?\s*"
_EXACT = re.compile(rf"=?\s*{_NUMBER}{_PERCENT}", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:between\s+|from\s+|von\s+|від\s+)?{_NUMBER}{_PERCENT}(?:-|–|—|to|and|bis|до)\s*{_NUMBER}{_PERCENT}",
    re.IGNORECASE,
)
_ABOVE = r"(?:>=?|≥|over|more than|above|at least|über|mehr als|mindestens|понад|більше|не менше)\s*"
_BELOW = r"(?:<=?|≤|under|less than|below|at most|up to|unter|weniger als|höchstens|менше|до)\s*"
_LEAST = re.compile(
    rf"{_ABOVE}{_NUMBER}{_PERCENT}|{_NUMBER}{_PERCENT}(?:\+|or more|oder mehr|і більше)",
    re.IGNORECASE,
)
_MOST = re.compile(rf"{_BELOW}{_NUMBER}{_PERCENT}", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """Ownership of a part of a party by another. percent: None if the share is not stated; most: the highest
    that it may be, where a range is stated, of which percent is the lowest."""

    owner: str
    owned: str
    percent: Decimal | None
    source: str
    day: date | None = None
    most: Decimal | None = None

    @property
    def highest(self) -> Decimal:
        """The highest share that it may be; all of it where none is stated."""
        return self.most or (_WHOLE if self.percent is None else self.percent)

    def __str__(self) -> str:
        share = "?" if self.percent is None else f"{self.percent.normalize():f}"
        upto = f"–{self.most.normalize():f}" if self.most else ""
        unit = "" if self.percent is None else " %"
        where = ", ".join(filter(None, (self.source, self.day.isoformat() if self.day else "")))
        return f"{self.owner} → {self.owned}: {share}{upto}{unit} ({where})"


def stated(text: str) -> tuple[tuple[Stated, ...], tuple[Finding, ...]]:
    """The rows of ownership.csv, with a finding for each value that cannot be read.

    A share is a number from 0 to 100 or a range; empty where it is not known. One that cannot be read counts
    as not stated, so that it asks; a row is left out only where it does not name both parties.
    """
    rows, broken = _rows(text)
    if rows and not set(HEAD[:3]) <= set(rows[0][1]):
        return (), (told("ownership-broken", Place(FILE, row=1), read=",".join(rows[0][1])),)
    findings = list(broken)
    found: list[Stated] = []
    undated: list[int] = []
    fractions = any(_fraction(row.get("share", "")) for _, row in rows)
    for number, row in rows:
        lacks = next((name for name in ("owner", "owned") if not tidy(row.get(name, ""))), "")
        if lacks:
            findings.append(told("ownership-row", Place(FILE, row=number, column=lacks)))
            continue
        share = row.get("share", "")
        low, most = (None, None) if fractions and _small(share) else _share(share)
        if share and low is None:
            findings.append(told("ownership-share", Place(FILE, row=number, column="share"), read=share))
        day = _day(row.get("day", ""))
        if row.get("day") and day is None:
            findings.append(told("ownership-day", Place(FILE, row=number, column="day"), read=row["day"]))
        if not row.get("day"):
            undated.append(number)
        names = tidy(row["owner"]), tidy(row["owned"])
        found.append(Stated(*names, low, row.get("source", ""), day, most))
    if undated:
        place = Place(FILE, row=undated[0], column="day")
        findings.append(told("ownership-undated", place, count=str(len(undated))))
    return tuple(found), tuple(findings)


def _rows(text: str) -> tuple[list[tuple[int, Mapping[str, str]]], list[Finding]]:
    """The rows up to where the file breaks off, each with its number, and the finding on that."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    try:
        for number, row in enumerate(reader, 2):
            cells = {str(name).strip(): str(value or "").strip() for name, value in row.items() if name}
            # A decimal comma without quotes makes two cells of a share.
            if beyond := row.get(None):
                cells = {**cells, "share": ",".join([*list(cells.values())[2:], *beyond]), "day": ""}
            rows.append((number, cells))
    except csv.Error as error:
        return rows, [told("ownership-broken", Place(FILE, row=len(rows) + 2), read=str(error))]
    return rows, []


def _share(text: str) -> tuple[Decimal | None, Decimal | None]:
    """The share that a text states, or the lowest and the highest; None where it states none.

    >>> _share("50 %"), _share("25-50 %"), _share("more than 75"), _share("about half")
    ((Decimal('50'), None), (Decimal('25'), Decimal('50')), (Decimal('75'), Decimal('100')), (None, None))
    """
    if found := _EXACT.fullmatch(text):
        return _number(found[1]), None
    if found := _RANGE.fullmatch(text):
        low, high = _number(found[1]), _number(found[2])
        return (low, high) if low is not None and high is not None and low <= high else (None, None)
    if found := _LEAST.fullmatch(text):
        low = _number(found[1] or found[2])
        return low, None if low is None else _WHOLE
    if found := _MOST.fullmatch(text):
        high = _number(found[1])
        return (None, None) if high is None else (Decimal(0), high)
    return None, None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found <= _WHOLE else None


def _fraction(text: str) -> bool:
    """Return True for a number below one without a unit: the whole column may hold fractions of one."""
    return bool(re.fullmatch(r"0?[.,]\d+", text)) and bool(text.strip("0,."))


def _small(text: str) -> bool:
    found = _number(text) if re.fullmatch(_NUMBER, text) else None
    return _fraction(text) or found == 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


class Holding(NamedTuple):
    """An owner and an owned party as they are known, and the row that states the share."""

    owner: str
    owned: str
    row: Stated


def newest(rows: Sequence[Holding]) -> Iterator[tuple[str, str, Stated, Stated | None]]:
    """Yield for each owner and owned party the last row, and one of the same day that states another share.

    Of rows of one day the highest share counts.
    """
    best: dict[tuple[str, str], tuple[Stated, Stated | None]] = {}
    for owner, owned, one in rows:
        known = best.get((owner, owned))
        if known is None or _dated(one) > _dated(known[0]):
            best[owner, owned] = one, None
        elif _dated(one) == _dated(known[0]) and _stake(one) != _stake(known[0]):
            ranked = sorted((one, known[0]), key=lambda row: (row.percent is None, row.highest))
            best[owner, owned] = ranked[1], ranked[0]
    for (owner, owned), (row, other) in best.items():
        yield owner, owned, row, other


def _dated(one: Stated) -> date:
    return one.day or date.min


def _stake(one: Stated) -> tuple[Decimal | None, Decimal | None]:
    return one.percent, one.most
