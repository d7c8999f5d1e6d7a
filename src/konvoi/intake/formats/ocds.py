"""Contracting processes of the Open Contracting Data Standard 1.1 (JSON): releases and records."""

from dataclasses import replace
from datetime import date

from konvoi.intake.format import refused
from konvoi.intake.json_text import parsed
from konvoi.intake.ocds.contracts import rows_of
from konvoi.intake.ocds.process import Process, processes
from konvoi.intake.ocds.rows import SCHEMAS, Rows
from konvoi.intake.papers.work import Work
from konvoi.intake.postings import Source, posted
from konvoi.model.document import Document, Reading
from konvoi.model.entries import frame
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 65_536
_MARKS = (b'"releases"', b'"records"', b'"tag"', b'"compiledRelease"')


class Ocds:
    """Releases and records of contracting processes."""

    name = "ocds"

    def recognises(self, document: Document) -> bool:
        """JSON, or lines of JSON, that soon name an ocid beside releases, records or a tag; or Prozorro's."""
        head = document.content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
        if head[:1] not in (b"{", b"["):
            return False
        # A release may be long before its tag.
        whole = document.content
        native = b'"tenderID"' in whole or (b'"contractID"' in whole and b'"awardID"' in whole)
        return (b'"ocid"' in head and any(mark in whole for mark in _MARKS)) or native

    def read(self, document: Document) -> Reading:
        """Read all processes: each contract or call-off is a row, and an entry where it is in force."""
        value = _value(document)
        if isinstance(value, Finding):
            return refused(document, value, format=self.name)
        work = Work(document)
        listed = processes(value, work)
        if listed is None:
            return refused(document, _none(document), format=self.name)
        return _reading(work, listed, rows_of(listed, work))


OCDS = Ocds()


def _value(document: Document) -> object:
    """The value of a document; of one with a JSON object on each line, their list; else the refusal."""
    found = parsed(document)
    lines = [line for line in document.content.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    if found.refusal is None or len(lines) < 2 or not all(line.lstrip()[:1] == b"{" for line in lines):
        return found.refusal or found.value
    each = [parsed(Document(document.name, line)) for line in lines]
    broken = next((number for number, one in enumerate(each, start=1) if one.refusal), 0)
    if broken and (refusal := each[broken - 1].refusal):
        return replace(refusal, place=replace(refusal.place, row=broken))
    return [one.value for one in each]


def _reading(work: Work, listed: list[Process], rows: Rows) -> Reading:
    tables = {name: frame(made, SCHEMAS[name]) for name, made in sorted(rows.tables.items()) if made}
    source = _source(work, listed, rows)
    made = posted(tables, source)
    findings = [*work.findings, *made.findings, *rows.rounding.findings(work.document.name)]
    count = sum(len(rows.tables[name]) for name in ("contracts", "call_offs"))
    day = {"day": source.known_on.isoformat()} if source.known_on else {}
    return Reading(
        document=work.document.name,
        digest=work.document.digest,
        format=OCDS.name,
        party=source.party,
        entries=made.entries.sort("entry"),
        tables=tables,
        findings=tuple(sorted(findings, key=lambda one: (one.place, one.code, one.read))),
        facts={
            **work.facts,
            **day,
            "processes": str(len(listed)),
            "contracts": str(count),
            "marking": source.marking,
        },
    )


def _source(work: Work, listed: list[Process], rows: Rows) -> Source:
    """Return the source: the known party, else the one buyer; known since the latest release."""
    buyers = sorted(rows.buyers)
    party = work.document.party or (buyers[0] if len(buyers) == 1 else "")
    days = sorted(str(one.now.get("date") or "")[:10] for one in listed)
    try:
        known_on = date.fromisoformat(days[-1]) if days else None
    except ValueError:
        known_on = None
    return Source(
        party or work.document.digest[:16], party, work.document.name, known_on, work.document.marking
    )


def _none(document: Document) -> Finding:
    return Finding(
        Severity.ERROR,
        "ocds-no-releases",
        Place(document.name, column="releases"),
        expected="a package of releases or records, or one release",
        remedy="Submit a document of OCDS 1.1 in JSON.",
    )
