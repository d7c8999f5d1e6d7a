"""Events of GS1's EPCIS 2.0 in JSON: documents, answers to queries, single events."""

from collections.abc import Mapping

from konvoi.intake.format import refused
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.papers import events
from konvoi.intake.papers.posting import posted_papers
from konvoi.intake.papers.work import Work
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 65_536
_MARKS = (b'"EPCISDocument"', b'"EPCISQueryDocument"', b'"epcisBody"', b'"eventTime"')


class Epcis:
    """Events of things: what, when, where, why."""

    name = "epcis"

    def recognises(self, document: Document) -> bool:
        """JSON that soon names a document of EPCIS or the time of an event."""
        head = document.content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
        return head[:1] in (b"{", b"[") and any(mark in head for mark in _MARKS)

    def read(self, document: Document) -> Reading:
        """Read all events; those of transport become movements and receipts, all others are noted."""
        found = parsed(document)
        if found.refusal:
            return refused(document, found.refusal, format=self.name)
        listed = _events(found.value)
        if listed is None:
            return refused(document, _no_events(document), format=self.name)
        work = Work(document)
        if isinstance(found.value, Mapping) and (version := plain(found.value.get("schemaVersion"))):
            work.facts["version"] = version
        events.papers(listed, work)
        return posted_papers(work, self.name)


EPCIS = Epcis()


def _events(value: object) -> list[object] | None:
    """The events of a document, of the answer to a query, of a list, or the one event that this is."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return None
    body = value.get("epcisBody")
    if not isinstance(body, Mapping):
        return [value] if "eventTime" in value else None
    if isinstance(results := body.get("queryResults"), Mapping):
        body = results.get("resultsBody")
    listed = body.get("eventList") if isinstance(body, Mapping) else None
    if isinstance(listed, list):
        return listed
    return [body["event"]] if isinstance(body, Mapping) and "event" in body else None


def _no_events(document: Document) -> Finding:
    return Finding(
        Severity.ERROR,
        "epcis-no-events",
        Place(document.name, "epcisBody", 0, "eventList"),
        expected="a list of events under epcisBody.eventList",
        remedy="submit a document of EPCIS 2.0 in JSON",
    )
