"""The small sheets that desks and the recipient fill in: their names, columns and example rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from konvoi.kit.text import fold
from konvoi.model.naming import heading, localized, meanings
from konvoi.model.party import LANGUAGES
from konvoi.model.stages import DEFAULT_COUNT_MODE, ROUTES, Stage
from konvoi.model.table import Column, Table
from konvoi.model.tables import BY_NAME

Plain = str | int | date

EXAMPLE = "Example"
"""Reference of the row that shows how a sheet is filled in; it is never imported."""

FILLED_IN = ("identifier (filled in)", "unit (filled in)")
"""Heads of columns that the workbook fills in itself from the good's name; they are not read."""


@dataclass(frozen=True)
class DeskSheet:
    """A sheet: its name, the table that it fills, and the columns of the table that it shows.

    names: heads of columns that are named otherwise than in the table. example: values of the example row by
    column; the column of the row's own reference holds EXAMPLE.
    """

    name: str
    table: Table
    columns: tuple[str, ...]
    example: Mapping[str, Plain]
    names: Mapping[str, str]

    def column(self, name: str) -> Column:
        """Return a column of the sheet's table."""
        return next(one for one in self.table.columns if one.name == name)

    def title(self, language: str) -> str:
        """Return the name of the sheet in a language."""
        return localized("form", self.name, language)

    def heading(self, column: Column, language: str) -> str:
        """Return the head of a column in a language: its name, its unit, and a star if it is required."""
        own = self.names.get(column.name)
        if own is None:
            text = heading(column, language)
        else:
            text = localized("form", own, language) + (" *" if column.must else "")
        return text[:1].upper() + text[1:]

    def example_text(self, column: str, language: str) -> Plain | None:
        """Return the value of the example row in a column, texts in a language."""
        if column == self.columns[0]:
            return localized("example", EXAMPLE, language)
        value = self.example.get(column)
        if not isinstance(value, str):
            return value
        if column == "language":
            return language
        if column == "unit":
            return localized("unit", value, language)
        found = localized("example", value, language)
        return found if found != value else localized("choice", value, language)


PLEDGE = DeskSheet(
    "Pledge",
    BY_NAME["packages"],
    (
        "package",
        "title",
        "day",
        "kind",
        "stage",
        "amount",
        "currency",
        "counterparty",
        "address",
        "relates",
        "marking",
        "count_mode",
    ),
    {
        "title": "Winter package 2026",
        "day": date(2026, 1, 15),
        "kind": "humanitarian",
        "stage": Stage.COMMITTED,
        "amount": 1_250_000,
        "currency": "EUR",
        "marking": "coalition",
        "count_mode": DEFAULT_COUNT_MODE,
    },
    {"package": "pledge"},
)
ITEMS = DeskSheet(
    "Items",
    BY_NAME["lines"],
    (
        "line",
        "package",
        "good",
        "quantity",
        "unit",
        "amount",
        "currency",
        "route",
        "promised",
        "agreement",
        "marking",
        "count_mode",
    ),
    {
        "package": EXAMPLE,
        "good": "Generator, 100 kVA",
        "quantity": 40,
        "unit": "piece",
        "amount": 1_000_000,
        "currency": "EUR",
        "route": next(iter(ROUTES)),
        "promised": date(2026, 3, 31),
        "marking": "coalition",
        "count_mode": DEFAULT_COUNT_MODE,
    },
    {"line": "item", "package": "pledge", "route": "channel"},
)
MOVEMENTS = DeskSheet(
    "Movements",
    BY_NAME["movements"],
    ("movement", "line", "day", "stage", "quantity", "unit", "from", "to", "carrier", "waybill", "marking"),
    {
        "line": EXAMPLE,
        "day": date(2026, 3, 2),
        "stage": Stage.DISPATCHED,
        "quantity": 20,
        "unit": "piece",
        "waybill": "CMR 4711",
        "marking": "coalition",
    },
    {"movement": "movement", "line": "item"},
)
CONTACTS = DeskSheet(
    "Contacts",
    BY_NAME["contacts"],
    ("name", "function", "email", "language"),
    {"function": "Desk officer", "email": "desk@example.org", "language": "en"},
    {},
)
NEEDS = DeskSheet(
    "Needs",
    BY_NAME["needs"],
    ("need", "good", "quantity", "site", "due", "last_useful", "state", "whole", "address", "marking"),
    {
        "good": "Generator, 100 kVA",
        "quantity": 40,
        "site": "Regional hospital",
        "due": date(2026, 3, 31),
        "last_useful": date(2026, 4, 30),
        "state": "validated",
        "whole": "no",
        "marking": "coalition",
    },
    {},
)
RECEIPTS = DeskSheet(
    "Receipts",
    BY_NAME["receipts"],
    (
        "receipt",
        "reference",
        "day",
        "received",
        "short",
        "damaged",
        "rejected",
        "over",
        "place",
        "proof",
        "document",
        "marking",
    ),
    {
        "reference": "CMR 4711",
        "day": date(2026, 3, 9),
        "received": 19,
        "damaged": 1,
        "place": "Regional hospital",
        "proof": "signed by consignee",
        "document": "GRN 88",
        "marking": "coalition",
    },
    {},
)

DESK_SHEETS: Mapping[str, tuple[DeskSheet, ...]] = {
    "desk": (PLEDGE, ITEMS, MOVEMENTS, CONTACTS),
    "recipient": (NEEDS, RECEIPTS, CONTACTS),
}
"""The sheets of each small template, in their order; the head stands in the top rows of the first."""

_ALL = (PLEDGE, ITEMS, MOVEMENTS, CONTACTS, NEEDS, RECEIPTS)
BY_TABLE: Mapping[str, DeskSheet] = {sheet.table.name: sheet for sheet in _ALL}


def desk_sheet(name: str) -> DeskSheet | None:
    """Return the small sheet that a name means, in any language; None for none."""
    found = meanings("form", tuple(sheet.name for sheet in _ALL)).get(fold(name))
    return next((sheet for sheet in _ALL if sheet.name == found), None)


@cache
def form_names(table: str) -> Mapping[str, str]:
    """For each folded head of a small sheet in any language that a table does not use, its column."""
    sheet = BY_TABLE.get(table)
    if sheet is None:
        return {}
    return {
        fold(localized("form", name, language)): column
        for column, name in sheet.names.items()
        for language in LANGUAGES
    }


@cache
def filled_in() -> frozenset[str]:
    """The folded heads of columns that the workbook fills in itself, in any language."""
    return frozenset(meanings("form", FILLED_IN))


@cache
def example_marks() -> frozenset[str]:
    """The folded references of example rows in all languages."""
    return frozenset(meanings("example", (EXAMPLE,)))
