"""UBL despatch and receipt advices as papers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lxml import etree

from konvoi.intake.papers.tree import (
    child,
    children,
    day_of,
    id_of,
    line_name,
    line_of,
    number,
    ours,
    quantity_of,
    text,
)
from konvoi.intake.papers.work import Work
from konvoi.kit.text import fold
from konvoi.model.finding import Severity
from konvoi.model.paper import Actor, Name, Paper, PaperLine, Piece
from konvoi.model.stages import Stage

DAMAGED = "damaged"
_DESPATCH = "DespatchLine"
_RECEIPT = "ReceiptLine"
_HAND_IN = "Correct it and submit the document again."


def despatch(root: etree._Element, work: Work) -> Paper:
    """A despatch advice: what left."""
    shipment = child(root, "Shipment")
    delivery = child(shipment, "Delivery")
    number = text(root, "ID")
    issued = _day(root, work, "IssueDate")
    planned = fold(text(root, "DocumentStatusCode")) == "planned"
    actual = _day(delivery, work, "Despatch", "ActualDespatchDate")
    head = Paper(
        stage=Stage.DISPATCHED,
        number=number,
        day=actual or _assumed(root, issued, planned, work),
        issued=issued,
        sender=_sender(root),
        receiver=_receiver(root),
        carrier=_carrier(shipment, delivery),
        origin=_site(child(delivery, "Despatch", "DespatchLocation")),
        destination=_site(child(delivery, "DeliveryLocation")),
        rule=text(delivery, "DeliveryTerms", "ID"),
        marking=_ours(root, "Marking"),
        names=_names(root, shipment, number),
        planned=planned,
    )
    order = text(root, "OrderReference", "ID")
    lines = [_despatch_line(one, head, order, work) for one in children(root, _DESPATCH)]
    return replace(head, lines=tuple(lines))


def receipts(root: etree._Element, work: Work) -> list[Paper]:
    """A receipt advice: what arrived, and in which state; one paper for each day on which lines arrived."""
    shipment = child(root, "Shipment")
    delivery = child(shipment, "Delivery")
    issued = _day(root, work, "IssueDate")
    answers = text(root, "DespatchDocumentReference", "ID")
    head = Paper(
        stage=Stage.RECEIVED,
        number=text(root, "ID"),
        issued=issued,
        sender=_sender(root),
        receiver=_receiver(root),
        carrier=_carrier(shipment, delivery),
        destination=_site(child(delivery, "DeliveryLocation")),
        marking=_ours(root, "Marking"),
        answers=answers,
        names=_names(root, shipment, answers),
    )
    arrived = _day(delivery, work, "ActualDeliveryDate")
    lines = list(children(root, _RECEIPT))
    days = {line_of(one): _day(one, work, "ReceivedDate") for one in lines}
    if not arrived and any(day is None for day in days.values()):
        arrived = _assumed(root, issued, False, work)
    proofs = {line_of(one): text(one, "DocumentReference", "DocumentType") for one in lines}
    found: dict[tuple[date | None, str], list[PaperLine]] = {}
    for line in _whole(_receipt_line(one, head, root, work) for one in lines):
        proof = proofs[line.row] or _ours(root, "Proof")
        found.setdefault((days[line.row] or arrived, proof), []).append(line)
    return [replace(head, day=day, proof=proof, lines=tuple(lines)) for (day, proof), lines in found.items()]


def _assumed(root: etree._Element, issued: date | None, planned: bool, work: Work) -> date | None:
    """Return the day of issue in place of a day that a paper does not state, and report it."""
    if not planned:
        remedy = "Enter the date; the issue date was used." if issued else "Enter the date; it is unknown."
        work.tell(
            Severity.WARNING,
            "paper-day-missing",
            work.place(_name(root), line_of(root), "IssueDate"),
            ("the actual day of dispatch or receipt", remedy),
            read=issued.isoformat() if issued else "",
        )
    return issued


def _day(element: etree._Element | None, work: Work, *path: str) -> date | None:
    """Return the day at the end of a path; report one that the calendar does not have."""
    found = day_of(element, *path)
    at = child(element, *path)
    if found is None and at is not None and (read := text(element, *path)):
        place = work.place(_name(at.getroottree().getroot()), line_of(at), path[-1])
        words = ("a day such as 2026-03-31", _HAND_IN)
        work.tell(Severity.ERROR, "paper-day-unreadable", place, words, read=read)
    return found


def _sender(root: etree._Element) -> Actor:
    return _account(child(root, "DespatchSupplierParty"))


def _receiver(root: etree._Element) -> Actor:
    return _account(child(root, "DeliveryCustomerParty"))


def _account(account: etree._Element | None) -> Actor:
    """Return the holder of an account: by the id of the party, else by numbers of others, else by name."""
    found = _actor(child(account, "Party"))
    if found.id.startswith("ubl-party:") or not found.id:
        numbers = ("CustomerAssignedAccountID", "SupplierAssignedAccountID")
        ids = [id_of(child(account, one), "ubl-account:") for one in numbers]
        return replace(found, id=next((one for one in ids if one), found.id))
    return found


def _actor(party: etree._Element | None) -> Actor:
    name = text(party, "PartyName", "Name") or text(party, "PartyLegalEntity", "RegistrationName")
    ids = [*children(party, "PartyIdentification", "ID"), *children(party, "EndpointID")]
    chosen = next((one for one in ids if ours(one)), ids[0] if ids else None)
    return Actor(id_of(chosen, "ubl-party:") or (f"ubl-party:{fold(name)}" if fold(name) else ""), name)


def _carrier(shipment: etree._Element | None, delivery: etree._Element | None) -> Actor:
    """The carrier, from whichever of the places where a paper names it."""
    places = (
        child(delivery, "CarrierParty"),
        child(shipment, "Consignment", "CarrierParty"),
        child(shipment, "ShipmentStage", "CarrierParty"),
        child(delivery, "Despatch", "CarrierParty"),
    )
    return next((found for one in places if (found := _actor(one)).id), Actor())


def _site(location: etree._Element | None) -> str:
    return id_of(child(location, "ID"), "ubl-site:") or text(location, "Name")


def _names(root: etree._Element, shipment: etree._Element | None, number: str) -> tuple[Name, ...]:
    """Further names of the consignment; a bare number such as 1 only counts the parts of a paper."""
    consignment = child(shipment, "Consignment")
    found = [
        ("uuid", text(root, "UUID") if _name(root) == "DespatchAdvice" else ""),
        ("uuid", text(root, "DespatchDocumentReference", "UUID")),
        ("consignment", text(consignment, "ID")),
        ("carrier", text(consignment, "CarrierAssignedID")),
        ("shipment", text(shipment, "ID")),
        ("order", text(root, "OrderReference", "ID")),
    ]
    kept = {pair for pair in found if pair[1] not in ("", number) and not (len(pair[1]) < 4)}
    return tuple(Name(*pair) for pair in sorted(kept))


def _despatch_line(one: etree._Element, head: Paper, order: str, work: Work) -> PaperLine:
    quantity, unit = _quantity(one, "DeliveredQuantity", work)
    good, name = _good(one)
    order = text(one, "OrderLineReference", "OrderReference", "ID") or order
    if quantity is None and child(one, "DeliveredQuantity") is None:
        words = ("the quantity that was sent", "Enter the value; until then it is not reported (not zero).")
        at = work.place(_DESPATCH, line_of(one), "DeliveredQuantity")
        work.tell(Severity.WARNING, "paper-quantity-missing", at, words, read=text(one, "ID"))
    reference = child(one, "OrderLineReference", "LineID")
    return PaperLine(
        id=_line_id(one, head.number, work),
        good=good,
        name=name,
        quantity=quantity,
        unit=unit,
        line=text(reference) if ours(reference) else line_name(order or head.number, good),
        package=order or head.number,
        pieces=_pieces(one, "", quantity),
        sheet=_DESPATCH,
        row=line_of(one),
    )


def _receipt_line(one: etree._Element, head: Paper, root: etree._Element, work: Work) -> PaperLine:
    received, unit = _quantity(one, "ReceivedQuantity", work)
    short, other = _quantity(one, "ShortQuantity", work)
    rejected, more = _quantity(one, "RejectedQuantity", work)
    over, last = _quantity(one, "OversupplyQuantity", work)
    good, name = _good(one)
    damaged = fold(text(one, "RejectReasonCode")) == DAMAGED
    order = text(one, "OrderLineReference", "OrderReference", "ID") or text(root, "OrderReference", "ID")
    order_line = child(one, "OrderLineReference", "LineID")
    package = order or head.answers or head.number
    return PaperLine(
        id=_line_id(one, head.number, work),
        good=good,
        name=name,
        quantity=received,
        unit=unit or other or more or last,
        line=text(order_line) if ours(order_line) else line_name(package, good),
        package=package,
        reference=_answered(one, head) or (text(order_line) if ours(order_line) else package),
        short=short,
        damaged=rejected if damaged else None,
        rejected=None if damaged else rejected,
        over=over,
        document=text(one, "DocumentReference", "ID"),
        pieces=_pieces(one, DAMAGED if damaged else "", rejected if damaged else received),
        sheet=_RECEIPT,
        row=line_of(one),
    )


def _answered(one: etree._Element, head: Paper) -> str:
    """The movement that a line of a receipt answers; else the despatch as a whole."""
    line = child(one, "DespatchLineReference", "LineID")
    number = text(one, "DespatchLineReference", "DocumentReference", "ID") or head.answers
    return _reference(line, number) if text(line) else number


def _reference(line: etree._Element | None, number: str) -> str:
    """The id of a line of a paper: ours as it is, else below the number of its paper."""
    return text(line) if ours(line) else f"{number}/{text(line)}"


def _line_id(one: etree._Element, number: str, work: Work) -> str:
    """Return the id of a line; one without a number is known by its position, with a finding."""
    found = child(one, "ID")
    if text(found):
        return _reference(found, number)
    position = 1 + sum(1 for _ in one.itersiblings(str(one.tag), preceding=True))
    words = ("a line with its number", "Enter it; until then the line is known by its position.")
    work.tell(Severity.WARNING, "paper-line-unnumbered", work.place(_name(one), line_of(one), "ID"), words)
    return f"{number}/line-{position}"


def _whole(lines: Iterable[PaperLine]) -> list[PaperLine]:
    """Return lines merged with the separate lines of their damaged part (`R-1/damaged` belongs to `R-1`)."""
    found: dict[str, PaperLine] = {}
    rest: list[PaperLine] = []
    for line in lines:
        stem = line.id.removesuffix(f"/{DAMAGED}")
        if stem != line.id and line.damaged is not None and stem in found:
            whole = found[stem]
            found[stem] = replace(whole, damaged=line.damaged, pieces=(*whole.pieces, *line.pieces))
        elif line.id in found:
            rest.append(line)
        else:
            found[line.id] = line
    return [*(_none_is_zero(line) for line in found.values()), *rest]


def _none_is_zero(line: PaperLine) -> PaperLine:
    """Return the line with nothing received in good order if it states only what was not accepted."""
    told = any(value is not None for value in (line.short, line.damaged, line.rejected))
    return replace(line, quantity=Decimal(0)) if line.quantity is None and told else line


def _quantity(one: etree._Element, name: str, work: Work) -> tuple[Decimal | None, str]:
    found = child(one, name)
    value, unit = quantity_of(found)
    if found is not None and value is None:
        words = ("a number of at least 0 with at most six decimal places", _HAND_IN)
        at = work.place(_name(one), line_of(found), name)
        work.tell(Severity.ERROR, "paper-number-unreadable", at, words, read=text(found))
    return value, unit


def _good(one: etree._Element) -> tuple[str, str]:
    """The good of a line, by the receiver's number, the standard one, the sender's, else its name."""
    item = child(one, "Item")
    name = text(item, "Name") or text(item, "Description")
    kinds = (
        ("Buyers", "ubl-buyer:"),
        ("Standard", "ubl-standard:"),
        ("Sellers", "ubl-seller:"),
        ("Catalogue", "ubl-catalogue:"),
    )
    ids = [(child(item, f"{kind}ItemIdentification", "ID"), before) for kind, before in kinds]
    chosen = [id_of(one) for one, _ in ids if ours(one)] + [id_of(one, before) for one, before in ids]
    return next((found for found in chosen if found), f"ubl-name:{name}" if name else ""), name


def _pieces(one: etree._Element, state: str, quantity: Decimal | None) -> tuple[Piece, ...]:
    """The serials and lots of a line; a lot that stands alone is the whole quantity."""
    found = []
    instances = list(children(one, "Item", "ItemInstance"))
    for instance in instances:
        lot = text(instance, "LotIdentification", "LotNumberID")
        serial = child(instance, "SerialID")
        scheme = "" if ours(serial) else id_of(serial).partition(":")[0] if _schemed(serial) else ""
        if text(serial) or lot:
            found.append(
                Piece(
                    serial=text(serial) or lot,
                    lot=lot,
                    state=_ours(instance, "State") or state,
                    quantity=number(_ours(instance, "Quantity"))
                    or (quantity if not text(serial) and len(instances) == 1 else None),
                    scheme=scheme,
                    container=id_of(child(instance, "ProductTraceID")),
                    expires=day_of(instance, "LotIdentification", "ExpiryDate")
                    or day_of(instance, "BestBeforeDate"),
                )
            )
    return tuple(found)


def _schemed(serial: etree._Element | None) -> bool:
    return serial is not None and bool(serial.get("schemeID"))


def _ours(element: etree._Element, name: str) -> str:
    """Return the text of an extension of ours."""
    return text(element, "UBLExtensions", "UBLExtension", "ExtensionContent", name)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
