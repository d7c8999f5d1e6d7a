"""A submission comes back with its findings marked, and is proved to say the same as before."""

from collections.abc import Sequence

from konvoi.flow.parse_documents import limits, understand
from konvoi.flow.settings import Settings
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run
from konvoi.intake.container import is_ole
from konvoi.intake.ods import is_ods
from konvoi.kit.progress import Progress, Stop, never
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding
from konvoi.model.party import LANGUAGES
from konvoi.report.marking.wire import packed

_MARKER = "konvoi.report.marking.wire:mark_wire"
_OURS = "konvoi-workbook"


def mark(
    document: Document,
    reading: Reading,
    findings: Sequence[Finding],
    *,
    settings: Settings | None = None,
    stop: Stop = never,
) -> bytes:
    """A workbook of ours with its findings marked, in the language that its head names, else in English.

    Refused where the document is no such workbook, or where it would not be read as before.
    """
    if reading.refused or reading.format != _OURS:
        raise Refused(f"{document.name}: only a Konvoi workbook that can be read comes back marked")
    if is_ole(document.content) or is_ods(document.content):
        raise Refused(f"{document.name}: only .xlsx can be marked; save the workbook as .xlsx")
    known = settings or Settings()
    language = reading.facts.get("language", "")
    language = language if language in LANGUAGES else "en"
    stop(Progress("Marking the workbook", 0))
    outcome = run(_MARKER, packed(document.content, findings, language), limits(known))
    if outcome.answer is None:
        why = outcome.why or "it cannot be edited in place"
        raise Refused(f"{document.name}: not marked: {why}; save it anew as .xlsx and try again")
    stop(Progress("Reading it again", 0))
    again = Document(document.name, outcome.answer, document.party, document.marking)
    if not same(reading, understand([again], settings=known)[0]):
        raise Refused(f"{document.name}: not marked, for it would be read differently then; save it anew")
    return outcome.answer


def same(left: Reading, right: Reading) -> bool:
    """Return True if two readings of one document say the same, whatever its bytes."""
    frames = ("entries", "scopes", "relations", "claims")
    return (
        left.findings == right.findings
        and dict(left.facts) == dict(right.facts)
        and all(getattr(left, name).equals(getattr(right, name)) for name in frames)
        and left.tables.keys() == right.tables.keys()
        and all(left.tables[name].equals(right.tables[name]) for name in left.tables)
    )
