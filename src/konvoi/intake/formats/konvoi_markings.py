"""Markings and count modes that a party states anew for records that it has submitted, as JSON.

    {"konvoi": "markings", "party": "XA", "day": "2031-03-03", "documents": ["SHA-256", …], "records": [
        {"table": "packages", "record": "XA-1", "marking": "own", "count_mode": "cell only"}]}

A marking or count mode that is left out stays as it was. documents: those whose markings are replaced; in any
other the narrower of both holds. The web writes such a file from its form.
"""

from collections.abc import Mapping
from datetime import date

from konvoi.intake.format import refused
from konvoi.intake.json_text import parsed, plain
from konvoi.kit.text import shown
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.markings import MARKINGS, OWN
from konvoi.model.party import party_id
from konvoi.model.stages import COUNT_MODES
from konvoi.model.stated_markings import FACT, StatedMarking, StatedMarkings, as_fact
from konvoi.model.tables import BY_NAME

_HEAD = 4_096
_EXPECTED = {
    "party": "the party that submits the file",
    "day": "a day such as 2031-03-03",
    "table": "a table whose records have a reference and a marking",
    "record": "the reference of a record",
    "marking": "public, coalition, own, or parties by id",
    "count_mode": "a count mode: named; in total, not named; band only; cell only; not counted yet",
}


class KonvoiMarkings:
    """Markings and count modes that a party states anew for records that it has submitted."""

    name = "konvoi-markings"

    def recognises(self, document: Document) -> bool:
        """JSON that begins by saying so."""
        head = b"".join(document.content[:_HEAD].removeprefix(b"\xef\xbb\xbf").split())
        return head.startswith(b'{"konvoi":"markings"')

    def read(self, document: Document) -> Reading:
        """Read all statements; a file with one that cannot be read is refused whole: it may limit readers."""
        found = parsed(document)
        if found.refusal:
            return refused(document, found.refusal, format=self.name)
        values = found.value if isinstance(found.value, Mapping) else {}
        party, day = (plain(values.get(name)) or "" for name in ("party", "day"))
        told = None
        if document.party and party != document.party:
            told = _fault(document, 0, "party", party)
        elif not _is_day(day):
            told = _fault(document, 0, "day", day)
        listed = values.get("records")
        stated = []
        for number, one in enumerate(listed if isinstance(listed, list) else (), start=1):
            row = _statement(one if isinstance(one, Mapping) else {}, number, document)
            if isinstance(row, Finding):
                told = told or row
            else:
                stated.append(row)
        named = values.get("documents")
        replaced = frozenset(plain(one) or "" for one in (named if isinstance(named, list) else ()))
        if told:
            return refused(document, told, format=self.name)
        return Reading(
            document=document.name,
            digest=document.digest,
            format=self.name,
            party=party,
            facts={
                "party": party,
                "day": day,
                "marking": OWN,
                FACT: as_fact(StatedMarkings(tuple(stated), replaced)),
            },
        )


def _statement(values: Mapping[str, object], number: int, document: Document) -> StatedMarking | Finding:
    """Return a statement, or the first fault in it."""
    table, record, marking, mode = (
        (plain(values.get(name)) or "").strip() for name in ("table", "record", "marking", "count_mode")
    )
    known = BY_NAME.get(table)
    if known is None or len(known.key) != 1 or "marking" not in known.schema():
        return _fault(document, number, "table", table)
    if not record:
        return _fault(document, number, "record", "")
    read = _marking(marking)
    if marking and not read:
        return _fault(document, number, "marking", marking)
    if mode and (mode not in COUNT_MODES or "count_mode" not in known.schema()):
        return _fault(document, number, "count_mode", mode)
    return StatedMarking(table, record, read, mode)


def _marking(text: str) -> str:
    """Return a marking as rows hold it; empty where it is none."""
    if text in MARKINGS or not text:
        return text
    named = [one.strip() for one in text.replace(",", ";").split(";")]
    known = [party_id(one) or one for one in named]
    fits = all(one and len(one.split()) == 1 and one not in MARKINGS for one in known)
    return ";".join(sorted(set(known))) if fits else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fault(document: Document, number: int, column: str, read: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "stated-marking-unreadable",
        Place(document.name, "records" if number else "", number, column),
        shown(read),
        expected=_EXPECTED[column],
        remedy="Correct the file, or state the marking with the form on the page of the document. Nothing of "
        "the file was imported.",
    )


KONVOI_MARKINGS = KonvoiMarkings()
