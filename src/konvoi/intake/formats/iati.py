"""Activity files of the International Aid Transparency Initiative, versions 2.01 to 2.03 (XML)."""

import io
from collections.abc import Iterator
from typing import IO

import polars as pl

from konvoi.intake.format import refused
from konvoi.intake.iati import links
from konvoi.intake.iati.activity import activity
from konvoi.intake.iati.batch import Frames, Spot, Work, spot
from konvoi.intake.iati.plans import conditions, plans
from konvoi.intake.iati.stream import ROOTS, Head, Refusal, records
from konvoi.intake.iati.transaction import transactions
from konvoi.intake.iati.validation import BY_DEFAULT, VERSIONS, Validation
from konvoi.model.document import Document, Reading
from konvoi.model.entries import RELATIONS, SCOPES
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 65_536
_ROWS = 20_000
_ROOT = "iati-activities"


class IatiActivities:
    """One file of activities."""

    name = "iati-activities"

    def recognises(self, document: Document) -> bool:
        """XML that soon names the element iati-activities, in any encoding of one or two bytes."""
        return starts_with(document.content, _ROOT)

    def read(self, document: Document) -> Reading:
        """Read the whole file: an entry for each transaction, all else in tables."""
        work = Work(document, Head(document.name, "", "", 0))
        try:
            validate = len(document.content) < BY_DEFAULT
            found = list(_stretches(io.BytesIO(document.content), work, validate=validate))
        except Refusal as refusal:
            return refused(document, refusal.finding, format=self.name)
        return _reading(document, work, found)

    def parts(self, source: IO[bytes], document: Document, *, validate: bool = False) -> Iterator[Frames]:
        """Read a file too large for memory, stretch by stretch; the document gives name, party and marking.

        validate: also check each activity against the standard.

        The memory that this takes does not grow with the file. Raises Refusal for a file that cannot be
        read to its end: then nothing of what came before may be used.
        """
        return _stretches(source, Work(document, Head(document.name, "", "", 0)), validate=validate)


IATI_ACTIVITIES = IatiActivities()


def starts_with(content: bytes, root: str) -> bool:
    """Return True for XML that soon names an element, in any encoding of one or two bytes."""
    head = content[:_HEAD]
    bare = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return bare.removeprefix(b"\xfe\xff").lstrip().startswith(b"<") and b"<" + root.encode() in bare


def _stretches(source: IO[bytes], work: Work, *, validate: bool) -> Iterator[Frames]:
    number = 0
    checks: Validation | None = None
    for head, element in records(source, work.document.name, _ROOT):
        if element is None:
            work.head = head
            version_known(work)
            checks = Validation(work) if validate else None
            continue
        if checks:
            checks.record(element, spot(element, f"iati-activity[{number + 1}]"))
        if element.tag != ROOTS[_ROOT]:
            continue
        number += 1
        found = activity(element, work, number)
        links.passing(transactions(element, found, work), found, work)
        links.related(element, found, work)
        plans(element, found, work)
        conditions(element, found, work)
        if len(work.batch.entries) + len(work.batch.tables["iati_plans"]) >= _ROWS:
            yield work.flush()
    if checks:
        checks.close(number)
    if number and not work.types.total():
        sentences = (
            "transactions: what was committed or paid",
            "submit the file that has them, if there is one",
        )
        at = Spot("iati-activities", work.head.line)
        work.find(Severity.NOTE, "iati-no-transactions", at, "0", sentences)
    yield work.flush(last=True)


def version_known(work: Work) -> None:
    """Keep a warning if the version of a file is none that is known."""
    if work.head.version not in VERSIONS:
        sentences = ("version 2.01, 2.02 or 2.03", "check what was read; this version is not known here")
        at = Spot(
            str(work.head.element.tag) if work.head.element is not None else "", work.head.line, "version"
        )
        work.find(Severity.WARNING, "iati-version-unknown", at, work.head.version, sentences)


def _reading(document: Document, work: Work, parts: list[Frames]) -> Reading:
    tables = {
        name: pl.concat([part.tables[name] for part in parts], rechunk=True) for name in parts[0].tables
    }
    findings = [finding for part in parts for finding in part.findings]
    return Reading(
        document=document.name,
        digest=document.digest,
        format=IATI_ACTIVITIES.name,
        party=document.party,
        entries=_once(parts),
        scopes=pl.concat([part.scopes for part in parts]).unique().sort(SCOPES.names()),
        relations=pl.concat([part.relations for part in parts]).unique().sort(RELATIONS.names()),
        tables=tables,
        findings=tuple(sorted(findings, key=_order)),
        facts=_facts(work),
    )


def _once(parts: list[Frames]) -> pl.DataFrame:
    """Return the entries of all parts; those of an activity that stands twice are kept once."""
    entries = pl.concat([part.entries for part in parts])
    return entries.unique("entry", keep="first", maintain_order=True).sort("entry")


def _order(finding: Finding) -> tuple[int, Place, str, str]:
    return finding.place.row, finding.place, finding.code, finding.read


def _facts(work: Work) -> dict[str, str]:
    """Version, activities, and how many transactions of each type were read."""
    facts = {"version": work.head.version, "activities": str(work.seen.total())}
    facts["transactions"] = str(work.types.total())
    return facts | {f"transactions of type {code}": str(work.types[code]) for code in sorted(work.types)}
