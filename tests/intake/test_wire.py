"""A reading survives the way between processes whole, and nothing else passes for one."""

import random
import resource
import subprocess
import sys
from dataclasses import replace
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
    packed_readings,
    read_apart,
    read_together,
    read_wire,
    unpacked_document,
    unpacked_reading,
)
from konvoi.kit.digest import digest
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
    assert equal(unpacked_reading(read_wire([packed_document(DOCUMENT)])), read(DOCUMENT))


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
def test_an_answer_that_was_altered_anywhere_is_refused(data: st.DataObject) -> None:
    answer = read_wire([packed_document(DOCUMENT)])
    at = data.draw(st.integers(0, len(answer)))
    damaged = answer[:at] + data.draw(st.binary(max_size=9)) + answer[at + data.draw(st.integers(0, 9)) :]
    assert read_apart(DOCUMENT, damaged).refused == (damaged != answer)


def test_documents_read_together_come_back_each_with_its_own_rows() -> None:
    other = Document("PL/lines.csv", b"line,package\nL1,A\nL2,A\n", "PL")
    third = replace(
        DOCUMENT, name="PL/more/packages.csv", content=DOCUMENT.content + b"B,PL,2031-03,energy\n"
    )
    documents = [DOCUMENT, other, third]
    answer = read_wire([packed_document(one) for one in documents])
    readings = read_together(documents, answer)
    assert all(equal(reading, read(one)) for reading, one in zip(readings, documents, strict=True))
    assert [reading.entries.height for reading in readings] == [1, 0, 2]


def test_of_documents_read_together_the_one_that_was_answered_for_another_is_refused() -> None:
    other = replace(DOCUMENT, content=DOCUMENT.content.replace(b"energy", b"health"))
    answer = packed_readings([read(DOCUMENT), read(DOCUMENT)])
    assert [one.refused for one in read_together([DOCUMENT, other], answer)] == [False, True]


def test_documents_read_together_without_a_whole_answer_are_to_be_read_alone() -> None:
    answer = packed_readings([read(DOCUMENT)])
    assert read_together([DOCUMENT, DOCUMENT], answer) == ()
    assert read_together([DOCUMENT, DOCUMENT], None) == ()


def test_rows_that_were_not_sent_are_no_reading() -> None:
    """The lengths that an answer states are held against the rows that it has."""
    content = packed_reading(read(DOCUMENT))[32:]
    wrong = content.replace(b'["packages",1,1]', b'["packages",1,2]')
    assert wrong != content
    with pytest.raises(NotAReading):
        unpacked_reading(sealed(wrong))


def test_a_day_that_is_no_day_is_no_reading() -> None:
    content = packed_reading(replace(read(DOCUMENT), facts={"day": "2031-02-30"}))
    with pytest.raises(NotAReading):
        unpacked_reading(content)


_EACH = 60
_MEMORY = 4 << 30


def damaged_answers(seed: int, each: int = _EACH) -> None:
    """Open answers that were altered on purpose, behind a digest that fits: what runs in its own process."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    rng = random.Random(seed)
    for file in FILES:
        content = packed_reading(read(Document(file.name, file.read_bytes(), "PL")))[32:]
        for _ in range(each):
            try:
                reading = unpacked_reading(sealed(altered(content, rng)))
            except NotAReading:
                continue
            for rows in (reading.entries, reading.scopes, *reading.tables.values()):
                rows.rows()
            packed_reading(reading)
    print("opened")


def altered(content: bytes, rng: random.Random) -> bytes:
    """Return bytes of which a few are changed, or which are cut, or of which a piece stands twice."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.randrange(len(changed))
        changed[at] = rng.choice((changed[at] ^ 1 << rng.randrange(8), rng.randrange(256), *b'0919,[]{}"\n'))
    start, length = rng.randrange(len(changed)), rng.randrange(64)
    return bytes(
        rng.choice(
            (
                changed,
                changed,
                changed[:start],
                changed[:start] + changed[start + length :],
                changed[: start + length] + changed[start:],
            )
        )
    )


def sealed(content: bytes) -> bytes:
    """Return content behind its digest."""
    return bytes.fromhex(digest(content)) + content


@pytest.mark.slow
def test_no_answer_ends_the_process_that_opens_it() -> None:
    """Answers of every format, altered on purpose, are readings or NotAReading, and nothing else."""
    code = f"from tests.intake.test_wire import damaged_answers; damaged_answers({random.randrange(1 << 30)})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "opened\n"), f"{code}\n{done.stderr[-2000:]}"
