"""A document as submitted, and its content as read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from konvoi.kit.digest import digest
from konvoi.model.entries import CLAIMS, ENTRIES, RELATIONS, SCOPES, empty
from konvoi.model.finding import Finding, Place
from konvoi.model.markings import COALITION, MARKINGS, OWN, PUBLIC

__all__ = ["COALITION", "MARKINGS", "OWN", "PUBLIC", "Document", "Reading", "Unread"]


@dataclass(frozen=True)
class Document:
    """One file: its name (path below the submissions folder), its bytes, and its sender.

    party: the party that submitted it, empty when not known.
    marking: the default for records without one; data that their source has published are public anyway.
    sheets: pairs of a sheet's name and the table as which it is to be read, although it is named otherwise.
    decimal: the decimal separator of the sender, for columns that show none; empty if it is not known.
    hidden: sheets and numbers of rows of our own tables that are passed over, as if they were not there.
    mappings: by which the sender's own files are read (konvoi.intake.mapping), each as JSON.
    """

    name: str
    content: bytes
    party: str = ""
    marking: str = PUBLIC
    sheets: tuple[tuple[str, str], ...] = ()
    decimal: str = ""
    hidden: tuple[tuple[str, int], ...] = ()
    mappings: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        return digest(self.content)


@dataclass(frozen=True)
class Unread:
    """A sheet that was not read and looks like a table: its rows, and the sum of its amounts in a currency.

    amount_minor: minor units; None where the sheet states no amounts. A sheet with amounts in several
    currencies stands once for each.
    """

    sheet: str
    table: str
    rows: int
    amount_minor: int | None = None
    currency: str = ""


@dataclass(frozen=True)
class Separators:
    """The decimal separators of the numbers in a document.

    shown: those that columns show by themselves, each once, sorted. unclear: whether a column holds numbers
    that can be read in two ways and shows none. remembered: the one by which such columns were read.
    """

    shown: str = ""
    unclear: bool = False
    remembered: str = ""


@dataclass(frozen=True)
class Reading:
    """Content of one document as read; several readings are joined by the ledger.

    entries, scopes, relations, claims: tables of the schemas in konvoi.model.entries.
    tables: the workbook's tables by name (konvoi.model.tables), each with the columns `_file`, `_sheet`,
    `_row`; besides, `rates` and `shares` (fund, party, share) that other formats carry.
    boundary: the scope that the document states for itself, such as `country:AFG,year:2020`; empty for none.
    currency: what its own totals are in; empty for none.
    facts: counts and names worth showing (format version, sheets, rows read), as strings.
    headings: for each sheet of our own tables, what stands at the head of a column, by the column's name
    and by its letters. unread: sheets that are in no total, because they are named like no table.
    separators: of the numbers in our own tables. left_out: rows of our own tables that were not read, as far
    as their cells can be. interdependent: whether rows of our own tables are read by what other rows hold.
    """

    document: str
    digest: str
    format: str
    party: str = ""
    entries: pl.DataFrame = field(default_factory=lambda: empty(ENTRIES))
    scopes: pl.DataFrame = field(default_factory=lambda: empty(SCOPES))
    relations: pl.DataFrame = field(default_factory=lambda: empty(RELATIONS))
    claims: pl.DataFrame = field(default_factory=lambda: empty(CLAIMS))
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    boundary: str = ""
    currency: str = ""
    refused: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    separators: Separators = Separators()
    left_out: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    interdependent: bool = False

    def headed(self, finding: Finding) -> Finding:
        """A finding on this document with its column's heading; one that has it stays as it is."""
        return replace(finding, place=self.found(finding.place))

    def found(self, place: Place) -> Place:
        """A place in this document with its column's heading; one that has it stays as it is."""
        heading = self.headings.get(place.sheet, {}).get(place.column, "")
        if place.file != self.document or place.heading or not heading:
            return place
        return replace(place, heading=heading)
