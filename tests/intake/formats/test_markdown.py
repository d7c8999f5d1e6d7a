"""Framework documents as Markdown; the sample is invented."""

from pathlib import Path

from konvoi.intake.read import read
from konvoi.model.document import Document

SAMPLE = (Path(__file__).parent / "samples" / "markdown" / "agreement.md").read_bytes()


def test_the_head_gives_title_and_version_and_the_text_its_clauses() -> None:
    reading = read(Document("agreement.md", SAMPLE))
    assert (reading.facts["title"], reading.facts["version"]) == ("Agreement between Arland and Borland", "2")
    assert reading.facts["clauses"] == "5"
    clauses = reading.tables["clauses"]["clause"].to_list()
    assert [one for one in clauses if one.startswith("I/")] == [
        *("I/1", "I/2", "I/2/i1", "I/2/i2", "I/2/i3", "I/3", "I/3/p1")
    ]


def test_text_in_another_encoding_is_refused_with_its_place() -> None:
    reading = read(Document("agreement.md", "Übereinkunft".encode("latin-1")))
    (finding,) = reading.findings
    assert (reading.refused, finding.code, finding.read) == (True, "text-encoding", "byte 1")


def test_clauses_have_the_marking_that_holds_for_the_document() -> None:
    reading = read(Document("agreement.md", SAMPLE, marking="coalition"))
    assert set(reading.tables["clauses"]["marking"]) == {"coalition"}


def test_words_without_a_clause_are_told_of() -> None:
    (told,) = read(Document("letter.md", b"# Letter\n\nWe thank you.\n\nWith kind regards")).findings
    assert (told.code, str(told.severity)) == ("text-without-clauses", "warning")
    assert read(Document("pact.md", b"# Pact\n\nThe Parties:\n\n1. We give.\n")).findings == ()
