"""Papers as events of EPCIS 2.0: valid against the official schema, and back without difference."""

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.papers.cases import ARRIVAL, DAY, DESPATCH, PAPERS, PLANNED, RECEIPT, line
from tests.report.papers.round_trip import differences, meant, read_back, tables

from konvoi.model.paper import EXERCISE
from konvoi.report.paper import writable
from konvoi.report.papers.epcis import EPCIS

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    """A scheme, a colon and more, as RFC 3986 has it."""
    return not isinstance(value, str) or bool(
        re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value)
    )


@FORMATS.checks("date-time")
def is_time(value: object) -> bool:
    """A day, a time and an offset, as RFC 3339 has it."""
    shape = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or bool(re.fullmatch(shape, value))


def events(*papers: Any) -> list[dict[str, Any]]:
    (content,) = EPCIS.write(papers, DAY).values()
    found: list[dict[str, Any]] = json.loads(content)["epcisBody"]["eventList"]
    return found


@pytest.mark.real_data
def test_every_event_keeps_the_official_schema(real_data: Path) -> None:
    schema = json.loads((real_data / "epcis" / "EPCIS-JSON-Schema.json").read_text("utf-8"))
    known = jsonschema.Draft7Validator(schema, format_checker=FORMATS)
    (content,) = EPCIS.write(PAPERS, DAY).values()
    wrong = [(list(error.absolute_path), error.message) for error in known.iter_errors(json.loads(content))]
    assert wrong == []
    for name, value in (("bizStep", "flying"), ("eventTime", "soon"), ("eventID", "one"), ("action", None)):
        broken = json.loads(content)
        broken["epcisBody"]["eventList"][0][name] = value
        assert not known.is_valid(broken), name


def test_movements_receipts_and_serials_come_back_as_they_were() -> None:
    readings = read_back(PAPERS, EPCIS)
    assert [finding.code for reading in readings for finding in reading.findings] == []
    assert differences(tables(readings), meant(PAPERS, EPCIS)) == []


def test_steps_are_those_of_the_core_vocabulary() -> None:
    steps = Counter(event["bizStep"] for event in events(*PAPERS))
    assert steps == {"shipping": 4, "arriving": 1, "receiving": 6}


def test_what_is_damaged_or_rejected_is_an_event_of_its_own() -> None:
    told = {(e["konvoi:reference"], e["disposition"]): e["konvoi:quantity"] for e in events(RECEIPT)}
    assert told == {
        ("R-1", "in_progress"): "7",
        ("R-1", "damaged"): "2",
        ("R-2", "in_progress"): "2",
        ("R-2", "non_conformant"): "0.5",
    }


def test_pieces_and_the_rest_of_a_class_together_are_the_quantity() -> None:
    tents = events(DESPATCH)[0]
    assert len(tents["epcList"]) == 2
    assert tents["quantityList"] == [{"epcClass": "urn:konvoi:good:tent", "quantity": 8}]
    rice = events(DESPATCH)[1]
    assert [(part["quantity"], part["uom"]) for part in rice["quantityList"]] == [(2, "TNE"), (0.5, "TNE")]


def test_places_and_papers_are_named_where_the_vocabulary_has_its_place_for_them() -> None:
    (event,) = events(ARRIVAL)
    assert event["bizLocation"] == {"id": "urn:konvoi:site:HUB%2F1"}
    assert event["bizTransactionList"] == [{"type": "desadv", "bizTransaction": "urn:konvoi:paper:W-7"}]
    assert {"type": "location", "source": "urn:konvoi:site:DEPOT-1"} in event["sourceList"]


def test_what_has_not_happened_is_no_event() -> None:
    assert not writable(PLANNED, EPCIS)
    assert EPCIS.write([], DAY) == {}


@pytest.mark.real_data
def test_each_event_of_an_exercise_says_so_and_keeps_the_official_schema(real_data: Path) -> None:
    told = [replace(paper, exercise=True) for paper in PAPERS]
    dated = [paper for paper in told if writable(paper, EPCIS)]
    assert {event["konvoi:exercise"] for event in events(*dated)} == {EXERCISE}
    assert all("konvoi:exercise" not in event for event in events(*PAPERS))
    schema = json.loads((real_data / "epcis" / "EPCIS-JSON-Schema.json").read_text("utf-8"))
    (content,) = EPCIS.write(dated, DAY).values()
    assert jsonschema.Draft7Validator(schema, format_checker=FORMATS).is_valid(json.loads(content))


def test_the_same_papers_give_the_same_bytes_and_each_event_its_own_id() -> None:
    assert EPCIS.write(PAPERS, DAY) == EPCIS.write(PAPERS, DAY)
    ids = [event["eventID"] for event in events(*PAPERS)]
    assert len(set(ids)) == len(ids)


quantities = st.one_of(st.none(), st.decimals("0", "99999999999", places=6))


@given(received=quantities, short=quantities, damaged=quantities, rejected=quantities, over=quantities)
def test_any_quantities_of_a_receipt_come_back(**counts: Decimal | None) -> None:
    """A receipt whose quantity in good order is unknown cannot say so beside what was damaged."""
    received = counts.pop("received")
    if received is None and (counts["damaged"] or counts["rejected"]):
        received = Decimal(0)
    kept = {
        name: value or None if name in ("damaged", "rejected") else value for name, value in counts.items()
    }
    paper = replace(RECEIPT, lines=(line("R-1", quantity=received, reference="M-1", **kept),))
    assert differences(tables(read_back([paper], EPCIS)), meant([paper], EPCIS)) == []
