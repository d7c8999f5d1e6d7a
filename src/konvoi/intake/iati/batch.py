"""Rows of a stretch of an IATI file, and their origin."""

from collections import Counter
from dataclasses import dataclass, field, replace

import polars as pl
from lxml import etree

from konvoi.intake.iati.stream import Head, line
from konvoi.intake.iati.tables import TABLES
from konvoi.intake.sums import Rounding
from konvoi.kit.text import shown, tidy
from konvoi.model.document import Document
from konvoi.model.entries import ENTRIES, RELATIONS, SCOPES, frame
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.tables import BY_NAME

Row = dict[str, object]
EACH = 20
"""Number of faults of one kind that are listed one by one."""
_MORE = "The same holds at {count} places from here on; correct all of them."
SCHEMAS = {**TABLES, "parties": BY_NAME["parties"].schema()}


@dataclass
class Batch:
    """Rows by table, to become frames, and findings in order."""

    entries: list[Row] = field(default_factory=list)
    scopes: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    findings: list[Finding] = field(default_factory=list)

    def frames(self) -> "Frames":
        """The rows as tables of their schemas."""
        return Frames(
            frame(self.entries, ENTRIES),
            frame(self.scopes, SCOPES).unique(maintain_order=True),
            frame(self.relations, RELATIONS).unique(maintain_order=True),
            {name: frame(rows, SCHEMAS[name]) for name, rows in self.tables.items()},
            tuple(self.findings),
        )


@dataclass(frozen=True)
class Frames:
    """Rows read from a stretch of a file: ENTRIES, SCOPES, RELATIONS, the format's own tables, findings."""

    entries: pl.DataFrame
    scopes: pl.DataFrame
    relations: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]


@dataclass
class Work:
    """State kept while a whole file is read: the document's own values, rounding, parties seen."""

    document: Document
    head: Head
    batch: Batch = field(default_factory=Batch)
    rounding: Rounding = field(default_factory=Rounding)
    seen: Counter[str] = field(default_factory=Counter)
    parties: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)
    notes: dict[tuple[str, str], Finding] = field(default_factory=dict)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[tuple[str, ...]] = field(default_factory=Counter)
    more: dict[tuple[str, ...], Finding] = field(default_factory=dict)

    def find(
        self, severity: Severity, code: str, at: "Spot", read: object, sentences: tuple[str, str]
    ) -> None:
        """Keep a finding about a spot; sentences: what was expected, what to do."""
        place = Place(self.document.name, at.path, at.line, at.column)
        self.batch.findings.append(Finding(severity, code, place, shown(tidy(str(read or ""))), *sentences))

    def fault(self, kind: tuple[str, ...], found: Finding) -> None:
        """Keep a departure from the standard; of one kind the first EACH, and one finding for all others."""
        self.faults[kind] += 1
        if self.faults[kind] <= EACH:
            self.batch.findings.append(found)
        else:
            self.more.setdefault(kind, found)

    def note(self, code: str, at: "Spot", read: str, sentences: tuple[str, str]) -> None:
        """Count a note that would stand at many places; it is reported once, with the first of them."""
        place = Place(self.document.name, at.path, at.line, at.column)
        self.notes.setdefault(
            (code, read), Finding(Severity.NOTE, code, place, shown(tidy(read)), *sentences)
        )
        self.times[code, read] += 1

    def flush(self, *, last: bool = False) -> Frames:
        """Return the rows kept since the last call; at the end also notes that had to be counted first."""
        for party in sorted(self.parties.keys() - self.given):
            row: Row = {"party": party, "name": self.parties[party], "kind": "implementer"}
            self.batch.tables["parties"].append(row | {"_file": self.document.name})
        self.given |= self.parties.keys()
        if last:
            self.batch.findings += self._told() + self._more() + self.rounding.findings(self.document.name)
        frames, self.batch = self.batch.frames(), Batch()
        return frames

    def _told(self) -> list[Finding]:
        """The notes that were counted, `{count}` being how often each was met."""
        return [
            replace(found, values={"count": str(self.times[name])})
            for name, found in sorted(self.notes.items())
        ]

    def _more(self) -> list[Finding]:
        """One finding for the faults of each kind that are not listed one by one, at the first of them."""
        return [
            replace(found, remedy=_MORE, values={**found.values, "count": str(self.faults[kind] - EACH)})
            for kind, found in self.more.items()
        ]

    def add(self, table: str, at: "Spot", row: Row) -> None:
        """Keep a row of one of this format's tables, with its origin."""
        origin: Row = {"_file": self.document.name, "_sheet": at.path, "_row": at.line}
        self.batch.tables[table].append(row | origin)


@dataclass(frozen=True)
class Spot:
    """A place in a file: the path of an element, the line in the file, the attribute or child."""

    path: str
    line: int
    column: str = ""

    def at(self, column: str) -> "Spot":
        """Return the same element with another of its values."""
        return Spot(self.path, self.line, column)


def spot(element: etree._Element, path: str) -> Spot:
    """Return the place of an element."""
    return Spot(path, line(element))
