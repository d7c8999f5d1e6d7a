"""Framework documents from a word processor; the sample is invented."""

import io
import zipfile
from pathlib import Path

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Severity

SAMPLE = Path(__file__).parent / "samples" / "docx" / "agreement.docx"


def changed(old: str, new: str, part: str = "word/document.xml") -> Reading:
    """The sample, read, with something else in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as held, zipfile.ZipFile(stream, "w") as made:
        for name in held.namelist():
            content = held.read(name).decode()
            assert name != part or old in content
            made.writestr(name, content.replace(old, new, 1) if name == part else content)
    return read(Document("agreement.docx", stream.getvalue()))


def texts(reading: Reading) -> dict[str, str]:
    rows = reading.tables["clauses"].iter_rows(named=True)
    return {row["clause"]: f"{row['label']} {row['text']}".strip() for row in rows}


def test_numbers_that_the_word_processor_computes_are_those_of_the_clauses() -> None:
    found = texts(read(Document("agreement.docx", SAMPLE.read_bytes())))
    assert found["I/3/b"] == "b) Arland will keep stocks."
    assert found["II/s1/2"] == "2. The Parties will consult within 24 hours."
    assert found["II/s2/p1/a"] == "a. It is valid for ten years;"


def test_tracked_changes_are_read_as_accepted_and_told_of_with_their_place() -> None:
    old = "Arland will train crews;"
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    new = f"{old}</w:t></w:r><w:ins>{run.format('t', ' and pilots')}</w:ins>"
    new += f"<w:del>{run.format('delText', ' and cooks')}</w:del><w:r><w:t>."
    reading = changed(old, new)
    assert texts(reading)["I/3/a"] == "a) Arland will train crews; and pilots."
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.place.row) == (
        "text-changes-tracked",
        Severity.WARNING,
        9,
    )
    assert "Accept or reject" in finding.remedy


def test_words_in_a_table_and_in_a_footnote_are_read() -> None:
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p>"
    assert "In a cell." in texts(changed("<w:p>", cell)).values()


def test_a_document_type_is_not_let_in() -> None:
    reading = changed("<w:document", '<!DOCTYPE w [<!ENTITY a "b">]><w:document')
    assert (reading.refused, [one.code for one in reading.findings]) == (True, ["text-broken"])


def test_a_document_without_words_is_refused() -> None:
    with zipfile.ZipFile(SAMPLE) as held:
        body = held.read("word/document.xml").decode()
    start, end = body.index("<w:body>") + len("<w:body>"), body.index("</w:body>")
    reading = changed(body[start:end], "")
    assert (reading.refused, [one.code for one in reading.findings]) == (True, ["text-empty"])
