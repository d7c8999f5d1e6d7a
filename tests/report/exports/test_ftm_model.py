"""Entities keep the model of FollowTheMoney: its schemata, their properties, and the form of each value."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align.test_matrix import BAN, FREEZE, lists

from konvoi.align.dossier import dossier
from konvoi.align.identifiers import TYPES, identifier
from konvoi.align.listing import Birth, Kind, Listing, Measure, Name, NameKind, Since
from konvoi.kit.days import Days
from konvoi.model.finding import Place
from konvoi.report.exports.ftm import ftm, party_id

MODEL: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "ftm_model" / "schemata.json").read_text("utf-8")
)
LONGEST = {"name": 384, "identifier": 64, "string": 1024, "text": 65_000, "url": 4096, "country": 16}
FORMS = {
    "date": re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
    "entity": re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?"),
    "country": re.compile(r"[a-z]{2}(-[a-z0-9]+)?"),
}


def faults(entity: dict[str, Any]) -> Iterator[str]:
    """What of an entity is not of its schema."""
    model = MODEL[entity["schema"]]
    values: dict[str, list[str]] = entity["properties"]
    if not FORMS["entity"].fullmatch(entity["id"]):
        yield f"id {entity['id']}"
    yield from (f"{name} is missing" for name in model["required"] if not values.get(name))
    for name, said in values.items():
        if name not in model["properties"]:
            yield f"{name} is no property of {entity['schema']}"
            continue
        kind, most = model["properties"][name]
        for one in said:
            if len(one) > (most or LONGEST.get(kind, 250)) or not one:
                yield f"{name} has {len(one)} characters"
            if kind in FORMS and not FORMS[kind].fullmatch(one):
                yield f"{name} is no {kind}: {one}"
            if kind == "url" and not (urlsplit(one).scheme in ("http", "https") and urlsplit(one).netloc):
                yield f"{name} is no address: {one}"
        if len(set(said)) != len(said):
            yield f"{name} has a value twice"


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), min_size=1, max_size=30)
days = st.dates(date(1900, 1, 1), date(2030, 12, 31))
spans = st.builds(
    lambda first, more: Days(first, first + timedelta(more)), days, st.sampled_from((0, 30, 364))
)
names = st.builds(Name, st.one_of(texts, st.just("A" * 400)), st.sampled_from(list(NameKind)))
numbers = st.builds(
    identifier, st.sampled_from(sorted(TYPES)), st.from_regex(r"[A-Z0-9]{6,20}", fullmatch=True)
)
measures = st.builds(
    Measure,
    st.sampled_from((FREEZE, BAN)),
    st.just(""),
    st.sampled_from(("", "2030/1", "Act 1", "833/2014")),
    st.none() | spans,
    st.just(Since.GIVEN),
    st.none() | days,
)
listings = st.builds(
    Listing,
    st.sampled_from(("eu:a", "uk:b", "us:c", "ch:d")),
    st.sampled_from(list(Kind)),
    st.lists(names, min_size=1, max_size=4).map(tuple),
    st.just(Place("f")),
    births=st.lists(st.builds(Birth, spans, place=texts), max_size=2).map(tuple),
    nationalities=st.lists(st.sampled_from(("Ukraine", "RU", "Nowhere")), max_size=2).map(tuple),
    identifiers=st.lists(numbers, max_size=4).map(lambda found: tuple(filter(None, found))),
    measures=st.lists(measures, min_size=1, max_size=2).map(tuple),
)


@settings(max_examples=min(settings().max_examples, 40))
@given(st.lists(listings, min_size=1, max_size=2, unique_by=lambda one: one.id.partition(":")[0]))
def test_each_entity_keeps_the_model(told: list[Listing]) -> None:
    kind = told[0].kind
    same = [replace(one, kind=kind) for one in told]
    ids = [one.id for one in same]
    found = dossier(lists(*same), ids, name="Sample", original="", kind=kind.value)
    entities = [json.loads(line) for line in ftm(found, party_id(ids[0])).splitlines()]
    assert [(one["schema"], *faults(one)) for one in entities if list(faults(one))] == []
    assert len({one["id"] for one in entities}) == len(entities)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"imoNumber": ["1"]}, "imoNumber is no property of Person"),
        ({"birthDate": ["4 May 1970"]}, "birthDate is no date: 4 May 1970"),
        ({"name": []}, "name is missing"),
        ({"innCode": ["7" * 65]}, "innCode has 65 characters"),
        ({"sourceUrl": ["Regulation"]}, "sourceUrl is no address: Regulation"),
    ],
)
def test_what_is_not_of_the_model_is_told(change: dict[str, list[str]], told: str) -> None:
    entity = {"id": "a", "schema": "Person", "properties": {"name": ["A"], **change}}
    assert list(faults(entity)) == [told]
