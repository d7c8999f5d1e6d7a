"""A reading survives the way between processes whole, and nothing else passes for one."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.read import read
from konvoi.intake.wire import (
    NotAReading,
    packed_document,
    packed_reading,
    read_apart,
    read_wire,
    unpacked_document,
    unpacked_reading,
)
from konvoi.model.document import Document, Reading
from konvoi.model.entries import ENTRIES, frame
from konvoi.model.finding import Finding, Place, Severity

SAMPLES = Path(__file__).parent / "formats" / "samples"
FILES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix != ".expected")
DOCUMENT = Document("PL/packages.csv", b"package,party,day,kind\nA,PL,2031-02,energy\n", "PL", "own")


def equal(one: Reading, other: Reading) -> bool:
    frames = ("entries", "scopes", "relations", "claims")
    rest = ("document", "digest", "format", "party", "findings", "boundary", "currency", "refused", "facts")
    return (
        all(getattr(one, name).equals(getattr(other, name)) for name in frames)
        and all(getattr(one, name) == getattr(other, name) for name in rest)
        and one.tables.keys() == other.tables.keys()
        and all(one.tables[name].equals(other.tables[name]) for name in one.tables)
        and all(one.tables[name].schema == other.tables[name].schema for name in one.tables)
    )


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_reading_of_every_format_comes_back_as_it_was(file: Path) -> None:
    reading = read(Document(file.name, file.read_bytes(), "PL"))
    assert equal(unpacked_reading(packed_reading(reading)), reading)


def test_a_document_comes_back_as_it_was() -> None:
    assert unpacked_document(packed_document(DOCUMENT)) == DOCUMENT


def test_what_the_child_does_is_to_read() -> None:
    assert equal(unpacked_reading(read_wire(packed_document(DOCUMENT))), read(DOCUMENT))


def test_findings_keep_their_words_places_and_values() -> None:
    finding = Finding(Severity.WARNING, "x", Place("a", "b", 3, "c"), "“4O”", "e {n}", "r", {"n": "1"})
    reading = Reading("a", "b", "c", findings=(finding,), entries=frame([{"day_from": date(2031, 1, 1)}]))
    assert unpacked_reading(packed_reading(reading)).findings == (finding,)


def test_no_answer_is_a_refusal_that_says_why() -> None:
    reading = read_apart(DOCUMENT, None, why="it needs too much memory")
    assert reading.refused
    (finding,) = reading.findings
    assert (finding.code, finding.values["why"]) == ("file-refused", "it needs too much memory")
    assert (reading.document, reading.party) == ("PL/packages.csv", "PL")


def test_an_answer_for_another_file_is_refused() -> None:
    other = packed_reading(read(Document("PL/lines.csv", b"line,package\n")))
    assert read_apart(DOCUMENT, other).refused


def test_a_table_of_another_schema_is_no_reading() -> None:
    strange = Reading("a", "b", "c", entries=pl.DataFrame({"entry": ["x"]}))
    with pytest.raises(NotAReading):
        unpacked_reading(packed_reading(strange))
    assert strange.entries.schema != ENTRIES


@given(st.data())
def test_damaged_answers_are_refused_or_understood_and_never_raise(data: st.DataObject) -> None:
    answer = read_wire(packed_document(DOCUMENT))
    at = data.draw(st.integers(0, 900))
    damaged = answer[:at] + data.draw(st.binary(max_size=9)) + answer[at + data.draw(st.integers(0, 9)) :]
    assert isinstance(read_apart(DOCUMENT, damaged), Reading)
