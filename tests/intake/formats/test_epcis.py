"""EPCIS events, of invented parties and of the standard's own examples."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.intake.papers.golden import expected

from konvoi.intake.formats.epcis import EPCIS
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import CONFORMANCE

SAMPLES = Path(__file__).parent / "samples" / "epcis"
EVENTS = (SAMPLES / "events.jsonld").read_bytes()


def event(**said: object) -> dict[str, object]:
    """Three tents shipped on the third of March 2031, but for what is said."""
    usual = {
        "type": "ObjectEvent",
        "eventID": "urn:uuid:1",
        "eventTime": "2031-03-03T10:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "quantityList": [{"epcClass": "urn:konvoi:good:tent", "quantity": 3}],
    }
    return {name: value for name, value in {**usual, **said}.items() if value is not None}


def of(*events: object, **more: Any) -> Reading:
    document = {"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": events}, **more}
    return read(Document("events.jsonld", json.dumps(document).encode()))


def codes(reading: Reading) -> list[str]:
    """The codes, without departures from the schema: documents here are not complete."""
    return [finding.code for finding in reading.findings if finding.code not in CONFORMANCE]


def row(reading: Reading, table: str) -> dict[str, Any]:
    (found,) = reading.tables[table].to_dicts()
    return found


@pytest.mark.parametrize("name", ["events.jsonld", "faults.json"])
def test_each_sample_gives_what_is_written_beside_it(name: str) -> None:
    path = SAMPLES / name
    assert expected(read(Document(name, path.read_bytes()))) == path.with_suffix(".expected").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    "step",
    [
        "receiving",
        "urn:epcglobal:cbv:bizstep:receiving",
        "https://ns.gs1.org/cbv/BizStep-receiving",
        "https://ref.gs1.org/cbv/BizStep-receiving",
        "cbv:BizStep-receiving",
    ],
)
def test_a_step_is_known_by_every_spelling(step: str) -> None:
    assert of(event(bizStep=step)).entries["stage"].to_list() == ["received"]


@pytest.mark.parametrize(
    ("step", "stage"),
    [
        ("shipping", "dispatched"),
        ("arriving", "at hub"),
        ("accepting", "handed over"),
        ("receiving", "received"),
    ],
)
def test_each_step_of_transport_is_a_stage(step: str, stage: str) -> None:
    assert of(event(bizStep=step)).entries["stage"].to_list() == [stage]


def test_any_other_step_is_kept_with_a_note() -> None:
    reading = of(event(bizStep="loading"), event(bizStep=None, eventID="urn:uuid:2"))
    assert (codes(reading), reading.entries.height) == (["epcis-event-kept"] * 2, 0)


def test_a_day_is_that_of_the_place_where_it_happened() -> None:
    late = event(eventTime="2031-03-03T23:30:00Z", eventTimeZoneOffset="+02:00")
    assert str(row(of(late), "movements")["day"]) == "2031-03-04"
    early = event(eventTime="2031-03-03T01:30:00.5+02:00", eventTimeZoneOffset="-05:00")
    assert str(row(of(early), "movements")["day"]) == "2031-03-02"


@pytest.mark.parametrize("offset", ["+25:00", "+10:75", "CET"])
def test_an_impossible_offset_moves_no_day(offset: str) -> None:
    reading = of(event(eventTime="2031-03-03T10:00:00Z", eventTimeZoneOffset=offset))
    assert str(row(reading, "movements")["day"]) == "2031-03-03"
    (found,) = [one for one in reading.findings if one.code == "epcis-offset-impossible"]
    assert (found.place.row, found.place.column, found.read) == (1, "eventTimeZoneOffset", offset)


def test_a_serial_that_is_listed_twice_is_one_piece() -> None:
    twice = ["urn:epc:id:sgtin:9506000.013435.1", "https://id.example.org/01/09506000134352/21/1"]
    reading = of(event(quantityList=None, epcList=twice))
    assert (row(reading, "movements")["quantity"], reading.tables["serials"].height) == (1, 1)
    (found,) = [one for one in reading.findings if one.code == "epcis-thing-twice"]
    assert (found.place.column, found.read) == ("epcList", twice[1])


def test_a_container_stands_for_what_was_packed_into_it() -> None:
    sent = read(Document("events.jsonld", EVENTS)).tables["movements"].filter(pl.col("stage") == "dispatched")
    assert [str(quantity.normalize()) for quantity in sent["quantity"].sort()] == ["2", "2.5", "3E+1"]


def test_a_despatch_advice_comes_before_a_bill_of_lading_and_an_order() -> None:
    named = [("po", "P-1"), ("bol", "B-1"), ("desadv", "D-1")]
    listed = [{"type": kind, "bizTransaction": f"urn:konvoi:paper:{name}"} for kind, name in named]
    reading = of(event(bizTransactionList=listed))
    assert row(reading, "movements")["waybill"] == "D-1"
    names = reading.tables["paper_names"].filter(~pl.col("scheme").is_in(["good", "event"]))
    assert names.select("scheme", "name").rows() == [("bol", "B-1"), ("po", "P-1")]


def test_an_event_that_was_declared_wrong_counts_for_nothing() -> None:
    declared = event(errorDeclaration={"declarationTime": "2031-03-04T10:00:00Z"})
    reading = of(event(), declared)
    assert (codes(reading), reading.entries.height) == (["epcis-event-declared-wrong"] * 2, 0)


def test_an_event_twice_counts_once() -> None:
    reading = of(event(), event())
    assert (codes(reading), reading.entries.height) == (["epcis-event-twice"], 1)


def test_a_quantity_that_is_not_stated_is_unknown() -> None:
    reading = of(event(quantityList=[{"epcClass": "urn:konvoi:good:tent"}]))
    assert (codes(reading), row(reading, "movements")["quantity"]) == ([], None)


def test_damaged_goods_are_received_but_not_in_good_order() -> None:
    receipt = row(of(event(bizStep="receiving", disposition="damaged")), "receipts")
    assert (int(receipt["received"]), int(receipt["damaged"])) == (0, 3)


@pytest.mark.parametrize(
    "whole",
    [
        event(),
        [event()],
        {
            "type": "EPCISQueryDocument",
            "epcisBody": {"queryResults": {"resultsBody": {"eventList": [event()]}}},
        },
        {"type": "EPCISDocument", "epcisBody": {"event": event()}},
    ],
)
def test_single_events_lists_and_answers_to_queries_are_read(whole: object) -> None:
    reading = read(Document("events.json", json.dumps(whole).encode()))
    assert (reading.format, reading.entries["good"].to_list()) == ("epcis", ["tent"])


def test_a_document_without_events_is_refused() -> None:
    reading = read(Document("events.json", b'{"type": "EPCISDocument", "epcisBody": {}}'))
    assert (reading.refused, codes(reading)) == (True, ["epcis-no-events"])


@pytest.mark.real_data
def test_every_example_of_the_standard_gives_entries_or_says_why_not(real_data: Path) -> None:
    folder = real_data / "epcis"
    paths = [path for name in ("JSON", "JSON-simple-context") for path in (folder / name).rglob("*.jsonld")]
    paths += list((folder / "JSON-Schema" / "test").glob("*.json"))
    assert len(paths) > 80
    for path in sorted(paths):
        document = Document(path.name, path.read_bytes())
        assert EPCIS.recognises(document), path
        reading = read(document)
        assert reading.format == "epcis", path
        assert not reading.refused, path
        assert reading.entries.height or reading.findings, path


@pytest.mark.real_data
def test_the_example_of_a_shipment_and_its_receipt_is_read(real_data: Path) -> None:
    path = real_data / "epcis" / "JSON" / "Example_9.6.1-ObjectEvent.jsonld"
    reading = read(Document(path.name, path.read_bytes()))
    entries = reading.entries.sort("row").select("stage", "good", "quantity").rows()
    good = "gtin:10614141073464"
    assert [(stage, found, int(quantity)) for stage, found, quantity in entries] == [
        ("dispatched", good, 2),
        ("received", good, 1),
    ]
    assert reading.tables["receipts"]["reference"].to_list() == ["1152"]
    assert reading.tables["serials"]["serial"].to_list() == ["2017", "2018", "2018"]
