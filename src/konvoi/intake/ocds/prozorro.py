"""Tenders and contracts as Prozorro's own system writes them, as releases of the standard.

Prozorro publishes the same processes as OCDS under the prefix ocds-be6bcu.
"""

import re
from collections.abc import Iterator, Mapping

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, member, objects, text

PREFIX = "ocds-be6bcu-"
_OF_TENDER = re.compile(r"UA-\d{4}-\d\d-\d\d-\d{6}-[a-z]")
_TAKEN = ("id", "awardID", "title", "status", "value", "period", "items", "dateSigned", "documents", "date")


def is_native(value: object) -> bool:
    """Return True for one of Prozorro's tenders or contracts, under `data` or not."""
    one = _bare(value)
    return "tenderID" in one or ("contractID" in one and "awardID" in one)


def release(value: object) -> dict[str, object]:
    """Return a release of the tender or contract that an object states; suppliers become parties."""
    one = _bare(value)
    return _of_tender(one) if "tenderID" in one else _of_contract(one)


def _bare(value: object) -> Object:
    if not isinstance(value, Mapping):
        return {}
    data = value.get("data")
    return data if isinstance(data, Mapping) else value


def _of_tender(one: Object) -> dict[str, object]:
    contracts = [_contract(found) for found in objects(one, "contracts")]
    awards = [
        {
            "id": plain(found.get("id")),
            "status": plain(found.get("status")),
            "date": plain(found.get("date")),
            "value": found.get("value"),
            "items": found.get("items"),
            "suppliers": [_organisation(each) for each in objects(found, "suppliers")],
        }
        for found in objects(one, "awards")
    ]
    stage = {name: one.get(name) for name in ("title", "status", "value", "items", "procurementMethod")}
    buyer = member(one, "procuringEntity")
    return _whole(
        one, plain(one.get("tenderID")) or "", buyer, tender=stage, awards=awards, contracts=contracts
    )


def _of_contract(one: Object) -> dict[str, object]:
    """Return the release of a contract; it names its suppliers itself, so that an award is made of them."""
    named = plain(one.get("contractID")) or ""
    tender = found[0] if (found := _OF_TENDER.match(named)) else named
    award = {
        "id": plain(one.get("awardID")),
        "suppliers": [_organisation(s) for s in objects(one, "suppliers")],
    }
    return _whole(one, tender, member(one, "buyer"), awards=[award], contracts=[_contract(one)])


def _contract(one: Object) -> dict[str, object]:
    found = {name: one[name] for name in _TAKEN if name in one}
    return found | {"id": plain(one.get("contractID")) or plain(one.get("id"))}


def _whole(one: Object, tender_id: str, buyer: Object, **parts: object) -> dict[str, object]:
    date = plain(one.get("dateModified")) or plain(one.get("date")) or plain(one.get("dateCreated"))
    found = {
        "ocid": PREFIX + tender_id,
        "id": f"{plain(one.get('id')) or tender_id}-{date or ''}",
        "date": date,
        "tag": ["contract"],
        "language": "uk",
        "buyer": _organisation(buyer),
        "parties": list(_parties(one, buyer)),
        **parts,
    }
    return {name: value for name, value in found.items() if value is not None}


def _parties(one: Object, buyer: Object) -> Iterator[dict[str, object]]:
    """Yield each organisation once, with its registered number."""
    suppliers = [found for holder in (one, *objects(one, "awards")) for found in objects(holder, "suppliers")]
    seen: set[str] = set()
    for found in (buyer, *suppliers):
        organisation = _organisation(found)
        if (id := str(organisation.get("id") or "")) and id not in seen:
            seen.add(id)
            yield organisation | {"identifier": found.get("identifier")}


def _organisation(one: Object) -> dict[str, object]:
    """Return an organisation by its registered number, as the standard names it."""
    scheme, number = text(one, "identifier", "scheme"), text(one, "identifier", "id")
    name = text(one, "name") or text(one, "identifier", "legalName")
    return {"id": f"{scheme}-{number}" if scheme and number else name, "name": name}
