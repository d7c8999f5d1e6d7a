"""A dossier as FollowTheMoney: properties that its schemas have, and each regime's order as a sanction."""

import json

import polars as pl
import pytest
from tests.align.test_dossier import told

from konvoi.align.listing import Kind
from konvoi.report.exports.ftm import SCHEMA, ftm


def test_a_person_has_names_birth_country_and_numbers_and_a_sanction_for_each_order() -> None:
    party, first, second = (json.loads(line) for line in ftm(told(), "konvoi-p-1").splitlines())
    assert party == {
        "id": "konvoi-p-1",
        "schema": "Person",
        "properties": {
            "birthDate": ["1970-05-04"],
            "birthPlace": ["Kyiv"],
            "innCode": ["7707083893"],
            "name": ["Sample", "Семпл"],
        },
    }
    assert first["schema"] == second["schema"] == "Sanction"
    assert first["properties"] == {
        "authority": ["European Union"],
        "entity": ["konvoi-p-1"],
        "program": ["Regulation (EU) 2030/1"],
        "provisions": ["asset freeze"],
        "recordId": ["eu:a"],
        "sourceUrl": ["https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32030R0001"],
        "startDate": ["2030-01-01"],
    }
    assert first["id"] != second["id"]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_a_schema_and_no_property_that_it_lacks(kind: Kind) -> None:
    """Births are of persons; tax numbers of no ship."""
    found = told()
    party = json.loads(ftm(type(found)(**{**vars(found), "kind": kind.value}), "x").splitlines()[0])
    assert party["schema"] == SCHEMA[kind]
    assert ("birthDate" in party["properties"]) == (kind == Kind.PERSON)
    assert ("innCode" in party["properties"]) == (kind in (Kind.PERSON, Kind.ENTITY))


def test_programmes_have_no_marks_for_readers() -> None:
    found = told()
    sources = found.sources.with_columns(act=pl.lit("X-1"), regime=pl.lit("uk"))
    lines = ftm(type(found)(**{**vars(found), "sources": sources}), "x").splitlines()[1:]
    assert {tuple(json.loads(line)["properties"]["program"]) for line in lines} == {("X-1",)}
