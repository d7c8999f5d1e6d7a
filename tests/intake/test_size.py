"""Text documents that hold too much are refused by a count of their bytes, before a parser sees them."""

import pytest

from konvoi.intake.read import read
from konvoi.intake.size import COLUMNS, NAMES, OBJECTS, ROWS, TAGS, VALUES, oversized
from konvoi.model.document import Document

IATI = b'<?xml version="1.0"?><iati-activities version="2.03">'


def found(name: str, content: bytes) -> tuple[str, str]:
    """The code and what was counted; two empty texts for a document within the bounds."""
    finding = oversized(Document(name, content))
    return (finding.code, finding.read) if finding else ("", "")


@pytest.mark.parametrize(
    ("name", "content", "code", "counted"),
    [
        ("lines.csv", b"line" + b"," * COLUMNS, "text-too-large", "16385 columns"),
        ("lines.tsv", b"line\n\t\t;;\n" + b"\t" * COLUMNS, "text-too-large", "16385 columns"),
        ("lines.csv", b"a;b\n" * (ROWS + 1), "text-too-large", "1048577 rows"),
        ("notes.md", b"\r" * (ROWS + 1), "text-too-large", "1048577 rows"),
        ("a.json", b'{"ocid":[' + b"1," * VALUES, "json-too-large", "5000002 values"),
        ("a.json", b"\xef\xbb\xbf [" + b"{" * VALUES, "json-too-large", "5000001 values"),
        ("a.xml", b"<a>" + b"<b/>" * TAGS, "xml-too-large", "4000001 tags"),
        ("a.xml", b"<a " + b'b=""' * 250_001 + b"/>", "xml-too-large", "a tag of more than 1000000 bytes"),
        ("a.xml", IATI + b"<a " + b'b=""' * 250_001, "xml-too-large", "a tag of more than 1000000 bytes"),
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * (OBJECTS + 1), "pdf-too-large", "200001 objects"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj<<" + b"/A 1" * (NAMES + 1), "pdf-too-large", "1000001 names"),
    ],
    ids=[
        "columns",
        "tabs",
        "rows",
        "lines",
        "values",
        "objects",
        "tags",
        "tag",
        "IATI tag",
        "PDF",
        "PDF names",
    ],
)
def test_a_document_beyond_a_bound_is_refused_with_what_was_counted(
    name: str, content: bytes, code: str, counted: str
) -> None:
    assert found(name, content) == (code, counted)
    reading = read(Document(name, content, "PL"))
    assert reading.refused
    assert [one.code for one in reading.findings] == [code]
    assert all(one.remedy for one in reading.findings)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines.csv", b"line" + b"," * (COLUMNS - 1)),
        ("lines.csv", b"a;b\n" * ROWS),
        # Many separators in a file are not many in a row.
        ("lines.csv", b"a,b,c\n" * COLUMNS),
        ("a.json", b"[" + b"1," * (VALUES - 1)),
        ("a.xml", b"<a>" + b"<b/>" * (TAGS - 1)),
        # Activities are read one by one: their number is no bound.
        ("a.xml", IATI + b"<b/>" * TAGS),
        ("a.xml", b"<a>" + b"x" * 1_000_001 + b"</a>"),
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * OBJECTS),
        ("a.csv", b""),
    ],
    ids=["columns", "rows", "separators", "values", "tags", "IATI", "text", "PDF", "empty"],
)
def test_a_document_at_the_bound_is_read(name: str, content: bytes) -> None:
    assert found(name, content) == ("", "")
