"""EPCIS in XML, 1.2 and 2.0, becomes the same events as JSON, and what the schema forbids is told."""

import json
from pathlib import Path

import pytest

from konvoi.intake.papers.equal_events import equal_events
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

XML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- of invented parties -->
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:{version}" schemaVersion="{schema}"
 creationDate="2031-03-04T00:00:00Z"><EPCISBody><EventList>
<ObjectEvent>
<eventTime>2031-03-03T11:00:00+01:00</eventTime>
<eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
{before}<epcList/>
<action>OBSERVE</action>
<bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
<readPoint><id>urn:konvoi:site:HUB</id></readPoint>
<bizTransactionList>
<bizTransaction type="urn:epcglobal:cbv:btt:desadv">urn:konvoi:paper:W-7</bizTransaction>
</bizTransactionList>
{open}<quantityList><quantityElement>
<epcClass>urn:konvoi:good:tent</epcClass><quantity>3.0</quantity><uom>EA</uom>
</quantityElement></quantityList>{close}
</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>
"""
NEW = {"version": "2", "schema": "2.0", "open": "", "close": "", "before": ""}
OLD = {"version": "1", "schema": "1.2", "open": "<extension>", "close": "</extension>", "before": ""}
FIELDS = {
    "type": "ObjectEvent",
    "eventTime": "2031-03-03T10:00:00Z",
    "eventTimeZoneOffset": "+00:00",
    "action": "OBSERVE",
    "bizStep": "shipping",
    "readPoint": {"id": "urn:konvoi:site:HUB"},
    "bizTransactionList": [{"type": "desadv", "bizTransaction": "urn:konvoi:paper:W-7"}],
    "quantityList": [{"epcClass": "urn:konvoi:good:tent", "quantity": 3, "uom": "EA"}],
}


def xml(kind: dict[str, str] | None = None, name: str = "a.xml", party: str = "PL", **more: str) -> Reading:
    return read(Document(name, XML.format(**{**(kind or NEW), **more}).encode(), party))


def document(*events: object) -> dict[str, object]:
    return {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2031-03-04T00:00:00Z",
        "epcisBody": {"eventList": list(events)},
    }


def of(whole: object, name: str = "b.json", party: str = "DE") -> Reading:
    return read(Document(name, json.dumps(whole).encode(), party))


@pytest.mark.parametrize("kind", [NEW, OLD])
def test_xml_says_what_json_says(kind: dict[str, str]) -> None:
    found, same = xml(kind), of(document(FIELDS))
    assert (found.findings, same.findings) == ((), ())
    row, other = found.entries.row(0, named=True), same.entries.row(0, named=True)
    names = ("stage", "good", "quantity", "unit", "day_from", "reference")
    assert [row[name] for name in names] == [other[name] for name in names]
    assert found.facts["version"] == kind["schema"]


@pytest.mark.parametrize("web", ["https://ns.gs1.org/cbv/", "https://ref.gs1.org/cbv/"])
def test_words_in_xml_may_be_addresses(web: str) -> None:
    text = XML.format(**NEW).replace("urn:epcglobal:cbv:bizstep:", f"{web}BizStep-")
    found = read(Document("a.xml", text.replace("urn:epcglobal:cbv:btt:", f"{web}BTT-").encode(), "PL"))
    assert found.findings == ()
    assert found.tables["paper_names"].rows() == xml().tables["paper_names"].rows()


def test_one_event_of_two_reporters_is_one() -> None:
    own = {"eventID": "urn:uuid:22222222-2222-4222-8222-222222222222"}
    ours, theirs = xml(), of(document({**FIELDS, **own}))
    (row,) = equal_events([ours, theirs]).rows(named=True)
    assert {row["left"], row["right"]} == {ours.entries["entry"][0], theirs.entries["entry"][0]}
    assert (row["relation"], row["status"]) == ("same_as", "accepted")
    assert equal_events([ours, of(document({**FIELDS, "eventTime": "2031-03-03T10:00:01Z"}))]).is_empty()
    assert equal_events([ours, of(document(FIELDS), party="PL")]).is_empty()


def test_an_event_twice_under_two_ids_counts_once() -> None:
    ids = [{**FIELDS, "eventID": f"urn:uuid:{n}2222222-2222-4222-8222-222222222222"} for n in (1, 2)]
    reading = of(document(*ids))
    assert (reading.entries.height, [one.code for one in reading.findings]) == (1, ["epcis-event-twice"])


@pytest.mark.parametrize(
    ("change", "column", "read_"),
    [
        ({"action": "CREATE"}, "action", "CREATE"),
        ({"eventTime": "22-07-2031"}, "eventTime", "22-07-2031"),
        ({"disposition": "somewhere"}, "disposition", "somewhere"),
        ({"type": "ThingEvent"}, "type", "ThingEvent"),
        ({"eventTimeZoneOffset": None}, "eventTimeZoneOffset", ""),
    ],
)
def test_what_the_schema_forbids_is_told_at_its_event(
    change: dict[str, object], column: str, read_: str
) -> None:
    event = {name: value for name, value in {**FIELDS, **change}.items() if value is not None}
    found = [one for one in of(document(event)).findings if one.code == "epcis-schema"]
    assert [(one.place.sheet, one.place.row, one.place.column, one.read) for one in found] == [
        ("eventList", 1, column, read_)
    ]
    assert found[0].expected
    assert found[0].remedy


def test_a_document_without_a_context_is_told() -> None:
    whole = document(FIELDS)
    del whole["@context"]
    found = [one for one in of(whole).findings if one.code == "epcis-schema"]
    assert [(one.place.row, one.place.column) for one in found] == [(0, "@context")]


def test_xml_that_is_cut_or_declares_a_type_is_refused() -> None:
    whole = XML.format(**NEW)
    assert read(Document("a.xml", whole[:-40].encode())).refused
    declared = whole.replace("<!-- of invented parties -->", "<!DOCTYPE a []>")
    assert read(Document("a.xml", declared.encode())).refused


@pytest.mark.real_data
def test_published_documents_are_read_and_invalid_ones_told(real_data: Path) -> None:
    folder = real_data / "epcis" / "openepcis"
    paths = [one for one in sorted(folder.rglob("*.*")) if one.suffix in (".xml", ".json")]
    told: dict[bool, list[str]] = {True: [], False: []}
    for path in (one for one in paths if "Queries" not in one.parts):
        reading = read(Document(path.name, path.read_bytes()))
        fault = reading.refused or any(one.code == "epcis-schema" for one in reading.findings)
        if fault != ("Invalid" in path.parts):
            told[fault].append(str(path.relative_to(folder)))
    assert told == {True: [], False: []}
