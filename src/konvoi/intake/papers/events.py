"""Events of EPCIS as papers: shipments, arrivals, hand-overs and receipts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from konvoi.intake.json_text import plain
from konvoi.intake.papers.epcis_schema import MOST, event_faults
from konvoi.intake.papers.equal_events import UNNAMED
from konvoi.intake.papers.event_hash import event_hash
from konvoi.intake.papers.things import Things, contents, repeated, things
from konvoi.intake.papers.tree import line_name, number
from konvoi.intake.papers.vocabulary import Event, extension, listed, word
from konvoi.intake.papers.work import Work
from konvoi.kit.text import tidy
from konvoi.model import gs1
from konvoi.model.finding import Severity
from konvoi.model.paper import EVENT, Actor, Name, Paper, PaperLine
from konvoi.model.stages import Stage

SHEET = "eventList"
_READ = ("ObjectEvent", "AggregationEvent", "TransactionEvent")
_STEPS = {
    "shipping": Stage.DISPATCHED,
    "arriving": Stage.AT_HUB,
    "accepting": Stage.HANDED_OVER,
    "receiving": Stage.RECEIVED,
}
# States in a receipt of goods that are not in good order, by their disposition.
_STATES = {
    "damaged": "damaged",
    "destroyed": "damaged",
    "non_conformant": "rejected",
    "returned": "rejected",
    "needs_replacement": "rejected",
}
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_PAPERS = ("desadv", "bol", "recadv", "po", "inv", "prodorder")
_FARTHEST = timedelta(hours=14)
_OFFSET = (
    "an offset from UTC between -14:00 and +14:00",
    "Correct it; until then the day is that of the time as stated.",
)
_ONCE = ("each thing once", "If it is one thing, nothing: it counts once. If not, correct the serial number.")
_KEPT = "Nothing: it is not counted."
_KEPT_UNCHECKED = "Split the document to have all of it checked; all events are read."


@dataclass(frozen=True)
class _Told:
    """An event, its place in the list, its subject, and its own id."""

    event: Event
    at: int
    stage: Stage
    own: str
    state: str


class _EventPaper(NamedTuple):
    """An event and the paper that it is."""

    event: _Told
    paper: Paper


class Context(NamedTuple):
    """Namespaces of a document by their prefix, and the members that it leaves out of hashes."""

    names: Mapping[str, str] = MappingProxyType({})
    ignored: frozenset[str] = frozenset()

    def hash(self, event: Event) -> str:
        """Return the hash of an event by its content."""
        kept = {name: value for name, value in event.items() if name not in self.ignored}
        return event_hash(kept, self.names)


def papers(events: Iterable[object], work: Work, context: Context) -> None:
    """Read all events: those of transport become papers, all others are kept with a note."""
    found = [(at, one) for at, one in enumerate(events, start=1) if _is_event(one, at, work)]
    known = [(at, one) for at, one in found if isinstance(one, Mapping)]
    wrong = {plain(one.get("eventID")) for _, one in known if _declared_wrong(one)} - {None}
    inside = contents(one for _, one in known)
    for at, one in known[:MOST]:
        event_faults(one, at, work)
    if len(known) > MOST:
        words = ("at most 2,000 events in a document that is checked whole", _KEPT_UNCHECKED)
        work.tell(Severity.NOTE, "epcis-not-validated", work.place(SHEET, MOST + 1), words)
    seen: set[str] = set()
    kept: list[_EventPaper] = []
    for at, one in known:
        id = plain(one.get("eventID")) or ""
        stage = _STEPS.get(word(one.get("bizStep")))
        if _declared_wrong(one) or id in wrong:
            words = ("events that hold", "Nothing: its sender declared it wrong; it does not count.")
            work.tell(
                Severity.NOTE, "epcis-event-declared-wrong", work.place(SHEET, at, "eventID"), words, read=id
            )
        elif (content := context.hash(one)) in seen or (id and id in seen):
            words = ("each event once", "Nothing: it counts once.")
            work.tell(Severity.NOTE, "epcis-event-twice", work.place(SHEET, at, "eventID"), words, read=id)
        elif stage is None or _undone(one):
            _note(one, at, work)
        else:
            own = extension(one, "reference") or tidy(id) or f"{UNNAMED}{_hex(content)}"
            state = _STATES.get(word(one.get("disposition")), "") if stage == Stage.RECEIVED else ""
            told = _Told(one, at, stage, own, state)
            kept.append(_EventPaper(told, _paper(told, inside, work, content)))
            seen.add(content)
        seen.add(id)
    work.papers += _joined(kept)
    work.facts["events"] = str(len(known))


def _is_event(one: object, at: int, work: Work) -> bool:
    if isinstance(one, Mapping) and plain(one.get("type")) and plain(one.get("eventTime")):
        return True
    words = ("an event with its type and its time", "Correct it and submit the document again.")
    work.tell(Severity.ERROR, "epcis-event-unreadable", work.place(SHEET, at, "type"), words)
    return False


def _declared_wrong(one: Event) -> bool:
    return isinstance(one.get("errorDeclaration"), Mapping)


def _undone(one: Event) -> bool:
    """Return True if an event takes goods out of a container or states no single movements."""
    type = word(one.get("type"))
    return type not in _READ or (type != _READ[0] and plain(one.get("action")) == "DELETE")


def _note(one: Event, at: int, work: Work) -> None:
    words = ("an event of shipping, arriving, accepting or receiving", _KEPT)
    read = f"{word(one.get('type'))}, {word(one.get('bizStep')) or '-'}"
    work.tell(Severity.NOTE, "epcis-event-kept", work.place(SHEET, at, "bizStep"), words, read=read)


def _paper(told: _Told, inside: Mapping[str, Event], work: Work, content: str) -> Paper:
    one = told.event
    own = told.own
    receipt = told.stage == Stage.RECEIVED
    names = (*_transactions(one), Name(EVENT, content))
    by_kind = {name.scheme: name.name for name in reversed(names)}
    sent = next((by_kind[kind] for kind in ("desadv", "bol") if kind in by_kind), "")
    answers = (sent or by_kind.get("po", "")) if receipt else ""
    numbered = by_kind.get("recadv", own) if receipt else sent or own
    left = told.stage == Stage.DISPATCHED
    head = Paper(
        stage=told.stage,
        number=numbered,
        day=_day(one, told.at, work),
        issued=_day(one, told.at, work, of="recordTime") if "recordTime" in one else None,
        sender=Actor(_party(one, "source")),
        receiver=Actor(_party(one, "destination")),
        carrier=Actor(extension(one, "carrier")),
        origin=_site(one, "source") or (_at(one, "readPoint") if left else ""),
        destination=_site(one, "destination")
        or ("" if left else _at(one, "bizLocation") or _at(one, "readPoint")),
        rule=extension(one, "rule"),
        proof=extension(one, "proof"),
        marking=extension(one, "marking"),
        answers=answers,
        names=tuple(name for name in names if name.name not in (numbered, answers, own)),
    )
    whole = _whole(told, inside, work)
    ids = [own] if len(whole) == 1 else [f"{own}/{place}" for place in range(1, len(whole) + 1)]
    return replace(
        head, lines=tuple(_line(told, head, id, part) for id, part in zip(ids, whole, strict=True))
    )


def _whole(told: _Told, inside: Mapping[str, Event], work: Work) -> list[Things]:
    """Return the goods of an event; report those that cannot be read."""
    wrong: list[str] = []
    whole = things(told.event, inside, told.state, wrong)
    for column, uri in repeated(told.event):
        place = work.place(SHEET, told.at, column)
        work.tell(Severity.WARNING, "epcis-thing-twice", place, _ONCE, read=uri)
    for uri in wrong:
        words = ("a class of goods with a quantity of at least 0", "Correct it; it was left out.")
        at = work.place(SHEET, told.at, "quantityList")
        work.tell(Severity.ERROR, "epcis-quantity-unreadable", at, words, read=uri)
    if not whole and not wrong:
        words = ("the things that the event is about", "Enter them as EPCs or as quantities of a class.")
        work.tell(Severity.WARNING, "epcis-event-empty", work.place(SHEET, told.at, "epcList"), words)
    return whole


def _line(told: _Told, head: Paper, id: str, part: Things) -> PaperLine:
    one = told.event
    receipt = told.stage == Stage.RECEIVED
    good = extension(one, "good") or part.good
    consignment = (head.answers if receipt else head.number) or told.own
    package = extension(one, "package") or consignment
    return PaperLine(
        id=id,
        good=good,
        name=extension(one, "name"),
        quantity=Decimal(0) if told.state else part.quantity,
        unit=extension(one, "unit") or part.unit,
        line=extension(one, "line") or line_name(package, good),
        package=package,
        reference=extension(one, "answers") or head.answers,
        short=number(extension(one, "short")) if receipt else None,
        damaged=part.quantity if told.state == "damaged" else None,
        rejected=part.quantity if told.state == "rejected" else None,
        over=number(extension(one, "over")) if receipt else None,
        document=extension(one, "document"),
        pieces=part.pieces,
        sheet=SHEET,
        row=told.at,
    )


def _joined(found: Iterable[_EventPaper]) -> list[Paper]:
    """Events that name one receipt by our own reference, in good order, damaged, rejected, are one line."""
    kept: dict[tuple[str, date | None] | int, Paper] = {}
    for told, paper in found:
        one_line = told.stage == Stage.RECEIVED and len(paper.lines) == 1
        key = (told.own, paper.day) if one_line and extension(told.event, "reference") else told.at
        if key not in kept:
            kept[key] = paper
            continue
        first = kept[key].lines[0]
        more = paper.lines[0]
        whole = replace(
            first,
            quantity=_sum(first.quantity, more.quantity),
            damaged=_sum(first.damaged, more.damaged),
            rejected=_sum(first.rejected, more.rejected),
            pieces=(*first.pieces, *more.pieces),
        )
        kept[key] = replace(kept[key], lines=(whole,))
    return list(kept.values())


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def _transactions(one: Event) -> Iterator[Name]:
    """Yield the business papers that an event names, those most specific to a consignment first."""
    found = {
        Name(word(item.get("type")) or "paper", gs1.transaction(uri))
        for item in listed(one.get("bizTransactionList"))
        if isinstance(item, Mapping) and (uri := tidy(plain(item.get("bizTransaction")) or ""))
    }
    order = {kind: at for at, kind in enumerate(_PAPERS)}
    yield from sorted(found, key=lambda name: (order.get(name.scheme, len(order)), name.scheme, name.name))


def _party(one: Event, side: str) -> str:
    """Return the party at an end: the owner before the holder."""
    ends = _ends(one, side)
    return gs1.party(ends.get("owning_party") or ends.get("possessing_party") or "")


def _site(one: Event, side: str) -> str:
    """The place at an end."""
    return gs1.place(_ends(one, side).get("location", ""))


def _ends(one: Event, side: str) -> dict[str, str]:
    items = [item for item in listed(one.get(f"{side}List")) if isinstance(item, Mapping)]
    return {word(item.get("type")): plain(item.get(side)) or "" for item in reversed(items)}


def _at(one: Event, name: str) -> str:
    place = one.get(name)
    return gs1.place(plain(place.get("id")) or "") if isinstance(place, Mapping) else ""


def _hex(content: str) -> str:
    """Return the beginning of a hash, enough to tell events apart.

    >>> _hex("ni:///sha-256;a13cbe6c8bb6df3710b3edaeff760a1365ec8fd69ca1f4d7e0c10eb5189a883a?ver=CBV2.0")
    'a13cbe6c8bb6df3710b3edaeff760a13'
    """
    return content.partition(";")[2][:32]


def _day(one: Event, at: int, work: Work, *, of: str = "eventTime") -> date | None:
    """The day of an event where it took place, by its own offset."""
    text = plain(one.get(of)) or ""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        if of == "eventTime":
            words = (
                "a time such as 2026-03-31T14:00:00Z",
                "Correct it; until then the day is unknown.",
            )
            work.tell(Severity.ERROR, "epcis-time-unreadable", work.place(SHEET, at, of), words, read=text)
        return None
    try:
        year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
        stated = datetime(year, month, day, hour, minute)
        there = plain(one.get("eventTimeZoneOffset")) or found[7] or "Z"
        own, local = _offset(found[7] or "Z"), _offset(there)
        if own is None or local is None:
            if of == "eventTime":
                column, read = (of, text) if own is None else ("eventTimeZoneOffset", there)
                place = work.place(SHEET, at, column)
                work.tell(Severity.ERROR, "epcis-offset-impossible", place, _OFFSET, read=read)
            return stated.date()
        return (stated - own + local).date()
    except (ValueError, OverflowError):
        words = ("a time such as 2026-03-31T14:00:00Z", "Correct it; until then the day is unknown.")
        work.tell(Severity.ERROR, "epcis-time-unreadable", work.place(SHEET, at, of), words, read=text)
        return None


def _offset(text: str) -> timedelta | None:
    """Return an offset from UTC; None for what no place on earth has.

    >>> _offset("-05:30"), _offset("+25:00")
    (datetime.timedelta(days=-1, seconds=66600), None)
    """
    if text == "Z":
        return timedelta(0)
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", text.strip(), re.ASCII)
    if not found or int(found[3]) > 59:
        return None
    span = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if span > _FARTHEST:
        return None
    return -span if found[1] == "-" else span
