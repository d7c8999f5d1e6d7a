"""Statements of markings: read whole, or refused whole, because they may limit who sees what."""

import json
from pathlib import Path
from typing import Any

import pytest

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.stated_markings import StatedMarking, stated_in

SAMPLE = (Path(__file__).parent / "samples" / "konvoi_markings" / "markings.json").read_bytes()


def of(content: bytes, party: str = "PL") -> Reading:
    return read(Document("PL/markings.json", content, party))


def stating(**more: Any) -> bytes:
    """The sample with other members, or with others in its first record."""
    values = json.loads(SAMPLE)
    for name, value in more.items():
        (values if name in values else values["records"][0])[name] = value
    return json.dumps(values).encode()


def test_a_statement_holds_markings_and_count_modes_by_record() -> None:
    reading = of(SAMPLE)
    found = stated_in(reading.facts)
    assert (reading.format, reading.party, reading.facts["day"]) == ("konvoi-markings", "PL", "2031-03-03")
    assert found.records == (
        StatedMarking("packages", "PL-1", "own", "in total, not named"),
        StatedMarking("lines", "PL-1-1", "DE;UA", ""),
    )
    assert len(found.documents) == 1
    # Nobody else sees that there is a statement.
    assert reading.facts["marking"] == "own"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("party", "DE"),
        ("day", "3 March"),
        ("table", "answers"),
        ("record", ""),
        ("marking", "own, DE"),
        ("marking", "everybody else"),
        ("count_mode", "twice"),
    ],
)
def test_a_statement_in_which_anything_cannot_be_read_is_refused_whole(column: str, value: str) -> None:
    reading = of(stating(**{column: value}))
    (finding,) = reading.findings
    assert (reading.refused, finding.code) == (True, "stated-marking-unreadable")
    assert finding.place.column == column
    assert not stated_in(reading.facts).records


def test_a_file_without_records_states_nothing_and_does_not_fail() -> None:
    for broken in (b'{"konvoi": "markings"}', b'{"konvoi": "markings", ', stating(records=[1, None, "x"])):
        assert of(broken).refused
    assert not of(stating(records=[])).refused
