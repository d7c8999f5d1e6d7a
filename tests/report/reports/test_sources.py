"""Sources: every document with its party, day, marking and digest; every assumption by name."""

from dataclasses import replace

from tests.report.cases import case

from konvoi.report.language import Language
from konvoi.report.reports.sources import section

ENGLISH = Language("en")


def test_every_document_is_named_with_its_day_marking_and_digest() -> None:
    rows = [[ENGLISH.text(value) for value in row] for row in section(case()).tables[0].rows]
    assert rows[0] == [
        "submissions/arvenia/lines.xlsx",
        "Arvenia",
        "konvoi-workbook",
        "3 Feb 2026",
        "40",
        "public",
        "a" * 16,
    ]


def test_assumptions_are_named_and_counted() -> None:
    found = section(case(assumptions=("b", "a", "a")))
    assert [row[0] for row in found.tables[1].rows] == ["a", "b"]
    assert "assumption" in ENGLISH.text(found.answer[1])


def test_without_documents_the_section_says_so() -> None:
    empty = case(documents=case().documents.clear(), assumptions=())
    assert "No document" in ENGLISH.text(section(empty).answer[0])


def test_the_cell_reads_the_head_of_the_receipts_and_others_the_digest_of_their_documents() -> None:
    cell = section(replace(case(), head="ab12", digest=""))
    other = section(replace(case(), head="", digest="cd34"))
    said = {text.id: dict(text.values) for one in (cell, other) for text in one.answer}
    assert said["Head of the chain of receipts: {head} (konvoi verify --head proves it)."] == {"head": "ab12"}
    assert said["Digest of the documents in this view: {digest}."] == {"digest": "cd34"}
