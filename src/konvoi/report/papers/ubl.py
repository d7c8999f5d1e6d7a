"""Despatch and receipt advices of UBL 2.4, one XML file a paper."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from lxml import etree

from konvoi.model.gs1 import OURS
from konvoi.model.paper import EXERCISE, SCHEME, Actor, Paper, PaperLine, Piece
from konvoi.model.stages import Stage
from konvoi.model.units import code_of
from konvoi.report.paper import PaperWriter, file_name

_NAMES = "urn:oasis:names:specification:ubl:schema:xsd:"
_SPACES = {
    "cbc": f"{_NAMES}CommonBasicComponents-2",
    "cac": f"{_NAMES}CommonAggregateComponents-2",
    "ext": f"{_NAMES}CommonExtensionComponents-2",
    "k": OURS.rstrip(":"),
}
_DAMAGED = "damaged"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _write(papers: Sequence[Paper], day: date) -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    for paper in papers:
        advice = "receipt" if paper.stage == Stage.RECEIVED else "despatch"
        root = _receipt(paper, day) if advice == "receipt" else _despatch(paper, day)
        content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        files[file_name(f"{advice}-{paper.number}", "xml", files)] = content
    return files


UBL = PaperWriter("ubl", (Stage.DISPATCHED, Stage.RECEIVED), planned=True, undated=True, write=_write)


def _despatch(paper: Paper, day: date) -> etree._Element:
    root = _root("DespatchAdvice", paper, day)
    _add(root, "cbc:LineCountNumeric", str(len(paper.lines)))
    _party(_add(root, "cac:DespatchSupplierParty"), paper.sender)
    _party(_add(root, "cac:DeliveryCustomerParty"), paper.receiver)
    delivery = _delivery(root, paper)
    _site(delivery, "cac:DeliveryLocation", paper.destination)
    _carrier(delivery, paper.carrier)
    despatch = _add(delivery, "cac:Despatch")
    when = "cbc:EstimatedDespatchDate" if paper.planned else "cbc:ActualDespatchDate"
    _add_if(despatch, when, paper.day.isoformat() if paper.day else "")
    _site(despatch, "cac:DespatchLocation", paper.origin)
    if paper.rule:
        _add(_add(delivery, "cac:DeliveryTerms"), "cbc:ID", paper.rule)
    for line in paper.lines:
        one = _add(root, "cac:DespatchLine")
        _id(one, "cbc:ID", line.id)
        _quantity(one, "cbc:DeliveredQuantity", line.quantity, line.unit)
        _order_line(one, line, always=True)
        _item(one, line, line.pieces, str(paper.stage))
    return root


def _receipt(paper: Paper, day: date) -> etree._Element:
    root = _root("ReceiptAdvice", paper, day)
    parts = [(line, bad) for line in paper.lines for bad in (False, True) if line.damaged or not bad]
    _add(root, "cbc:LineCountNumeric", str(len(parts)))
    if paper.answers:
        _add(_add(root, "cac:DespatchDocumentReference"), "cbc:ID", paper.answers)
    _party(_add(root, "cac:DeliveryCustomerParty"), paper.receiver)
    _party(_add(root, "cac:DespatchSupplierParty"), paper.sender)
    delivery = _delivery(root, paper)
    _add_if(delivery, "cbc:ActualDeliveryDate", paper.day.isoformat() if paper.day else "")
    _site(delivery, "cac:DeliveryLocation", paper.destination)
    _carrier(delivery, paper.carrier)
    for line, damaged in parts:
        _receipt_line(_add(root, "cac:ReceiptLine"), paper, line, damaged=damaged)
    return root


def _receipt_line(one: etree._Element, paper: Paper, line: PaperLine, *, damaged: bool) -> None:
    """A line of a receipt; what is damaged stands in a line of its own, rejected for that reason."""
    _id(one, "cbc:ID", f"{line.id}/{_DAMAGED}" if damaged else line.id)
    if not damaged:
        _quantity(one, "cbc:ReceivedQuantity", line.quantity, line.unit)
        _quantity(one, "cbc:ShortQuantity", line.short, line.unit)
    _quantity(one, "cbc:RejectedQuantity", line.damaged if damaged else line.rejected, line.unit)
    if damaged:
        _add(one, "cbc:RejectReasonCode", _DAMAGED)
    else:
        _quantity(one, "cbc:OversupplyQuantity", line.over, line.unit)
    _add_if(one, "cbc:ReceivedDate", paper.day.isoformat() if paper.day else "")
    _order_line(one, line, always=False)
    if line.reference and line.reference not in (paper.answers, line.line):
        reference = _add(one, "cac:DespatchLineReference")
        _id(reference, "cbc:LineID", line.reference)
        _add(_add(reference, "cac:DocumentReference"), "cbc:ID", paper.answers or line.reference)
    if line.document:
        document = _add(one, "cac:DocumentReference")
        _add(document, "cbc:ID", line.document)
        _add_if(document, "cbc:DocumentType", paper.proof)
    pieces = tuple(piece for piece in line.pieces if (piece.state == _DAMAGED) == damaged)
    _item(one, line, pieces, _DAMAGED if damaged else str(paper.stage))


def _root(name: str, paper: Paper, day: date) -> etree._Element:
    root = etree.Element(f"{{{_NAMES}{name}-2}}{name}", nsmap={"ubl": f"{_NAMES}{name}-2", **_SPACES})
    proof = paper.proof if not any(line.document for line in paper.lines) else ""
    _extend(root, {"Marking": paper.marking, "Proof": proof})
    _add(root, "cbc:UBLVersionID", "2.4")
    _add(root, "cbc:ID", paper.number)
    _add(root, "cbc:IssueDate", (paper.issued or paper.day or day).isoformat())
    if paper.planned:
        _add(root, "cbc:DocumentStatusCode", "planned")
    _add_if(root, "cbc:Note", EXERCISE if paper.exercise else "")
    return root


def _delivery(root: etree._Element, paper: Paper) -> etree._Element:
    """The delivery of the one shipment that a paper is about."""
    shipment = _add(root, "cac:Shipment")
    _add(shipment, "cbc:ID", "1")
    for name in paper.names:
        if name.scheme == "consignment":
            _add(_add(shipment, "cac:Consignment"), "cbc:ID", name.name)
            break
    return _add(shipment, "cac:Delivery")


def _party(element: etree._Element, actor: Actor) -> None:
    party = _add(element, "cac:Party")
    if actor.id:
        _id(_add(party, "cac:PartyIdentification"), "cbc:ID", actor.id)
    if actor.name:
        _add(_add(party, "cac:PartyName"), "cbc:Name", actor.name)


def _carrier(delivery: etree._Element, carrier: Actor) -> None:
    if carrier.id:
        party = _add(delivery, "cac:CarrierParty")
        _id(_add(party, "cac:PartyIdentification"), "cbc:ID", carrier.id)
        if carrier.name:
            _add(_add(party, "cac:PartyName"), "cbc:Name", carrier.name)


def _site(element: etree._Element, name: str, site: str) -> None:
    if site:
        _id(_add(element, name), "cbc:ID", site)


def _order_line(one: etree._Element, line: PaperLine, *, always: bool) -> None:
    """The line that is fulfilled, and its package; a despatch must name one."""
    if line.line or always:
        reference = _add(one, "cac:OrderLineReference")
        _id(reference, "cbc:LineID", line.line or line.id)
        if line.package:
            _add(_add(reference, "cac:OrderReference"), "cbc:ID", line.package)


def _item(one: etree._Element, line: PaperLine, pieces: Sequence[Piece], state: str) -> None:
    item = _add(one, "cac:Item")
    _add_if(item, "cbc:Name", line.name or line.good)
    if line.good:
        _id(_add(item, "cac:BuyersItemIdentification"), "cbc:ID", line.good)
    for piece in pieces:
        instance = _add(item, "cac:ItemInstance")
        quantity = "" if piece.quantity is None else _number(piece.quantity)
        _extend(instance, {"State": "" if piece.state in ("", state) else piece.state, "Quantity": quantity})
        if piece.container:
            _id(instance, "cbc:ProductTraceID", piece.container)
        expires = piece.expires.isoformat() if piece.expires else ""
        _add_if(instance, "cbc:BestBeforeDate", "" if piece.lot else expires)
        if piece.serial != piece.lot:
            _add(instance, "cbc:SerialID", piece.serial, schemeID=piece.scheme)
        if piece.lot:
            lot = _add(instance, "cac:LotIdentification")
            _add(lot, "cbc:LotNumberID", piece.lot)
            _add_if(lot, "cbc:ExpiryDate", expires)


def _extend(element: etree._Element, values: Mapping[str, str]) -> None:
    """Add values for which UBL has no place: an extension of ours for each."""
    said = {name: value for name, value in values.items() if value}
    if said:
        extensions = _add(element, "ext:UBLExtensions")
        for name, value in said.items():
            content = _add(_add(extensions, "ext:UBLExtension"), "ext:ExtensionContent")
            _add(content, f"k:{name}", value)


def _quantity(one: etree._Element, name: str, quantity: Decimal | None, unit: str) -> None:
    if quantity is not None:
        _add(one, name, _number(quantity), unitCode=code_of(unit) or unit)


def _id(element: etree._Element, name: str, id: str) -> None:
    """An id with its scheme: ours, unless it names another."""
    scheme, _, value = id.partition(":")
    foreign = bool(value) and scheme.replace("-", "").isalnum() and not value.startswith("//")
    _add(element, name, value if foreign else id, schemeID=scheme if foreign else SCHEME)


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _add_if(element: etree._Element, name: str, text: str) -> None:
    if text:
        _add(element, name, text)


def _add(element: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    space, _, local = name.partition(":")
    child = etree.SubElement(element, f"{{{_SPACES[space]}}}{local}")
    if text:
        child.text = _clean(text)
    for attribute, value in attributes.items():
        if value:
            child.set(attribute, _clean(value))
    return child


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
