"""The euro's reference rates of the European Central Bank: their history as CSV, also zipped."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from konvoi.intake import container
from konvoi.intake.sums import number
from konvoi.kit.days import iso
from konvoi.kit.text import shown, tidy
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

SOURCE = "European Central Bank, euro foreign exchange reference rates"
_CURRENCY = re.compile(r"[A-Z]{3}")
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?Date(?:,[A-Z]{3}){3,},?\s*\r?\n")
_PART = re.compile(r"eurofxref[\w-]*\.csv")
_ABSENT = ("", "N/A")
_PLACES = 6


class EcbRates:
    """A day in each row, a currency in each column, and in the cell the value of one euro."""

    name = "ecb-rates"

    def recognises(self, document: Document) -> bool:
        """A CSV whose head is Date and currency codes, or a zip with one such file of the bank's name."""
        parts = container.names(document.content)
        if parts:
            return len(parts) == 1 and _PART.fullmatch(parts[0]) is not None
        return _HEAD.match(document.content[:2_000]) is not None

    def read(self, document: Document) -> Reading:
        """Read all rates into the table `rates`; a currency without a rate on a day has no row there."""
        sheet, content, refusal = _content(document)
        if refusal:
            return _reading(document, _Rates(document, sheet), (refusal,), refused=True)
        found = _Rates(document, sheet)
        try:
            rows = csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""), strict=True)
            _read(rows, found)
        except csv.Error as error:
            place = Place(document.name, sheet, found.row)
            broken = _finding(Severity.ERROR, "ecb-broken", place, str(error), "rows of a CSV file")
            return _reading(document, _Rates(document, sheet), (broken,), refused=True)
        return _reading(document, found, tuple(found.findings))


ECB_RATES = EcbRates()


@dataclass
class _Rates:
    """The rates read so far: per_eur by currency and day, with its row."""

    document: Document
    sheet: str
    row: int = 0
    values: dict[tuple[str, date], tuple[Decimal, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, severity: Severity, code: str, column: str, read: str, expected: str) -> None:
        """Keep a finding at a column of the row that is read."""
        place = Place(self.document.name, self.sheet, self.row, column)
        self.findings.append(_finding(severity, code, place, read, expected))


def _content(document: Document) -> tuple[str, bytes, Finding | None]:
    """The name and bytes of the CSV, unpacked where it is zipped, or why that cannot be done."""
    if not container.is_zip(document.content):
        return "", document.content, None
    refusals = [one for one in container.inspected(document) if one.severity == Severity.ERROR]
    if refusals:
        return "", b"", refusals[0]
    try:
        name = container.names(document.content)[0]
        return name, container.part(document.content, name), None
    except (*container.BROKEN, IndexError, KeyError):
        return "", b"", container.refusal(document, "container-broken")


def _read(rows: Iterator[list[str]], found: _Rates) -> None:
    currencies: list[str] = []
    for found.row, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not currencies:
            currencies = [tidy(cell) for cell in cells[1:]]
            _check(currencies, found)
        elif any(cells):
            _day(cells, currencies, found)


def _check(currencies: Sequence[str], found: _Rates) -> None:
    for code in currencies:
        if code and not _CURRENCY.fullmatch(code):
            expected = "the ISO 4217 code of a currency"
            found.find(Severity.WARNING, "currency-unknown", code, code, expected)


def _day(cells: Sequence[str], currencies: Sequence[str], found: _Rates) -> None:
    days = iso(cells[0])
    if days is None or not days.exact:
        found.find(Severity.WARNING, "ecb-day-unreadable", "Date", cells[0], "a day such as 2026-01-30")
        return
    for code, text in zip(currencies, cells[1:], strict=False):
        if not _CURRENCY.fullmatch(code) or text in _ABSENT:
            continue
        rate = number(text)
        if rate is None or rate <= 0 or _finer(rate):
            found.find(Severity.WARNING, "ecb-rate-unreadable", code, text, "a rate above zero, with a point")
            continue
        before = found.values.setdefault((code, days.first), (rate, found.row))
        if before[0] != rate:
            found.find(Severity.WARNING, "ecb-day-twice", code, text, "one rate per day; the first is used")


def _finer(rate: Decimal) -> bool:
    """Return True if a rate has more decimals than are kept."""
    exponent = rate.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -_PLACES


def _finding(severity: Severity, code: str, place: Place, read: str, expected: str) -> Finding:
    remedy = "fetch the file again from the bank; what can be read of it is used"
    return Finding(severity, code, place, shown(read), expected, remedy)


def _reading(
    document: Document, found: _Rates, findings: tuple[Finding, ...], *, refused: bool = False
) -> Reading:
    rows = [
        {
            "currency": code,
            "day": day,
            "per_eur": rate,
            "source": SOURCE,
            "_file": document.name,
            "_sheet": found.sheet,
            "_row": row,
        }
        for (code, day), (rate, row) in sorted(found.values.items())
    ]
    days = sorted({day for _, day in found.values})
    facts = {"rates": str(len(rows))}
    if days:
        facts |= {"first day": days[0].isoformat(), "last day": days[-1].isoformat()}
    return Reading(
        document=document.name,
        digest=document.digest,
        format=ECB_RATES.name,
        party=document.party,
        tables={"rates": frame(rows, BY_NAME["rates"].schema())},
        findings=findings,
        refused=refused,
        facts=facts,
    )
