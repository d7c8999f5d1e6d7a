"""Events of EPCIS 2.0 (JSON) as papers: what was shipped, arrived, was handed over, was received."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from konvoi.intake.json_text import plain
from konvoi.intake.papers.tree import number
from konvoi.intake.papers.work import Work
from konvoi.kit.digest import key as digest_of
from konvoi.kit.text import tidy
from konvoi.model import gs1
from konvoi.model.finding import Severity
from konvoi.model.paper import SCHEME, Actor, Name, Paper, PaperLine, Piece
from konvoi.model.stages import Stage
from konvoi.model.units import unit_of

SHEET = "eventList"
EVENTS = ("ObjectEvent", "AggregationEvent", "TransactionEvent", "AssociationEvent", "TransformationEvent")
STEPS = {
    "shipping": Stage.DISPATCHED,
    "arriving": Stage.AT_HUB,
    "accepting": Stage.HANDED_OVER,
    "receiving": Stage.RECEIVED,
}
# What a receipt says of goods that are not in good order, by their disposition.
STATES = {
    "damaged": "damaged",
    "destroyed": "damaged",
    "non_conformant": "rejected",
    "returned": "rejected",
    "needs_replacement": "rejected",
}
_WORD = re.compile(
    r"(?:urn:epcglobal:cbv:\w+:|https?://(?:ns|ref)\.gs1\.org/\S*[/#-]|(?:gs1|cbv|epcis):(?:\w+-)?)"
)
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_PAPERS = ("desadv", "bol", "recadv", "po", "inv", "prodorder")

Event = Mapping[str, object]
"""An event as JSON gives it."""


@dataclass(frozen=True)
class Things:
    """What an event is about: of one class of goods, how much, in which unit, which pieces."""

    good: str
    quantity: Decimal
    unit: str
    pieces: tuple[Piece, ...]


def word(value: object) -> str:
    """The short name of a value of the vocabulary, given as such or as a URI of either form.

    >>> word("urn:epcglobal:cbv:bizstep:receiving"), word("https://ns.gs1.org/cbv/BizStep-shipping")
    ('receiving', 'shipping')
    """
    text = tidy(plain(value) or "")
    found = _WORD.match(text)
    return text[found.end() :] if found else text


def papers(events: Iterable[object], work: Work) -> None:
    """Read all events: those of transport become papers, all others are kept with a note."""
    found = [(at, one) for at, one in enumerate(events, start=1) if _is_event(one, at, work)]
    events_read = [(at, one) for at, one in found if isinstance(one, Mapping)]
    wrong = {
        plain(one.get("eventID"))
        for _, one in events_read
        if isinstance(one.get("errorDeclaration"), Mapping)
    }
    inside = _contents(one for _, one in events_read)
    for at, one in events_read:
        id = plain(one.get("eventID"))
        if _declared_wrong(one) or (id and id in wrong):
            words = ("events that hold", "Nothing: its sender declared it wrong; it does not count.")
            work.tell(
                Severity.NOTE, "epcis-event-declared-wrong", (SHEET, at, "eventID"), words, read=id or ""
            )
        elif (stage := STEPS.get(word(one.get("bizStep")))) is None or _undone(one):
            _kept(one, at, work)
        else:
            work.papers.append(_paper(one, at, stage, inside, work))
    work.papers[:] = list(_joined(work.papers))
    work.facts["events"] = str(len(found))


def _is_event(one: object, at: int, work: Work) -> bool:
    if isinstance(one, Mapping) and plain(one.get("type")) and plain(one.get("eventTime")):
        return True
    words = ("an event with its type and its time", "Correct it and hand in the document again.")
    work.tell(Severity.ERROR, "epcis-event-unreadable", (SHEET, at, "type"), words)
    return False


def _declared_wrong(one: Event) -> bool:
    return isinstance(one.get("errorDeclaration"), Mapping)


def _undone(one: Event) -> bool:
    """Whether an event takes things out of a whole or says nothing of single movements."""
    type = word(one.get("type"))
    return type not in EVENTS[:3] or (type != EVENTS[0] and plain(one.get("action")) == "DELETE")


def _kept(one: Event, at: int, work: Work) -> None:
    words = (
        "an event of shipping, arriving, accepting or receiving",
        "Nothing: it is not counted.",
    )
    read = f"{word(one.get('type'))}, {word(one.get('bizStep')) or '-'}"
    work.tell(Severity.NOTE, "epcis-event-kept", (SHEET, at, "bizStep"), words, read=read)


def _paper(one: Event, at: int, stage: Stage, inside: Mapping[str, Event], work: Work) -> Paper:
    names = tuple(_transactions(one))
    by_kind = {name.scheme: name.name for name in reversed(names)}
    receipt = stage == Stage.RECEIVED
    sent = next((by_kind[kind] for kind in ("desadv", "bol") if kind in by_kind), "")
    own = _extension(one, "reference") or tidy(plain(one.get("eventID")) or "") or f"epcis:{_digest(one)}"
    answers = (sent or by_kind.get("po", "")) if receipt else ""
    numbered = by_kind.get("recadv", own) if receipt else sent or own
    state = STATES.get(word(one.get("disposition")), "") if receipt else ""
    head = Paper(
        stage=stage,
        number=numbered,
        day=_day(one, at, work),
        issued=_day(one, at, work, of="recordTime"),
        sender=Actor(_end(one, "source", "party")),
        receiver=Actor(_end(one, "destination", "party")),
        carrier=Actor(_extension(one, "carrier")),
        origin=_end(one, "source", "location") or ("" if receipt else _at(one, "readPoint")),
        destination=_end(one, "destination", "location")
        or (_at(one, "bizLocation") or _at(one, "readPoint") if stage != Stage.DISPATCHED else ""),
        rule=_extension(one, "rule"),
        proof=_extension(one, "proof"),
        marking=_extension(one, "marking"),
        answers=answers,
        names=tuple(name for name in names if name.name not in (numbered, answers, own)),
    )
    whole = list(_things(one, at, inside, state, work))
    lines = [_line(one, head, part, (at, own, len(whole)), state) for part in enumerate(whole, start=1)]
    return replace(head, lines=tuple(lines))


def _line(
    one: Event, head: Paper, part: tuple[int, Things], of: tuple[int, str, int], state: str
) -> PaperLine:
    place, things = part
    at, own, count = of
    good = _extension(one, "good") or things.good
    receipt = head.stage == Stage.RECEIVED
    consignment = (head.answers if receipt else head.number) or own
    package = _extension(one, "package") or consignment
    quantity = things.quantity if not state else Decimal(0) if receipt else things.quantity
    return PaperLine(
        id=own if count == 1 else f"{own}/{place}",
        good=good,
        name=_extension(one, "name"),
        quantity=quantity,
        unit=_extension(one, "unit") or things.unit,
        line=_extension(one, "line") or f"{package}/{good}",
        package=package,
        reference=_extension(one, "answers") or (consignment if receipt else ""),
        short=number(_extension(one, "short")) if receipt else None,
        damaged=things.quantity if state == "damaged" else None,
        rejected=things.quantity if state == "rejected" else None,
        over=number(_extension(one, "over")) if receipt else None,
        document=_extension(one, "document"),
        pieces=things.pieces,
        sheet=SHEET,
        row=at,
    )


def _joined(found: Iterable[Paper]) -> Iterator[Paper]:
    """Events that tell of one receipt by its reference, in good order, damaged, rejected, are one line."""
    kept: dict[tuple[str, date | None], Paper] = {}
    for paper in found:
        key = (paper.lines[0].id if len(paper.lines) == 1 else "", paper.day)
        if paper.stage != Stage.RECEIVED or not key[0] or key not in kept:
            kept[key if key[0] and paper.stage == Stage.RECEIVED else (f"\0{len(kept)}", None)] = paper
            continue
        first, more = kept[key].lines[0], paper.lines[0]
        whole = replace(
            first,
            quantity=(first.quantity or Decimal(0)) + (more.quantity or Decimal(0)),
            damaged=_sum(first.damaged, more.damaged),
            rejected=_sum(first.rejected, more.rejected),
            short=first.short if first.short is not None else more.short,
            over=first.over if first.over is not None else more.over,
            pieces=(*first.pieces, *more.pieces),
        )
        kept[key] = replace(kept[key], lines=(whole,))
    yield from kept.values()


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def _things(one: Event, at: int, inside: Mapping[str, Event], state: str, work: Work) -> Iterator[Things]:
    """What an event is about, by class of goods; what is packed in a container that it names is meant."""
    found: dict[tuple[str, str], tuple[Decimal, list[Piece]]] = {}

    def add(good: str, unit: str, quantity: Decimal, piece: Piece | None) -> None:
        total, pieces = found.get((good, unit), (Decimal(0), []))
        found[good, unit] = (total + quantity, pieces + ([piece] if piece else []))

    for uri, container in _instances(one, inside):
        key = gs1.key(uri)
        serial = key.serial or key.container
        add(
            key.good if key.scheme != "uri" else "",
            "piece",
            Decimal(1),
            Piece(serial, key.lot, state, None, key.scheme if key.serial else "sscc", container),
        )
    for element, container in _classes(one, inside):
        uri = plain(element.get("epcClass")) or ""
        quantity = number(plain(element.get("quantity")) or "")
        if quantity is None:
            words = ("a quantity of at least 0", "Give the quantity; it was left out.")
            work.tell(Severity.ERROR, "epcis-quantity-unreadable", (SHEET, at, "quantity"), words, read=uri)
            continue
        key = gs1.key(uri)
        unit = unit_of(plain(element.get("uom")) or "") or "piece"
        lot = Piece(key.lot, key.lot, state, quantity, "", container) if key.lot else None
        add(key.good, unit, quantity, lot)
    for (good, unit), (quantity, pieces) in found.items():
        yield Things(good, quantity, unit, tuple(pieces))
    if not found:
        words = ("the things that the event is about", "Give them as EPCs or as quantities of a class.")
        work.tell(Severity.WARNING, "epcis-event-empty", (SHEET, at, "epcList"), words)


def _instances(one: Event, inside: Mapping[str, Event]) -> Iterator[tuple[str, str]]:
    """Single things with the container they are in; a container whose contents are known stands for these."""
    parent = plain(one.get("parentID")) or ""
    box = gs1.key(parent).container if parent else ""
    if word(one.get("type")) == "TransactionEvent":
        box = ""
    for name in ("epcList", "childEPCs"):
        for item in _list(one.get(name)):
            uri = plain(item) or ""
            if held := inside.get(uri):
                yield from ((plain(e) or "", gs1.key(uri).container) for e in _list(held.get("childEPCs")))
            elif uri:
                yield uri, box


def _classes(one: Event, inside: Mapping[str, Event]) -> Iterator[tuple[Event, str]]:
    parent = plain(one.get("parentID")) or ""
    box = gs1.key(parent).container if parent else ""
    for name in ("quantityList", "childQuantityList"):
        yield from ((item, box) for item in _list(one.get(name)) if isinstance(item, Mapping))
    for name in ("epcList", "childEPCs"):
        for item in _list(one.get(name)):
            uri = plain(item) or ""
            for element in _list(inside[uri].get("childQuantityList")) if uri in inside else ():
                if isinstance(element, Mapping):
                    yield element, gs1.key(uri).container


def _contents(events: Iterable[Event]) -> dict[str, Event]:
    """What was packed into each container, by the document's own events of packing."""
    found: dict[str, Event] = {}
    for one in events:
        packed = word(one.get("type")) == "AggregationEvent" and plain(one.get("action")) == "ADD"
        parent = plain(one.get("parentID"))
        if packed and parent and STEPS.get(word(one.get("bizStep"))) is None:
            found[parent] = one
    return found


def _transactions(one: Event) -> Iterator[Name]:
    """The business papers that an event names, those that say most of a consignment first."""
    found = {
        Name(word(item.get("type")) or "paper", gs1.transaction(uri))
        for item in _list(one.get("bizTransactionList"))
        if isinstance(item, Mapping) and (uri := tidy(plain(item.get("bizTransaction")) or ""))
    }
    order = {kind: at for at, kind in enumerate(_PAPERS)}
    yield from sorted(found, key=lambda name: (order.get(name.scheme, len(order)), name.scheme, name.name))


def _end(one: Event, side: str, kind: str) -> str:
    """The party or place at an end: who owns it comes before who holds it."""
    kinds = ("location",) if kind == "location" else ("owning_party", "possessing_party")
    items = [item for item in _list(one.get(f"{side}List")) if isinstance(item, Mapping)]
    for wanted in kinds:
        for item in items:
            if word(item.get("type")) == wanted and (uri := plain(item.get(side))):
                return gs1.place(uri) if kind == "location" else gs1.party(uri)
    return ""


def _at(one: Event, name: str) -> str:
    place = one.get(name)
    return gs1.place(plain(place.get("id")) or "") if isinstance(place, Mapping) else ""


def _extension(one: Event, name: str) -> str:
    return tidy(plain(one.get(f"{SCHEME}:{name}")) or "")


def _digest(one: Event) -> str:
    return digest_of(sorted((name, str(value)) for name, value in one.items()))


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
            work.tell(Severity.ERROR, "epcis-time-unreadable", (SHEET, at, of), words, read=text)
        return None
    try:
        year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
        stated = datetime(year, month, day, hour, minute)
        local = plain(one.get("eventTimeZoneOffset")) or found[7] or "Z"
        return (stated - _offset(found[7] or "Z") + _offset(local)).date()
    except (ValueError, OverflowError):
        words = ("a time such as 2026-03-31T14:00:00Z", "Correct it; until then the day is unknown.")
        work.tell(Severity.ERROR, "epcis-time-unreadable", (SHEET, at, of), words, read=text)
        return None


def _offset(text: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", text, re.ASCII)
    if not found:
        return timedelta(0)
    span = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -span if found[1] == "-" else span


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
