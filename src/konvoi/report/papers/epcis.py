"""Events of EPCIS 2.0 in JSON: shipping, arriving, accepting, receiving, all in one document."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from konvoi.kit.digest import digest
from konvoi.kit.percent import quoted
from konvoi.model.gs1 import OURS, uri
from konvoi.model.paper import EXERCISE, SCHEME, STAGES, Paper, PaperLine, Piece
from konvoi.model.stages import Stage
from konvoi.model.units import code_of
from konvoi.report.paper import PaperWriter

Event = dict[str, object]
_CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
_STEPS = {
    Stage.DISPATCHED: "shipping",
    Stage.AT_HUB: "arriving",
    Stage.HANDED_OVER: "accepting",
    Stage.RECEIVED: "receiving",
}
_DISPOSITIONS = {"damaged": "damaged", "rejected": "non_conformant"}
# The kinds of papers of the core vocabulary; a name of any other kind is left out.
_KINDS = ("bol", "cert", "desadv", "inv", "pedigree", "po", "poc", "prodorder", "recadv", "rma")


def _write(papers: Sequence[Paper], day: date) -> Mapping[str, bytes]:
    events = [event for paper in papers for line in paper.lines for event in _events(paper, line)]
    document = {
        "@context": [_CONTEXT, {SCHEME: OURS}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": f"{day.isoformat()}T00:00:00Z",
        "epcisBody": {"eventList": events},
    }
    return (
        {"events.jsonld": (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()}
        if events
        else {}
    )


EPCIS = PaperWriter("epcis", STAGES, planned=False, undated=False, write=_write)


def _events(paper: Paper, line: PaperLine) -> Iterator[Event]:
    """One event for what a line tells in good order, and one each for what is damaged or rejected."""
    counts = {"": line.quantity, "damaged": line.damaged, "rejected": line.rejected}
    bad = any(counts[state] for state in _DISPOSITIONS)
    for state, quantity in counts.items():
        if quantity or (not state and (quantity is None or not bad)):
            yield _event(paper, line, state, quantity)


def _event(paper: Paper, line: PaperLine, state: str, quantity: Decimal | None) -> Event:
    sent = paper.stage == Stage.DISPATCHED
    usual = "in_transit" if sent else "in_progress"
    pieces = [
        piece for piece in line.pieces if (piece.state if piece.state in _DISPOSITIONS else "") == state
    ]
    event: Event = {
        "type": "ObjectEvent",
        "eventTime": f"{paper.day}T12:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "action": "OBSERVE",
        "bizStep": _STEPS[paper.stage],
        "disposition": _DISPOSITIONS.get(state, usual),
        **_things(line, pieces, quantity),
        **_where(paper),
        "bizTransactionList": list(_transactions(paper)),
        **_extensions(paper, line, pieces),
    }
    event = {name: value for name, value in event.items() if value not in ([], "", None)}
    if "quantityList" not in event:
        event.setdefault("epcList", [])
    stable = digest(json.dumps(event, sort_keys=True).encode())
    groups = (stable[:8], stable[8:12], f"8{stable[13:16]}", f"8{stable[17:20]}", stable[20:32])
    return {"eventID": f"urn:uuid:{'-'.join(groups)}", **event}


def _things(line: PaperLine, pieces: Sequence[Piece], quantity: Decimal | None) -> Event:
    """The pieces one by one, lots and the rest by class, so that together they are the quantity."""
    singles = [piece for piece in pieces if piece.serial != piece.lot]
    lots = [piece for piece in pieces if piece.serial == piece.lot]
    code = code_of(line.unit)
    unit = {"uom": code} if code and line.unit != "piece" else {}
    elements = [_class(_thing(line.good, piece), piece.quantity or Decimal(1), unit) for piece in lots]
    listed = sum((piece.quantity or Decimal(1) for piece in lots), Decimal(0))
    if quantity is None:
        elements.append(_class(uri("good", line.good), None, unit))
    else:
        rest = quantity - listed - (len(singles) if line.unit in ("", "piece") else 0)
        if rest > 0 or not pieces:
            elements.append(_class(uri("good", line.good), max(rest, Decimal(0)), unit))
    return {
        "epcList": sorted({_thing(line.good, piece) for piece in singles}),
        "quantityList": elements,
        f"{SCHEME}:quantity": None if quantity is None else _number(quantity),
    }


def _class(uri: str, quantity: Decimal | None, unit: Mapping[str, str]) -> Event:
    if quantity is None:
        return {"epcClass": uri}
    whole = quantity == quantity.to_integral_value()
    return {"epcClass": uri, "quantity": int(quantity) if whole else float(quantity), **unit}


def _thing(good: str, piece: Piece) -> str:
    """The URI of a piece or a lot: of its class, its lot, its serial and the serial's scheme."""
    parts = [("good", good), ("lot", piece.lot)]
    if piece.serial != piece.lot:
        parts += [("scheme", piece.scheme), ("serial", piece.serial)]
    return OURS + ":".join(f"{name}:{quoted(value)}" for name, value in parts if value)


def _where(paper: Paper) -> Event:
    """Return the place of the event, its parties, and its origin and destination."""
    seen = paper.origin if paper.stage == Stage.DISPATCHED else paper.destination
    here = {"id": uri("site", seen)} if seen else None
    ends = (("source", paper.sender.id, paper.origin), ("destination", paper.receiver.id, paper.destination))
    event: Event = {"readPoint": here}
    if paper.stage != Stage.DISPATCHED:
        event["bizLocation"] = here
    for side, actor, site in ends:
        listed = [{"type": "owning_party", side: uri("party", actor)}] if actor else []
        listed += [{"type": "location", side: uri("site", site)}] if site else []
        event[f"{side}List"] = listed
    return event


def _transactions(paper: Paper) -> Iterator[Event]:
    receipt = paper.stage == Stage.RECEIVED
    named = [("recadv", paper.number), ("desadv", paper.answers)] if receipt else [("desadv", paper.number)]
    named += [(name.scheme, name.name) for name in paper.names if name.scheme in _KINDS]
    for kind, number in named:
        if number:
            yield {"type": kind, "bizTransaction": uri("paper", number)}


def _extensions(paper: Paper, line: PaperLine, pieces: Sequence[Piece]) -> Event:
    """Return the values for which the vocabulary has no word, under our own prefix."""
    counts = {name: getattr(line, name) for name in ("short", "over")}
    said: dict[str, object] = {
        "reference": line.id,
        "line": line.line,
        "package": line.package,
        "good": line.good,
        "name": line.name,
        "unit": line.unit,
        "answers": line.reference,
        "document": line.document,
        "carrier": paper.carrier.id,
        "rule": paper.rule,
        "proof": paper.proof,
        "marking": paper.marking,
        "exercise": EXERCISE if paper.exercise else "",
        **{name: _number(value) for name, value in counts.items() if value is not None},
        "expires": {p.serial: p.expires.isoformat() for p in pieces if p.expires},
        "container": {p.serial: p.container for p in pieces if p.container},
        "state": {p.serial: p.state for p in pieces if p.state and p.state not in _DISPOSITIONS},
    }
    return {f"{SCHEME}:{name}": value for name, value in said.items() if value}


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
