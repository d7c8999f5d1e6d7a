"""Events of GS1's EPCIS in JSON (2.0) and XML (1.2, 2.0): documents, answers to queries, single events."""

import re
from collections.abc import Mapping

from konvoi.intake.format import refused
from konvoi.intake.json_text import parsed, plain
from konvoi.intake.markup import BROKEN, Forbidden, root
from konvoi.intake.papers import epcis_xml, events
from konvoi.intake.papers.epcis_schema import document_faults
from konvoi.intake.papers.event_hash import ignored_fields, namespaces
from konvoi.intake.papers.posting import posted_papers
from konvoi.intake.papers.work import Work
from konvoi.kit.text import shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity

_HEAD = 65_536
# Comments and instructions may stand before the first element.
_XML = re.compile(
    rb"\A(?:\s|<\?[^>]*>|<!--.*?-->)*<(?:[\w.-]+:)?(?:" + "|".join(epcis_xml.ROOTS).encode() + rb")[\s>/]",
    re.DOTALL,
)
_MARKS = (b'"EPCISDocument"', b'"EPCISQueryDocument"', b'"epcisBody"', b'"eventTime"')


class Epcis:
    """Events of things: what, when, where, why."""

    name = "epcis"

    def recognises(self, document: Document) -> bool:
        """JSON that soon names a document or the time of an event; XML whose first element is one."""
        head = document.content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
        if head[:1] == b"<":
            return _XML.search(head) is not None
        return head[:1] in (b"{", b"[") and any(mark in head for mark in _MARKS)

    def read(self, document: Document) -> Reading:
        """Read all events; those of transport become movements and receipts, all others are noted."""
        if document.content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
            return _read_xml(document)
        found = parsed(document)
        if found.refusal:
            return refused(document, found.refusal, format=self.name)
        listed = _events(found.value)
        if listed is None:
            return refused(document, _no_events(document), format=self.name)
        work = Work(document)
        context: events.Context = events.Context()
        if isinstance(whole := found.value, Mapping):
            if version := plain(whole.get("schemaVersion")):
                work.facts["version"] = version
            if "epcisBody" in whole:
                document_faults(whole, work)
            context = events.Context(namespaces(whole.get("@context")), ignored_fields(whole))
        events.papers(listed, work, context)
        return posted_papers(work, self.name)


EPCIS = Epcis()


def _read_xml(document: Document) -> Reading:
    try:
        whole = root(document.content)
    except BROKEN as error:
        return refused(document, _broken(document, error), format=EPCIS.name)
    listed = epcis_xml.events(whole)
    if not listed:
        return refused(document, _no_events(document), format=EPCIS.name)
    work = Work(document)
    if version := whole.get("schemaVersion"):
        work.facts["version"] = version
    events.papers(listed, work, events.Context({}, epcis_xml.ignored(whole)))
    return posted_papers(work, EPCIS.name)


def _broken(document: Document, error: Exception) -> Finding:
    line = getattr(error, "lineno", 0) or 0
    code, expected = "xml-broken", "a whole XML document"
    if isinstance(error, Forbidden):
        code, expected = "xml-doctype", "XML without a document type, nested at most 200 deep"
    remedy = "submit the file again as it was published"
    return Finding(
        Severity.ERROR, code, Place(document.name, "", int(line)), shown(str(error)), expected, remedy
    )


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
        remedy="submit a document of EPCIS in JSON (2.0) or XML (1.2, 2.0)",
    )
