"""Tenders and contracts of Prozorro's own system are read as releases."""

import json
from pathlib import Path
from typing import Any

import pytest

from konvoi.intake.ocds.prozorro import is_native, release
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

TENDER = "UA-2031-01-01-000001-a"


def organisation(number: str, name: str) -> dict[str, object]:
    return {"name": name, "identifier": {"scheme": "UA-EDR", "id": number}}


CONTRACT: dict[str, Any] = {
    "id": "c" * 32,
    "contractID": f"{TENDER}-b1",
    "awardID": "a" * 32,
    "status": "active",
    "dateSigned": "2031-02-01T10:00:00+02:00",
    "value": {"amount": 500.5, "currency": "UAH"},
    "items": [{"id": "1", "description": "Boiler", "quantity": 2, "unit": {"name": "piece"}}],
}
WHOLE: dict[str, Any] = {
    "id": "t" * 32,
    "tenderID": TENDER,
    "title": "Boilers",
    "dateModified": "2031-02-02T00:00:00+02:00",
    "procuringEntity": organisation("00000001", "Town of Muster"),
    "awards": [{"id": "a" * 32, "status": "active", "suppliers": [organisation("00000002", "Boiler works")]}],
    "contracts": [CONTRACT],
}
ALONE = {
    **CONTRACT,
    "tender_id": "t" * 32,
    "dateModified": "2031-02-02T00:00:00+02:00",
    "buyer": organisation("00000001", "Town of Muster"),
    "suppliers": [organisation("00000002", "Boiler works")],
}


def of(*values: object) -> Reading:
    return read(Document("tender.json", "\n".join(map(json.dumps, values)).encode()))


@pytest.mark.parametrize("value", [WHOLE, {"data": WHOLE, "config": {}}, ALONE, [WHOLE], [ALONE]])
def test_a_contract_has_its_buyer_supplier_value_and_day(value: object) -> None:
    reading = of(value)
    (row,) = reading.tables["contracts"].rows(named=True)
    assert (row["contract"], row["supplier"], row["amount"], row["currency"], str(row["day"])) == (
        *(f"ocds-be6bcu-{TENDER}/{TENDER}-b1", "UA-EDR:00000002"),
        *(50050, "UAH", "2031-02-01"),
    )
    assert (reading.party, reading.findings) == ("UA-EDR:00000001", ())


def test_a_tender_and_its_contract_are_one_process() -> None:
    reading = of([WHOLE, ALONE])
    assert (reading.facts["processes"], reading.facts["contracts"]) == ("1", "1")


def test_other_objects_are_none_of_prozorro() -> None:
    assert not is_native({"ocid": "ocds-213czf-1"})
    assert not is_native([WHOLE])
    assert release(WHOLE)["ocid"] == f"ocds-be6bcu-{TENDER}"


@pytest.mark.real_data
def test_the_published_examples_are_read(real_data: Path) -> None:
    told = {}
    for path in sorted((real_data / "prozorro").glob("*.json")):
        if path.stem.startswith(("tender", "contract", "has-")):
            reading = read(Document(path.name, path.read_bytes()))
            told[path.stem] = (reading.refused, reading.format, int(reading.facts.get("contracts", -1)))
    assert told == {
        "contract_masked": (False, "ocds", 1),
        "contract_to_mask": (False, "ocds", 1),
        "has-auction-false-tender-complete": (False, "ocds", 2),
        "has-auction-true-tender-complete": (False, "ocds", 2),
        "has-awarding-order-false-auction-results": (False, "ocds", 0),
        "has-awarding-order-true-auction-results": (False, "ocds", 0),
        "tender_masked": (False, "ocds", 2),
        "tender_to_mask": (False, "ocds", 2),
        "tender_to_render": (False, "ocds", 0),
    }


@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ({"code": "H87", "name": "штука"}, "piece"),
        ({"id": "KGM", "scheme": "UNCEFACT", "name": "кілограм"}, "kg"),
        ({"id": "KGM", "name": "mile"}, "mile"),
        ({"code": "E48", "name": "послуга"}, "послуга"),
        ({"code": "ZZ", "name": "набір"}, "набір"),
        ({"code": "ZZ"}, "piece"),
    ],
)
def test_the_code_of_a_unit_goes_before_its_name(unit: dict[str, str], meant: str) -> None:
    """Also that of the scheme of the United Nations in OCDS; an unknown code leaves the name."""
    items = [{"id": "1", "quantity": 2, "unit": unit}]
    reading = of({**WHOLE, "contracts": [{**CONTRACT, "items": items}]})
    assert reading.tables["contracts"]["unit"].to_list() == [meant]
