"""Findings of the Kiel workbook, each with expectation and remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from konvoi.kit.text import shown
from konvoi.model.finding import Finding, Place, Severity

_WORDS: dict[str, tuple[Severity, str, str]] = {
    "day-uncertain": (
        Severity.WARNING,
        "a day such as 2022-03-31",
        "Enter the date of the announcement; until then any day from {from} to {to} is possible.",
    ),
    "day-impossible": (
        Severity.ERROR,
        "a day of the time that the release covers, {from} to {to}",
        "Correct the day; {proposal} is likely meant. Until then it may be any day of that time.",
    ),
    "day-after-release": (
        Severity.WARNING,
        "a day not after the release's last, {to}",
        "Correct the day (a series filled down counts the year up); the release's last day is used.",
    ),
    "number-unclear": (
        Severity.WARNING,
        "one decimal point, or none",
        "Write {proposal} if that is meant; until then the quantity is unknown.",
    ),
    "number-none": (
        Severity.WARNING,
        "a number, or nothing where it is not known",
        "Enter the number; until then it is not reported.",
    ),
    "number-as-text": (
        Severity.NOTE,
        "a number stored as a number",
        "Store the cell as a number; its text was taken unchanged.",
    ),
    "party-unknown": (
        Severity.WARNING,
        "the name or code of a state or an institution",
        "Correct the name, or add it to the table of parties; it counts under the name as written.",
    ),
    "kind-unknown": (
        Severity.WARNING,
        "military, financial or humanitarian",
        "Correct the type of aid; until then the row has no kind.",
    ),
    "currency-missing": (
        Severity.WARNING,
        "an ISO 4217 code next to an amount",
        "Enter the currency; until then the announced amount is not used.",
    ),
    "value-not-converted": (
        Severity.WARNING,
        "a value in euro next to the announced amount",
        "Convert {amount}, or state why it is omitted; the package is imported without a value.",
    ),
    "amount-zero-converted": (
        Severity.WARNING,
        "the original amount; 0 with a positive converted amount is treated as not stated",
        "Enter the original amount in the source. Until then the converted amount is used.",
    ),
    "package-missing": (
        Severity.ERROR,
        "the id of a package",
        "Enter the id; the row belongs to no package and was not imported.",
    ),
    "item-missing": (
        Severity.WARNING,
        "the name of an item next to its units",
        "Name the item; its units are not read.",
    ),
    "package-heads": (
        Severity.WARNING,
        "one row marked as the first of its package",
        "Mark one row; the first is taken.",
    ),
    "column-missing": (
        Severity.ERROR,
        "a column of this heading",
        "Restore the heading; the column below it was not imported.",
    ),
    "sheet-missing": (
        Severity.ERROR,
        "the sheet {sheet}",
        "Submit the whole workbook as published.",
    ),
    "release-days-unknown": (
        Severity.NOTE,
        "the days that the release covers, in the title of its ReadMe",
        "Nothing to do: {from} to {to} is used.",
    ),
    "rate-unreadable": (
        Severity.WARNING,
        "an ISO 4217 code and how much of it one euro was worth",
        "Correct the row; the rate is not used.",
    ),
    "share-unreadable": (
        Severity.WARNING,
        "a party and its share from 0 to 1",
        "Correct the row; the share is not used.",
    ),
}


@dataclass
class Faults:
    """Collects the findings of one document in the order in which they are met."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def place(self, sheet: str = "", row: int = 0, column: str = "") -> Place:
        """Return a place in the document."""
        return Place(self.file, sheet, row, column)

    def add(
        self,
        code: str,
        *,
        at: Place | None = None,
        read: object = "",
        values: Mapping[str, str] | None = None,
    ) -> None:
        """Note one fault; without a place it is one of the whole file."""
        severity, expected, remedy = _WORDS[code]
        place = at or self.place()
        self.found.append(
            Finding(severity, code, place, shown(str(read)), expected, remedy, dict(values or {}))
        )
