"""Framework documents as PDF; the sample is invented and written by hand, so its letters lie where we say."""

import re
from pathlib import Path

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLE = (Path(__file__).parent / "samples" / "pdf" / "agreement.pdf").read_bytes()


def of(content: bytes) -> Reading:
    return read(Document("agreement.pdf", content))


def same_length(old: bytes, new: bytes) -> bytes:
    """The sample with other bytes in the same place, so that its table of objects still holds."""
    assert SAMPLE.count(old) >= 1
    assert len(old) == len(new)
    return SAMPLE.replace(old, new)


def test_bold_lines_are_headings_and_bullets_are_points() -> None:
    rows = of(SAMPLE).tables["clauses"].iter_rows(named=True)
    found = {row["clause"]: (row["kind"], row["text"]) for row in rows}
    assert found["II/s1"] == ("section", "Termination")
    assert found["I/3/i2/i1"] == ("point", "depots; and")
    assert found["I/4"][1].endswith("and then go on at the head of the second.")


def test_a_word_cut_at_the_end_of_a_line_is_whole() -> None:
    rows = of(SAMPLE).tables["clauses"]
    assert "long-standing friends." in rows.filter(rows["clause"] == "I/1")["text"][0]


def test_a_place_is_a_page_and_a_line_of_it() -> None:
    rows = of(SAMPLE).tables["clauses"]
    last = rows.filter(rows["clause"] == "II/s1/1").row(0, named=True)
    assert (last["_sheet"], last["_row"]) == ("page 2", 4)


def test_a_scan_without_text_is_refused_with_a_remedy() -> None:
    reading = of(re.sub(rb"\(((?:\\.|[^()\\])*)\) Tj", lambda m: b"(" + b" " * len(m[1]) + b") Tj", SAMPLE))
    (finding,) = reading.findings
    assert (reading.refused, finding.code, finding.read) == (True, "pdf-without-text", "2 pages")
    assert "DOCX" in finding.remedy


def test_a_file_that_is_cut_short_is_refused_or_told_of() -> None:
    reading = of(SAMPLE[:300])
    assert reading.refused
    assert [one.code for one in reading.findings] in (["text-broken"], ["pdf-without-text"])


def test_letters_without_a_meaning_are_shown_as_such_and_told_of() -> None:
    reading = of(same_length(b"/Encoding /WinAnsiEncoding >>", b"/Encoding /XXXAnsiEncoding >>"))
    assert not reading.refused
