"""Single rows of a document as they were handed in, whatever the document is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from konvoi.intake.excerpt import excerpts, packed_ask, read_excerpts, unpacked_excerpts
from konvoi.model.document import Document


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lines"
    sheet.append(["A list of ours", None, None])
    sheet.append(["line *", "package", "quantity"])
    sheet.append(["L-1", "P-1", 40])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ROW = (("line", "L-1"), ("package", "P-1"), ("quantity", "40"))


def test_a_row_of_a_sheet_stands_under_the_heads_that_reading_finds() -> None:
    """The head need not be the first row."""
    found = excerpts(Document("a.xlsx", workbook()), [("Lines", 3), ("Lines", 9), ("Other", 3)])
    assert found == {("Lines", 3): ROW}


def test_a_row_of_a_csv_file_too() -> None:
    content = b"line,package,quantity\nL-1,P-1,40\n"
    assert excerpts(Document("lines.csv", content), [("lines", 2)]) == {("lines", 2): ROW}


def test_an_object_in_json_is_told_by_its_plain_members_numbers_as_they_stand() -> None:
    content = b'{"data": {"flows": [{"id": "7", "amountUSD": 1.50, "more": {"x": 1}, "none": null}]}}'
    found = excerpts(Document("a.json", content), [("data.flows", 1), ("data.flows", 2), ("data.none", 1)])
    assert found == {("data.flows", 1): (("id", "7"), ("amountUSD", "1.50"))}


def test_of_any_other_text_the_line() -> None:
    content = b"<a>\n  <value currency='EUR'>5</value>\n</a>"
    assert excerpts(Document("a.xml", content), [("a", 2)])["a", 2] == (
        ("", "<value currency='EUR'>5</value>"),
    )


def test_what_goes_into_the_child_comes_out_safe_to_show() -> None:
    document = Document("lines.csv", b"line,package\nL\x1b[2J,P")
    spots = [("lines", 2), ("lines", 5)]
    found = unpacked_excerpts(read_excerpts(packed_ask(document, spots)), spots)
    assert found == {("lines", 2): (("line", "L\\x1b[2J"), ("package", "P"))}


@pytest.mark.parametrize("answer", [None, b"", b"{", b"[[1]]", b"5", b'["ab"]', b'[[["a"]]]'])
def test_an_answer_that_is_none_is_no_excerpt(answer: bytes | None) -> None:
    assert unpacked_excerpts(answer, [("a", 1)]) in ({}, {("a", 1): (("a", "b"),)})


@given(st.binary(max_size=80), st.sampled_from(["a.csv", "a.json", "a.xml", "a"]))
def test_damaged_documents_never_raise(content: bytes, name: str) -> None:
    excerpts(Document(name, content), [("a", 1), ("data.flows", 2)])
