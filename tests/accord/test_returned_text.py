"""Tracked changes of a text that comes back: read from DOCX, and matched to the clauses of the round."""

import io
import zipfile
from datetime import date

import pytest

from konvoi.accord.compare import differences
from konvoi.accord.returned_text import (
    EXACT,
    NEW,
    SIMILAR,
    UNKNOWN,
    UNTRACKED,
    missing_clauses,
    returned_changes,
)
from konvoi.accord.working_text import Proposed, WorkingClause
from konvoi.intake.texts.tracked_changes import UnreadableText, tracked_paragraphs
from konvoi.report.agreements.tracked_text import tracked_text

HOURS = "Each Party tells of each delay within 72 hours."
SHORTER = "Each Party tells of each delay within 48 hours."
TEXT = (
    WorkingClause("I", "part", "I", "Delivery", (), ()),
    WorkingClause("I/1", "paragraph", "1.", "The Parties keep one schedule of deliveries.", (), ()),
    WorkingClause(
        "I/2",
        "paragraph",
        "2.",
        HOURS,
        (("XB", "amend"),),
        (Proposed("PO-1", "XB", (), SHORTER, differences(HOURS, SHORTER)),),
    ),
    WorkingClause("II/1", "paragraph", "1.", "Each Party pays into the Fund.", (("XB", "reject"),), ()),
)


def ours() -> bytes:
    """Return the working text as it goes out."""
    return tracked_text(TEXT, title="Pact", line="Merrow", day=date(2031, 3, 3), language="en")


def changed(*changes: tuple[str, str]) -> bytes:
    """Return the working text with parts of its XML replaced."""
    source = zipfile.ZipFile(io.BytesIO(ours()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                for old, new in changes:
                    assert old in content, old
                    content = content.replace(old, new)
            target.writestr(name, content.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def ins(text: str) -> str:
    """Return an insertion by a party."""
    return f'<w:ins w:id="90" w:author="Velmora"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'


def gone(text: str) -> str:
    """Return a deletion by a party."""
    run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="91" w:author="Velmora">{run}</w:del>'


def read(content: bytes) -> list[tuple[str, str, str, str]]:
    """Return clause, stance, words and way of each change."""
    found = returned_changes(tracked_paragraphs("text.docx", content), TEXT)
    return [(one.clause, one.stance, one.words, one.how) for one in found]


def test_a_text_that_comes_back_as_it_went_out_changes_nothing() -> None:
    assert read(ours()) == []
    assert missing_clauses(tracked_paragraphs("text.docx", ours()), TEXT) == ()


def test_a_clause_that_the_file_lacks_is_named() -> None:
    paragraphs = [one for one in tracked_paragraphs("text.docx", ours()) if "Fund" not in one.before]
    assert missing_clauses(paragraphs, TEXT) == ("II/1",)
    assert returned_changes(paragraphs, TEXT) == ()


def test_each_change_is_a_position_on_its_clause() -> None:
    fund = "<w:r><w:t>1. [Each Party pays into the Fund.]</w:t></w:r>"
    one = "<w:r><w:t>1. The Parties keep one schedule of deliveries.</w:t></w:r>"
    content = changed(
        (
            one,
            "<w:r><w:t>1. The Parties keep one </w:t></w:r>"
            + ins("public ")
            + "<w:r><w:t>schedule of deliveries.</w:t></w:r>",
        ),
        (fund, gone("1. [Each Party pays into the Fund.]")),
    )
    assert read(content) == [
        ("I/1", "amend", "The Parties keep one public schedule of deliveries.", EXACT),
        ("II/1", "reject", "", EXACT),
    ]
    (first, _) = returned_changes(tracked_paragraphs("text.docx", content), TEXT)
    assert (first.authors, ("+", "public") in first.differences) == (("Velmora",), True)


def test_what_is_not_tracked_or_on_no_clause_is_shown_as_such() -> None:
    one = "<w:p><w:r><w:t>1. The Parties keep one schedule of deliveries.</w:t></w:r></w:p>"
    content = changed(
        (
            one,
            "<w:p><w:r><w:t>1. The Parties keep one schedule of all deliveries.</w:t></w:r></w:p>"
            f"<w:p>{ins('A depot is named.')}</w:p>"
            f"<w:p><w:r><w:t>Seals of wax hang </w:t></w:r>{ins('low')}</w:p>",
        ),
    )
    assert read(content) == [
        ("I/1", "amend", "The Parties keep one schedule of all deliveries.", UNTRACKED),
        ("I/1", "", "A depot is named.", NEW),
        ("I/1", "", "Seals of wax hang low", UNKNOWN),
    ]


def test_words_like_those_of_a_clause_are_found_by_likeness() -> None:
    fund = "<w:r><w:t>1. [Each Party pays into the Fund.]</w:t></w:r>"
    changed_first = f"<w:r><w:t>Every Party pays into the Fund</w:t></w:r>{ins(' each year')}"
    assert read(changed((fund, changed_first))) == [
        ("II/1", "amend", "Every Party pays into the Fund each year", SIMILAR)
    ]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableText):
        tracked_paragraphs("text.docx", content)


def test_a_document_type_is_refused() -> None:
    root = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    content = changed((root, root + "<!DOCTYPE a [<!ENTITY b 'c'>]>"))
    with pytest.raises(UnreadableText):
        tracked_paragraphs("text.docx", content)
