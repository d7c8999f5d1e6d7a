"""The hash of an event is that of the standard, whichever way the event is written."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from konvoi.intake.papers import epcis_xml
from konvoi.intake.papers.epcis_xml import Tree
from konvoi.intake.papers.event_hash import event_hash, ignored_fields, namespaces, prehash

EVENT: Tree = {
    "type": "ObjectEvent",
    "eventTime": "2031-03-03T10:00:00Z",
    "eventTimeZoneOffset": "+00:00",
    "action": "OBSERVE",
    "bizStep": "shipping",
    "epcList": ["urn:epc:id:sgtin:0614141.107346.2017", "urn:epc:id:sgtin:0614141.107346.2018"],
}
ALIKE: tuple[Tree, ...] = (
    {"eventTime": "2031-03-03T11:00:00.000+01:00"},
    {"bizStep": "urn:epcglobal:cbv:bizstep:shipping"},
    {"bizStep": "https://ref.gs1.org/cbv/BizStep-shipping"},
    {"bizStep": "https://ns.gs1.org/cbv/BizStep-shipping"},
    {"epcList": list(reversed(EVENT["epcList"]))},  # type: ignore[call-overload]
    {"epcList": [f"https://example.org/01/10614141073464/21/{serial}" for serial in (2017, 2018)]},
    {"eventID": "urn:uuid:1", "recordTime": "2031-03-04T00:00:00Z"},
    {"errorDeclaration": {"declarationTime": "2031-03-04T00:00:00Z"}},
)
OTHER: tuple[Tree, ...] = (
    {"eventTime": "2031-03-03T10:00:01Z"},
    {"eventTimeZoneOffset": "+01:00"},
    {"bizStep": "receiving"},
    {"epcList": ["urn:epc:id:sgtin:0614141.107346.2017"]},
    {"example:field": "1"},
)


@pytest.mark.parametrize("change", ALIKE)
def test_events_that_say_the_same_have_one_hash(change: Tree) -> None:
    assert event_hash({**EVENT, **change}) == event_hash(EVENT)


@pytest.mark.parametrize("change", OTHER)
def test_events_that_differ_have_two(change: Tree) -> None:
    assert event_hash({**EVENT, **change}) != event_hash(EVENT)


@given(st.permutations(list(EVENT)))
def test_the_order_of_members_is_of_no_matter(order: list[str]) -> None:
    assert event_hash({name: EVENT[name] for name in order}) == event_hash(EVENT)


@pytest.mark.real_data
def test_the_published_examples_have_their_hashes(real_data: Path) -> None:
    folder = real_data / "epcis" / "event-hash"
    tried = 0
    for path in sorted(folder.glob("*.hashes")):
        texts = path.with_suffix(".prehashes").read_text("utf-8").strip().split("\n")
        for form in (".jsonld", ".xml"):
            if not (file := path.with_suffix(form)).exists():
                continue
            tried += 1
            events, names, left = _events(file)
            kept = [{name: value for name, value in one.items() if name not in left} for one in events]
            assert [prehash(one, names) for one in kept] == texts, file.name
            hashes = path.read_text("utf-8").strip().split("\n")
            assert [event_hash(one, names) for one in kept] == hashes, file.name
    assert tried == 17


def _events(file: Path) -> tuple[list[Tree], dict[str, str], frozenset[str]]:
    if file.suffix == ".xml":
        root = etree.parse(str(file)).getroot()
        return epcis_xml.events(root), {}, epcis_xml.ignored(root)
    document = json.loads(file.read_text("utf-8"))
    body = document["epcisBody"]
    results = body.get("queryResults", {}).get("resultsBody", {})
    listed = body.get("eventList") or results.get("eventList")
    return listed, namespaces(document["@context"]), ignored_fields(document)
