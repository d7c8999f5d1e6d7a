"""The document: one JSON value, numbers with all that belongs to them."""

import json

from tests.report.cases import case

from konvoi.report.render import render


def test_every_number_carries_value_unit_stage_day_and_entries() -> None:
    document = json.loads(render(case(), languages=("en",))["brief.json"])
    table = document["page"]["sections"][0]["tables"][0]
    assert table["sums"][1] == {
        "value": 287000000,
        "unit": "EUR",
        "stage": "pledged",
        "day": "2026-03-02",
        "lowest": 279000000,
        "highest": 287000000,
        "behind": ["E01", "E06", "E09", "E11", "E15"],
        "to": "",
    }


def test_the_entries_stand_with_their_cell() -> None:
    document = json.loads(render(case(), languages=("de",))["brief.json"])
    assert document["language"] == "de"
    first = document["page"]["records"][0]
    assert [first[key] for key in ("id", "file", "sheet", "row", "column")] == [
        "E01",
        "submissions/arvenia/lines.xlsx",
        "lines",
        11,
        "amount",
    ]
    assert first["party"] == "Arwenien"
