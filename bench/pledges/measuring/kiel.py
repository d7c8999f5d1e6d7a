"""Rates in the Ukraine Support Tracker, Release 7 (Antezza et al. 2022, Kiel Working Paper 2218)."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
from bench.pledges.measuring.rate import Rate, digits, mantissa, repeated, tally

FILE = "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx"
SHEET = "Bilateral assistance, MAIN DATA"
UNKNOWN = (None, "", ".", "undisclosed", "Not given")
(ID, PARTNER, DAY, KIND, SAID, CURRENCY, AMOUNT, ITEM, UNITS, DELIVERED) = (0, 1, 2, 3, 5, 6, 7, 8, 12, 13)
OFFICIAL, SOURCES, UPDATED, HEAD, VALUED = 20, (21, 22, 23, 24), 26, 29, 30
EUR_OF_ONE = {
    "EUR": 1.0, "USD": 1.01, "CAD": 0.755, "GBP": 1.142, "PLN": 0.21, "RON": 0.203, "SEK": 0.0926,
    "HRK": 0.133,
    "CZK": 0.0407, "DKK": 0.1345, "AUD": 0.67, "NOK": 0.0976, "CHF": 1.038, "NZD": 0.594, "HUF": 0.00245,
    "CNY": 0.1435, "TWD": 0.0299,
}  # fmt: skip
SAYS = {
    "additional": r"\badditional(ly)?\b|\bin addition\b|\bfurther\b",
    "to_date": r"\b(total|so far|to date|since the (start|beginning))\b",
    "previous": r"\bprevious(ly)?\b|\balready\b",
    "part_of": r"\bpart of\b|\bout of (the|this|these|which)\b|\bincluded in\b",
    "joint": r"\bjoint(ly)?\b|\btogether with\b",
    "replaced": r"\bcancel|\breplace[sd]?\b|\binstead of\b|\bwithdr[ae]w",
    "implementer": r"\bUN(ICEF|HCR|DP|FPA|OCHA)\b|\bRed Cross\b|\bWFP\b|\bICRC\b|\bOCHA\b|\bWHO\b|\bIFRC\b",
    "through_eu": r"\bEPF\b|European Peace Facility",
}


def _rows(data: Path) -> list[tuple[Any, ...]]:
    """The rows of the main sheet; its stated dimension is not trusted."""
    book = openpyxl.load_workbook(data / FILE, read_only=True, data_only=True)
    sheet = book[SHEET]
    sheet.reset_dimensions()
    return [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True) if row[ID]]


def _known(value: object) -> bool:
    """Whether a figure stands in a cell."""
    return isinstance(value, int | float) and value > 0


def rates(data: Path) -> list[Rate]:
    """All rates of this file."""
    rows = _rows(data)
    heads = [row for row in rows if row[HEAD] == 1]
    return [
        *_amounts(heads),
        *_goods(rows),
        *_numbered(rows, heads),
        *_packages(rows, heads),
        *_words(heads),
        *_days(rows, heads),
    ]


def _rate(name: str, column: str, counted: str, **found: Any) -> Rate:
    """A rate of this file."""
    return Rate(f"kiel.{name}", f"{FILE}, sheet {SHEET}", column, counted, **found)


def _amounts(heads: list[tuple[Any, ...]]) -> list[Rate]:
    """How exact amounts are said, how large they are, and how often they are the same."""
    said = [row for row in heads if _known(row[AMOUNT])]
    column = "Monetary Value as Given by Source"
    sizes = [
        len(str(round(r[AMOUNT] * EUR_OF_ONE[r[CURRENCY]]))) - 1 for r in said if r[CURRENCY] in EUR_OF_ONE
    ]
    first = [mantissa(r[AMOUNT], 1) for r in said if digits(r[AMOUNT]) == 1]
    second = [mantissa(r[AMOUNT], 2) for r in said if digits(r[AMOUNT]) == 2]
    same = repeated((r[PARTNER], r[CURRENCY], r[AMOUNT]) for r in said)
    lost = len(heads) - len(said)
    return [
        _rate("amount_missing", column, "packages without a figure", share=(lost, len(heads))),
        _rate(
            "digits", column, "packages by significant digits", counts=tally(digits(r[AMOUNT]) for r in said)
        ),
        _rate("first_digit", column, "packages of one significant digit", counts=tally(first)),
        _rate("first_digits", column, "packages of two significant digits", counts=tally(second)),
        _rate("size", column, "packages by power of ten in EUR, at its sheet of rates", counts=tally(sizes)),
        _rate("equal_amount", column, "packages that share partner and amount", share=(same, len(said))),
    ]


def _goods(rows: list[tuple[Any, ...]]) -> list[Rate]:
    """What is known of quantities."""
    items = [row for row in rows if row[ITEM] not in UNKNOWN]
    known = [row for row in items if _known(row[UNITS])]
    delivered = sum(1 for row in known if _known(row[DELIVERED]))
    column = "No. of Units"
    lost, sizes = len(items) - len(known), tally(len(str(round(r[UNITS]))) - 1 for r in known)
    return [
        _rate("quantity_missing", column, "items without a number", share=(lost, len(items))),
        _rate(
            "quantity_digits",
            column,
            "items by significant digits",
            counts=tally(digits(r[UNITS]) for r in known),
        ),
        _rate("quantity_size", column, "items by power of ten", counts=sizes),
        _rate(
            "delivered",
            "No. of Units delivered",
            "numbered items, some delivered",
            share=(delivered, len(known)),
        ),
    ]


def _numbered(rows: list[tuple[Any, ...]], heads: list[tuple[Any, ...]]) -> list[Rate]:
    """Whether a package says a number of units: those without a figure mostly do, the others seldom."""
    numbered = {row[ID] for row in rows if _known(row[UNITS])}
    column, found = "No. of Units", []
    for name, priced in (("numbered_if_priced", True), ("numbered_if_silent", False)):
        among = [row for row in heads if _known(row[AMOUNT]) is priced]
        told = sum(1 for row in among if row[ID] in numbered)
        counted = f"packages with{'' if priced else 'out'} a figure, a row of them with a number"
        found.append(_rate(name, column, counted, share=(told, len(among))))
    return found


def _packages(rows: list[tuple[Any, ...]], heads: list[tuple[Any, ...]]) -> list[Rate]:
    """How packages fall into lines, who hands them in, in which currency, and how many pages report each."""
    lines = Counter(row[ID] for row in rows)
    many = sum(1 for count in lines.values() if count > 1)
    sizes = tally(count for count in lines.values() if count > 1)
    pages = [sum(1 for c in SOURCES if str(row[c]).startswith("http")) for row in heads]
    official = sum(1 for row in heads if str(row[OFFICIAL]).strip() == "Yes")
    changed = sum(1 for row in rows if row[UPDATED] == 1)
    dollars = [r for r in heads if r[PARTNER] != "United States" and r[CURRENCY] in EUR_OF_ONE]
    foreign = sum(1 for row in dollars if row[CURRENCY] == "USD")
    return [
        _rate("package_of_lines", "ID", "packages of more than one row", share=(many, len(lines))),
        _rate("lines", "ID", "packages of more than one row by rows", counts=tally_of(sizes)),
        _rate(
            "pages",
            "Source of Aid 1-4",
            "packages by number of addresses",
            counts=tally(p for p in pages if p),
        ),
        _rate(
            "official", "Official Source", "packages with an official source", share=(official, len(heads))
        ),
        _rate(
            "revised", "Updated/newly added entry", "rows changed since Release 6", share=(changed, len(rows))
        ),
        _rate(
            "in_dollars",
            "Original Currency",
            "packages in USD of others than the US",
            share=(foreign, len(dollars)),
        ),
        _rate("partners", "countries", "packages by partner", counts=tally(r[PARTNER] for r in heads)),
        _rate("kinds", "Type of Aid General", "packages by kind", counts=tally(r[KIND] for r in heads)),
    ]


def tally_of(counts: dict[str, int]) -> dict[str, int]:
    """Counts by number of lines without the two lists that are no packages (beyond 30 rows)."""
    return {value: count for value, count in counts.items() if int(value) <= 30}


def _words(heads: list[tuple[Any, ...]]) -> list[Rate]:
    """How often an explanation uses a word: an upper bound of how often the thing is so."""
    said = [str(row[SAID]) for row in heads]
    return [
        _rate(
            f"says_{name}",
            "Explanation",
            f"packages whose text matches {pattern}",
            share=(sum(1 for text in said if re.search(pattern, text, re.IGNORECASE)), len(said)),
        )
        for name, pattern in SAYS.items()
    ]


def _days(rows: list[tuple[Any, ...]], heads: list[tuple[Any, ...]]) -> list[Rate]:
    """How often the day is not a day, and how many packages a partner announces in a month."""
    text = [row for row in heads if isinstance(row[DAY], str)]
    by_hand = sum(1 for row in heads if row[VALUED] != "Value is given by the source")
    months = Counter(
        (r[PARTNER], r[KIND], r[DAY].year, r[DAY].month) for r in heads if not isinstance(r[DAY], str)
    )
    column = "Announcement Date"
    spans = sum(1 for row in rows if isinstance(row[DAY], str))
    return [
        _rate("day_not_exact", column, "packages whose day is a text", share=(len(text), len(heads))),
        _rate("row_day_not_exact", column, "rows whose day is a text", share=(spans, len(rows))),
        _rate("per_month", column, "partner, kind and month by packages", counts=tally(months.values())),
        _rate(
            "valued_by_others",
            "value_source_commitments",
            "packages not valued by their source",
            share=(by_hand, len(heads)),
        ),
    ]
