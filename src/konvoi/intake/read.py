"""The front door: a document becomes a reading by the first format that recognises it."""

from konvoi.intake.container import inspected, is_ole, is_zip
from konvoi.intake.formats import FORMATS
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity


def read(document: Document) -> Reading:
    """Read a document whole; one that no format knows, or that is not safe to open, comes back refused."""
    if not document.content:
        return refused(document, _unknown(document, "file-empty", "a file with content"))
    if is_zip(document.content) or is_ole(document.content):
        found = [one for one in inspected(document) if one.severity == Severity.ERROR]
        if found:
            return refused(document, *found)
    for format in FORMATS:
        if format.recognises(document):
            return format.read(document)
    expected = "a Konvoi workbook, one of its tables as CSV, or another format of docs/reference/formats"
    return refused(document, _unknown(document, "format-unknown", expected))


def refused(document: Document, *findings: Finding, format: str = "") -> Reading:
    """The reading of a document that is not read at all, with the findings that say why."""
    return Reading(
        document=document.name,
        digest=document.digest,
        format=format,
        party=document.party,
        findings=findings,
        refused=True,
    )


def _unknown(document: Document, code: str, expected: str) -> Finding:
    return Finding(
        Severity.ERROR,
        code,
        Place(document.name),
        f"{len(document.content)} bytes",
        expected,
        "Check that it is the file you meant; `konvoi template` writes a workbook to fill in.",
    )
