"""A file of activities too large for memory: counted and checked stretch by stretch, its rows not kept."""

from collections import Counter
from dataclasses import dataclass, field
from typing import IO

import polars as pl

from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.iati.batch import Frames
from konvoi.intake.iati.stream import Refusal
from konvoi.intake.wire import packed_reading
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

KEPT = 1000
"""Number of findings that are listed; of each kind at least the first is."""

STREAMED = "streamed"
"""The fact that marks such a reading: its tables are empty, its facts give the number of rows."""


@dataclass
class _Count:
    """Counts so far, in memory that grows by only one number for each row."""

    rows: Counter[str] = field(default_factory=Counter)
    entries: list[pl.Series] = field(default_factory=list)
    relations: list[pl.Series] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add(self, part: Frames) -> None:
        self.entries.append(part.entries["entry"].hash())
        self.relations.append(part.relations.hash_rows())
        self.rows.update({name: rows.height for name, rows in part.tables.items()})
        for finding in part.findings:
            kind = (str(finding.severity), finding.code)
            if len(self.findings) < KEPT or kind not in self.kinds:
                self.findings.append(finding)
            self.kinds[kind] += 1

    def facts(self) -> dict[str, str]:
        found = {"entries": _different(self.entries), "relations": _different(self.relations)}
        tables = {f"rows of {name}": rows for name, rows in sorted(self.rows.items())}
        kinds = {f"{severity} {code}": number for (severity, code), number in sorted(self.kinds.items())}
        return {name: str(number) for name, number in (found | tables | kinds).items()} | {STREAMED: "yes"}


def _different(parts: list[pl.Series]) -> int:
    return pl.concat(parts).n_unique() if parts else 0


def survey(source: IO[bytes], document: Document, *, digest: str, validate: bool = False) -> Reading:
    """Return counts of a file of activities, and its findings; the document gives name and party.

    validate: also check each activity against the standard. Nothing is posted and no rows are kept: facts
    give the numbers of entries, relations, rows of each table and findings of each kind. A file that cannot
    be read to its end comes back refused.
    """
    count = _Count()
    try:
        for part in IATI_ACTIVITIES.parts(source, document, validate=validate):
            count.add(part)
    except Refusal as refusal:
        return _reading(document, digest, (refusal.finding,), {STREAMED: "yes"}, refused=True)
    findings = [*sorted(count.findings, key=lambda one: (one.place.row, one.place, one.code, one.read))]
    notes = [_note(document, count), *([] if validate else [_unchecked(document)])]
    return _reading(document, digest, (*findings, *notes), count.facts(), refused=False)


def survey_wire(source: IO[bytes], name: str, party: str, digest: str, validate: str = "") -> bytes:
    """Survey a stream and pack the reading: what runs in the child process; validate: any text for yes."""
    return packed_reading(survey(source, Document(name, b"", party), digest=digest, validate=bool(validate)))


def _reading(
    document: Document, digest: str, findings: tuple[Finding, ...], facts: dict[str, str], *, refused: bool
) -> Reading:
    return Reading(
        document.name,
        digest,
        IATI_ACTIVITIES.name,
        document.party,
        findings=findings,
        facts=facts,
        refused=refused,
    )


def _note(document: Document, count: _Count) -> Finding:
    left = count.kinds.total() - len(count.findings)
    return Finding(
        Severity.NOTE,
        "file-streamed",
        Place(document.name),
        "",
        "a file that is small enough to be held as a whole",
        "It was read to its end piece by piece and counted; what checks look for across the whole file was "
        "not looked for. {left} further findings are counted and not listed.",
        {"left": str(left)},
    )


def _unchecked(document: Document) -> Finding:
    return Finding(
        Severity.NOTE,
        "iati-not-validated",
        Place(document.name),
        "",
        "a file of less than 50 MB, which is checked against the standard without being asked",
        "Check it against schema, code lists and rules of IATI: konvoi read FILE --validate.",
    )
