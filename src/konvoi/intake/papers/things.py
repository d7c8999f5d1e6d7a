"""Goods of an EPCIS event: quantities of each class of goods, single pieces, and containers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from konvoi.intake.json_text import plain
from konvoi.intake.papers.tree import number
from konvoi.intake.papers.vocabulary import Event, by_serial, extension, listed, word
from konvoi.kit.days import iso
from konvoi.model import gs1
from konvoi.model.digital_link import digital_link
from konvoi.model.paper import Piece
from konvoi.model.units import unit_of


@dataclass(frozen=True)
class Things:
    """Goods of one class: quantity (None is unknown), unit, single pieces."""

    good: str
    quantity: Decimal | None
    unit: str
    pieces: tuple[Piece, ...] = ()


def things(one: Event, inside: Mapping[str, Event], state: str, wrong: list[str]) -> list[Things]:
    """Return the goods of an event by class; for a container with known contents, those contents.

    inside: events of packing by container. wrong: takes the classes whose quantity cannot be read.
    """
    found: dict[tuple[str, str], Things] = {}
    for part in (*_instances(one, inside, state), *_classes(one, inside, state, wrong)):
        held = found.get((part.good, part.unit))
        found[part.good, part.unit] = _together(held, part) if held else part
    whole = list(found.values())
    return [_ours(one, whole)] if whole and extension(one, "reference") else whole


def contents(events: Iterable[Event]) -> dict[str, Event]:
    """Return the contents of each container, by the document's own events of packing."""
    found: dict[str, Event] = {}
    for one in events:
        packed = word(one.get("type")) == "AggregationEvent" and plain(one.get("action")) == "ADD"
        parent = plain(one.get("parentID"))
        if packed and parent and word(one.get("bizStep")) in ("packing", "loading", ""):
            found[parent] = one
    return found


def repeated(one: Event) -> Iterator[tuple[str, str]]:
    """Yield the member and the URI of each thing that an event lists again, in whichever form."""
    seen: set[str] = set()
    for column in ("epcList", "childEPCs"):
        for item in listed(one.get(column)):
            uri = plain(item) or ""
            same = digital_link(uri) or uri
            if same and same in seen:
                yield column, uri
            seen.add(same)


def _together(one: Things, other: Things) -> Things:
    unknown = one.quantity is None or other.quantity is None
    total = None if unknown else (one.quantity or Decimal(0)) + (other.quantity or Decimal(0))
    return replace(one, quantity=total, pieces=(*one.pieces, *other.pieces))


def _ours(one: Event, whole: list[Things]) -> Things:
    """Return the goods of an event written by Konvoi: one line with its exact quantity."""
    pieces = tuple(piece for part in whole for piece in part.pieces)
    days, boxes, states = (by_serial(one, name) for name in ("expires", "container", "state"))
    pieces = tuple(
        replace(
            piece,
            expires=span.first if (span := iso(days.get(piece.serial, ""))) and span.exact else None,
            container=boxes.get(piece.serial, piece.container),
            state=states.get(piece.serial, piece.state),
        )
        for piece in pieces
    )
    return Things(whole[0].good, number(extension(one, "quantity")), whole[0].unit, pieces)


def _instances(one: Event, inside: Mapping[str, Event], state: str) -> Iterator[Things]:
    """Yield single things, each once, with the container it is in."""
    seen: set[str] = set()
    for uri, box in _named(one, inside):
        if (same := digital_link(uri) or uri) in seen:
            continue
        seen.add(same)
        key = gs1.key(uri)
        scheme = key.scheme if key.serial else "sscc" if key.container else ""
        serial = key.serial or key.container.removeprefix("sscc:")
        good = "" if key.scheme == "uri" else key.good
        yield Things(good, Decimal(1), "piece", (Piece(serial, key.lot, state, None, scheme, box),))


def _named(one: Event, inside: Mapping[str, Event]) -> Iterator[tuple[str, str]]:
    box = _box(one)
    for item in (*listed(one.get("epcList")), *listed(one.get("childEPCs"))):
        uri = plain(item) or ""
        if held := inside.get(uri):
            yield from ((plain(e) or "", gs1.key(uri).container) for e in listed(held.get("childEPCs")))
        elif uri:
            yield uri, box


def _classes(one: Event, inside: Mapping[str, Event], state: str, wrong: list[str]) -> Iterator[Things]:
    """Quantities of classes and lots; a quantity that is not stated is unknown."""
    for element, box in _elements(one, inside):
        uri = plain(element.get("epcClass")) or ""
        stated = element.get("quantity")
        quantity = number(plain(stated) or "")
        if not uri or (quantity is None and stated is not None):
            wrong.append(uri)
            continue
        key = gs1.key(uri)
        unit = unit_of(plain(element.get("uom")) or "") or "piece"
        pieces = (Piece(key.lot, key.lot, state, quantity, "", box),) if key.lot else ()
        yield Things(key.good, quantity, unit, pieces)


def _elements(one: Event, inside: Mapping[str, Event]) -> Iterator[tuple[Event, str]]:
    box = _box(one)
    for item in (*listed(one.get("quantityList")), *listed(one.get("childQuantityList"))):
        if isinstance(item, Mapping):
            yield item, box
    for item in (*listed(one.get("epcList")), *listed(one.get("childEPCs"))):
        uri = plain(item) or ""
        for element in listed(inside[uri].get("childQuantityList")) if uri in inside else ():
            if isinstance(element, Mapping):
                yield element, gs1.key(uri).container


def _box(one: Event) -> str:
    """The container that an event of aggregation is about."""
    parent = plain(one.get("parentID")) if word(one.get("type")) == "AggregationEvent" else ""
    return gs1.key(parent).container if parent else ""
