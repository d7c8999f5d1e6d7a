"""Framework documents as PDF; the sample is invented and written by hand, so its letters lie where we say."""

import re
import zlib
from pathlib import Path

import pytest

from konvoi.intake.read import read
from konvoi.intake.texts import pdf
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


def _page(content: bytes, *more: bytes, pages: int = 1, packed: bool = False) -> bytes:
    """A PDF of pages that draw the same, and of further objects from the sixth on."""
    if packed:
        content = zlib.compress(content)
    kids = b"".join(b"%d 0 R " % number for number in (3, *range(6, 5 + pages)))
    filtered = b"/Filter/FlateDecode" if packed else b""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        page,
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filtered, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * (pages - 1),
        *more,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Size 99/Root 1 0 R>>\n%%EOF"


def test_a_small_pdf_is_read() -> None:
    reading = of(_page(b"BT /F 12 Tf 50 700 Td (1. Aid) Tj ET", packed=True))
    assert reading.tables["clauses"]["text"].to_list() == ["1. Aid"]


# Each form draws the next ten times: seven small objects would draw ten million times.
FORMS = [
    b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>stream\n"
    % number
    + b"/X Do " * 10
    + b"\nendstream"
    for number in range(7, 14)
]


@pytest.mark.parametrize(
    ("bound", "content"),
    [
        ("_PAGES", _page(b"BT /F 12 Tf 50 700 Td (Aid) Tj ET", pages=101)),
        ("_UNPACKED", _page(b"BT /F 12 Tf 50 700 Td (Aid) Tj ET".ljust(101), packed=True)),
        ("_DRAWN", _page(b"BT /F 12 Tf 50 700 Td (%s) Tj ET" % (b"a" * 101), packed=True)),
        ("_DRAWN", _page(b"0 0 m 9 9 l S " * 101, packed=True)),
        ("_DRAWN", _page(b"/X Do", *FORMS)),
    ],
    ids=["pages", "unpacked", "letters", "strokes", "forms"],
)
def test_a_pdf_of_too_many_pages_or_strokes_is_refused(
    bound: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, bound, 100)
    reading = of(content)
    assert reading.refused
    assert [(one.code, bool(one.remedy)) for one in reading.findings] == [("pdf-too-large", True)]


def test_what_is_drawn_is_bounded_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_DRAWN", 4)
    assert not of(_page(b"BT /F 12 Tf 50 700 Td (Aid) Tj ET", pages=3)).refused


def test_letters_without_a_meaning_are_shown_as_such_and_told_of() -> None:
    reading = of(same_length(b"/Encoding /WinAnsiEncoding >>", b"/Encoding /XXXAnsiEncoding >>"))
    assert not reading.refused
