"""Positions of the columns of the main sheet, found by their headings."""

from dataclasses import dataclass

from konvoi.intake.sheet import Row, Sheet, Value, letters
from konvoi.kit.text import fold

MAIN = "Bilateral assistance, MAIN DATA"

# Heading and which of several columns of that heading is meant, counted from 0.
_HEADINGS: dict[str, tuple[str, int]] = {
    "package": ("ID", 0),
    "party": ("countries", 0),
    "day": ("Announcement Date", 0),
    "kind": ("Type of Aid General", 0),
    "form": ("Type of Aid Specific", 0),
    "currency": ("Original Currency", 0),
    "given": ("Monetary Value as Given by Source", 0),
    "type": ("Type of item", 0),
    "class": ("Sub-type of item", 1),
    "units": ("No. of Units", 0),
    "delivered": ("No. of Units delivered (in-kind military aid)", 0),
    "price": ("Unit Price in USD", 0),
    "value": ("Value committed (own estimate, in USD)", 0),
    "value delivered": ("Value delivered (own estimate, in USD)", 0),
    "total": ("Total", 0),
    "eur": ("Converted Value in EUR", 0),
    "official": ("Official Source", 0),
    "source 1": ("Source of Aid 1", 0),
    "source 2": ("Source of Aid 2", 0),
    "source 3": ("Source of Aid 3", 0),
    "source 4": ("Source of Aid 4", 0),
    "head": ("Total_value_dummy (1 is first row in the package)", 0),
    "valuation": ("value_source_commitments", 0),
}
MUST = ("package", "party", "day", "kind", "currency", "eur", "head")


@dataclass(frozen=True)
class Columns:
    """The position, from 0, of each column that is read; what is missing is not in it."""

    at: dict[str, int]

    def of(self, row: Row, name: str) -> Value:
        """The value of a row in a column by its short name; None where there is no such column."""
        position = self.at.get(name)
        return None if position is None else row[position]

    def letter(self, name: str) -> str:
        """The column's letters, as a spreadsheet shows them."""
        position = self.at.get(name)
        return "" if position is None else letters(position + 1)

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings that the sheet must have and has not."""
        return tuple(_HEADINGS[name][0] for name in MUST if name not in self.at)


def columns_of(heading: Row) -> Columns:
    """The columns that a row of headings names; the item stands left of its type and has no heading."""
    places: dict[str, list[int]] = {}
    for position, value in enumerate(heading.cells):
        if isinstance(value, str):
            places.setdefault(fold(value), []).append(position)
    at: dict[str, int] = {}
    for name, (text, which) in _HEADINGS.items():
        found = places.get(fold(text), [])
        if len(found) > which:
            at[name] = found[which]
    if at.get("type", 0) > 0:
        at["item"] = at["type"] - 1
    return Columns(at)


def text_of(value: Value) -> str:
    """A value as trimmed text; empty for None."""
    return "" if value is None else str(value).strip()


def body(sheet: Sheet) -> tuple[Row, ...]:
    """The rows below the headings."""
    return sheet.rows[1:]
