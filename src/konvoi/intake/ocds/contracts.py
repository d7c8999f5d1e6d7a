"""Contracting processes become rows of contracts and call-offs, with the things that are bought."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, day, member, objects, text
from konvoi.intake.ocds.money import contract_value, minor_units, money, stated, worth
from konvoi.intake.ocds.process import Process
from konvoi.intake.ocds.rows import Row, Rows
from konvoi.intake.organisations import party_of
from konvoi.intake.papers.work import Work
from konvoi.intake.sums import number
from konvoi.model.entries import UNTIL
from konvoi.model.finding import Place, Severity
from konvoi.model.units import is_code, unit_of

FRAMEWORK = "framework"
CPV = frozenset({"CPV", "DK021", "ДК021", "ДК-021", "DK-021"})
"""Names of schemes whose codes are those of the Common Procurement Vocabulary."""


def rows_of(found: Sequence[Process], work: Work) -> Rows:
    """The rows of all processes; a process under a framework gives call-offs, any other contracts."""
    rows = Rows(work)
    contracts = {
        one.ocid: [_reference(one.ocid, c, at) for at, c in enumerate(objects(one.now, "contracts"), start=1)]
        for one in found
    }
    above = {one.ocid: _first_framework(one.now) for one in found}
    for process in found:
        _listed(process, work)
        if circular := _circular(process.ocid, above):
            words = (
                "a framework that is not under this process itself",
                "Correct one of the two; until then they are not linked.",
            )
            at = work.place(process.path, 0, "relatedProcesses")
            work.tell(Severity.ERROR, "ocds-framework-circle", at, words, read=above[process.ocid])
        for position, contract in enumerate(objects(process.now, "contracts"), start=1):
            framework = "" if circular else _framework(process.now, contract)
            spot = work.place(f"{process.path}.contracts", position)
            _contract(process, contract, spot, framework, rows=rows, known=contracts)
    _as_text(rows)
    return rows


def _as_text(rows: Rows) -> None:
    """Report numbers written as text once, at the first of them."""
    if rows.texts:
        at, read = rows.texts[0]
        words = (
            "a JSON number, without quotation marks",
            "Ask the publisher to correct it. Texts that are numbers in this document: {count}; each was "
            "read as the number.",
        )
        count = str(len(rows.texts))
        rows.work.tell(Severity.NOTE, "ocds-number-as-text", at, words, read=read, count=count)


def _first_framework(now: Object) -> str:
    return next((name for one in objects(now, "contracts") if (name := _framework(now, one))), "")


def _circular(ocid: str, above: Mapping[str, str]) -> bool:
    """Return True if a process comes, from framework to framework, back to itself.

    >>> _circular("a", {"a": "b", "b": "a"}), _circular("c", {"c": "a", "a": "b", "b": "a"})
    (True, False)
    """
    at = above.get(ocid, "")
    for _ in above:
        if at == ocid:
            return True
        at = above.get(at, "")
    return False


def _listed(process: Process, work: Work) -> None:
    """That lists of a process are lists of objects; of anything else nothing could be read."""
    for name in ("parties", "awards", "contracts", "relatedProcesses"):
        value = process.now.get(name)
        if value is None or (isinstance(value, list) and all(isinstance(one, Mapping) for one in value)):
            continue
        words = (
            "a list of objects",
            "Correct it and submit the document again; invalid parts were not imported.",
        )
        work.tell(Severity.ERROR, "ocds-list-unreadable", work.place(process.path, 0, name), words)


def _reference(ocid: str, contract: Object, position: int) -> str:
    """Return the reference of a contract: its id if that names its process, else with the ocid before it.

    A contract without an id is named by its position from 1.

    >>> _reference("ocds-1-C7", {"id": "C7"}, 1), _reference("ocds-1-x", {"id": 7}, 1)
    ('C7', 'ocds-1-x/7')
    >>> _reference("ocds-1-x", {}, 2)
    'ocds-1-x/contract-2'
    """
    id = plain(contract.get("id")) or f"contract-{position}"
    return id if (ocid.endswith(f"-{id}") or id.startswith(ocid)) else f"{ocid}/{id}"


def _contract(
    process: Process,
    contract: Object,
    spot: Place,
    framework: str,
    *,
    rows: Rows,
    known: Mapping[str, list[str]],
) -> None:
    """Add one contract or, under a framework, call-off: its row, its things, its process."""
    reference = _reference(process.ocid, contract, spot.row)
    award = _award(process.now, contract)
    _identified(process.now, contract, award, reference, rows=rows, spot=spot)
    buyer = _party(process, member(process.now, "buyer"), "institution", rows)
    rows.buyers |= {buyer} - {""}
    things = list(_items(contract, award, reference, rows=rows, spot=spot))
    of_award = [
        one for one in objects(process.now, "contracts") if one.get("awardID") == contract.get("awardID")
    ]
    amount, currency = contract_value(contract, award, rows, spot, alone_in_award=len(of_award) == 1)
    supplier = _party(process, _supplier(award), "supplier", rows) or None
    net = number((member(contract, "value") or member(award, "value")).get("amountNet"))
    origin = {"_file": rows.work.document.name, "_sheet": spot.sheet, "_row": spot.row}
    row: Row = {
        "line": None,
        "day": _signed(process, contract, award, rows=rows, spot=spot),
        "quantity": things[0]["quantity"] if len(things) == 1 else None,
        "unit": things[0]["unit"] if len(things) == 1 else None,
        "amount": amount,
        "currency": currency,
        "delivery": day(text(contract, "period", "endDate")),
        "state": _state(contract),
        "address": _address(contract),
        UNTIL: None,
        "_party": buyer or None,
        "_line": text(process.now, "planning", "budget", "id"),
        "_net": minor_units(net, currency),
        "_code": things[0]["code"] if len(things) == 1 else None,
        **origin,
    }
    if framework:
        above = _above(framework, known, rows, spot)
        own = {"call_off": reference, "contract": above, "_supplier": supplier}
        rows.tables["call_offs"].append({**own, **row})
    else:
        rows.tables["contracts"].append({"contract": reference, "supplier": supplier, **row})
    rows.tables["ocds_items"] += things
    told = {"process": process.ocid, "contract": reference, "framework": framework or None}
    rows.tables["ocds_processes"].append({**told, **_titled(process, contract), **origin})


def _identified(
    now: Object, contract: Object, award: Object, reference: str, *, rows: Rows, spot: Place
) -> None:
    """Report a contract without an id, and one whose award is none of its merged process."""
    if not plain(contract.get("id")):
        words = (
            "the id of the contract; {reference} is used",
            "Add it; a later release cannot change a contract without an id.",
        )
        at = replace(spot, column="id")
        rows.work.tell(Severity.ERROR, "ocds-contract-id-missing", at, words, reference=reference)
    award_id = plain(contract.get("awardID"))
    if not award and (award_id or objects(now, "awards")):
        words = (
            "the id of an award of this process",
            "Correct it; the contract is read without supplier and value of its award.",
        )
        at = replace(spot, column="awardID")
        rows.work.tell(Severity.WARNING, "ocds-award-unknown", at, words, read=award_id or "")


def _titled(process: Process, contract: Object) -> Row:
    """Return the title of a contract, else of its tender, and its language."""
    title = text(contract, "title") or text(process.now, "tender", "title")
    return {"title": title, "language": text(process.now, "language")}


def _above(framework: str, known: Mapping[str, list[str]], rows: Rows, spot: Place) -> str:
    """The contract of a framework's process; where it is not in this document, its process names it."""
    inside = known.get(framework, [])
    if len(inside) == 1:
        return inside[0]
    words = (
        "one contract of process {process}",
        "Submit the framework's process; konvoi review --list shows the contracts that it may be.",
    )
    rows.work.tell(
        Severity.WARNING,
        "ocds-framework-elsewhere",
        replace(spot, column="relatedProcesses"),
        words,
        read=framework,
        process=framework,
    )
    return framework


def _framework(now: Object, contract: Object) -> str:
    """The ocid of the framework that a process is the second stage of; empty where it is none."""
    for one in (*objects(now, "relatedProcesses"), *objects(contract, "relatedProcesses")):
        kinds = one.get("relationship")
        if isinstance(kinds, list) and FRAMEWORK in kinds:
            return plain(one.get("identifier")) or ""
    return ""


def _award(now: Object, contract: Object) -> Object:
    id = plain(contract.get("awardID"))
    return next((one for one in objects(now, "awards") if plain(one.get("id")) == id), {})


def _supplier(award: Object) -> Object:
    return next(iter(objects(award, "suppliers")), {})


def _party(process: Process, named: Object, kind: str, rows: Rows) -> str:
    listed = objects(process.now, "parties")
    file = rows.work.document.name
    return party_of(named, listed, kind=kind, parties=rows.tables["parties"], file=file)


def _items(contract: Object, award: Object, reference: str, *, rows: Rows, spot: Place) -> Iterator[Row]:
    """The things of a contract, else those of its award."""
    for one in objects(contract, "items") or objects(award, "items"):
        price = stated(member(one, "unit"), "value", rows, replace(spot, column="items"))
        amount, currency = money(price, rows, replace(spot, column="items"))
        quantity = rows.number(one.get("quantity"), replace(spot, column="quantity"))
        if one.get("quantity") is not None and (quantity is None or round(quantity, 6) != quantity):
            words = ("a number with at most six decimals", "Correct it; until then it is unknown, not zero.")
            read = plain(one.get("quantity")) or ""
            rows.work.tell(
                Severity.WARNING, "ocds-number-unreadable", replace(spot, column="quantity"), words, read=read
            )
            quantity = None
        yield {
            "contract": reference,
            "item": plain(one.get("id")),
            "description": plain(one.get("description")),
            "code": _code(member(one, "classification")),
            "quantity": quantity,
            "unit": _unit(member(one, "unit")),
            "price_minor": amount,
            "currency": currency,
            "_sum": worth(quantity, number(price.get("amount")), currency),
            "_file": rows.work.document.name,
            "_sheet": spot.sheet,
            "_row": spot.row,
        }


def _unit(unit: Object) -> str | None:
    """Return the unit that a code of UN/ECE Recommendation 20 means; else its name as it is written.

    The code is `id` in the scheme UNCEFACT, and `code` in Prozorro's own system, which knows no other.
    """
    of_scheme = plain(unit.get("id")) if plain(unit.get("scheme")) == "UNCEFACT" else None
    code = of_scheme or plain(unit.get("code")) or ""
    name = plain(unit.get("name"))
    # ZZ is what buyer and supplier agreed on: the name says more.
    if is_code(code) and not (name and code == "ZZ"):
        return unit_of(code)
    return name or plain(unit.get("id")) or code or None


def _code(classification: Object) -> str | None:
    """A code with its scheme, as goods name it: DK021 has the numbers of CPV."""
    scheme = plain(classification.get("scheme"))
    id = plain(classification.get("id"))
    if not scheme or not id:
        return None
    return f"{'CPV' if scheme.upper() in CPV else scheme}:{id}"


def _signed(process: Process, contract: Object, award: Object, *, rows: Rows, spot: Place) -> date | None:
    """The day of signature; without one that of the award, else that of the latest release."""
    own = day(text(contract, "dateSigned"))
    if own:
        return own
    taken = day(text(award, "date")) or day(text(process.now, "date"))
    read = text(contract, "dateSigned") or ""
    remedy = "Write dateSigned as 2031-01-31T00:00:00Z." if read else "Give dateSigned."
    words = ("the day of signature; {day} is taken", remedy)
    told = taken.isoformat() if taken else ""
    at = replace(spot, column="dateSigned")
    rows.work.tell(Severity.WARNING, "ocds-day-missing", at, words, read=read, day=told)
    return taken


def _state(contract: Object) -> str | None:
    state = plain(contract.get("status"))
    return state if state in ("pending", "active", "terminated", "cancelled") else None


def _address(contract: Object) -> str | None:
    """Return the address of the signed contract, else of any document of it."""
    documents = objects(contract, "documents")
    first = [one for one in documents if plain(one.get("documentType")) == "contractSigned"]
    return next((found for one in (*first, *documents) if (found := plain(one.get("url")))), None)
