"""konvoi agreement clauses: answers for people, JSON, files, exits; on invented agreements."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.examples import folders

from konvoi.intake.read import read
from konvoi.model.document import Document

FIRST = """---
title: Agreement between Germany and Ukraine
---

**I. Aims**

1. In 2031, Germany will give EUR 2 million. In 2030, Germany gave EUR 1 million.

2. The Parties will consult within 24 hours.

**II. End**

1. This Agreement is valid for ten years and may be terminated with six months' notice.

Signed in Berlin on 5 March 2031, in two originals.
"""
SECOND = FIRST.replace("EUR 2 million", "EUR 3 million").replace("5 March", "6 April")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "first.md"
    path.write_text(FIRST, "utf-8")
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "second.md"
    path.write_text(SECOND, "utf-8")
    return path


def test_one_document_tells_its_clauses_its_terms_and_its_sums_with_their_words(first: Path) -> None:
    called = konvoi("agreement", "clauses", first)
    assert called.code == 0
    assert "3 clauses, the last II/1; signed on 2031-03-05, in force until 2041-03-05" in called.out
    assert "I/1: DE 2,000,000 EUR 2031: political" in called.out
    assert "In 2031, Germany [will] give [EUR 2 million]." in called.out
    assert "I/1: DE 1,000,000 EUR 2030: statement of the past" in called.out


def test_several_stand_side_by_side_by_day_of_signature(first: Path, second: Path) -> None:
    called = konvoi("agreement", "clauses", second, first)
    rows = [line.split() for line in called.out.splitlines()]
    assert [row[0] for row in rows if row and row[0] in ("first", "second")] == ["first", "second"]
    assert "24 h, I/2" in called.out
    assert "6 months" in called.out


def test_the_json_holds_every_clause_and_proposal(first: Path) -> None:
    (document,) = konvoi("agreement", "clauses", first, "--json").json["documents"]
    assert [row["clause"] for row in document["text"]] == ["I", "I/1", "I/2", "II", "II/1", "closing/p1"]
    assert (document["parties"], document["signed"], document["ends"]) == (
        ["DE", "UA"],
        "2031-03-05",
        "2041-03-05",
    )
    sums = [(one["amount"], one["force"]) for one in document["proposed"] if one["amount"]]
    assert sums == [(2000000, "political"), (1000000, "statement of the past")]


def test_against_an_older_version_the_words_that_changed_are_told(first: Path, second: Path) -> None:
    called = konvoi("agreement", "clauses", second, "--against", first)
    assert called.out.startswith("second: 2 changed.")
    assert "[-2-] {+3+}" in called.out
    found = konvoi("agreement", "clauses", second, "--against", first, "--json").json["changes"]
    assert [(one["change"], one["before"]) for one in found] == [
        ("changed", "I/1"),
        ("changed", "closing/p1"),
    ]
    assert konvoi("agreement", "clauses", first, "--against", first).out == "first: nothing changed.\n"


def test_of_several_versions_the_one_of_a_day_is_told(first: Path, second: Path) -> None:
    assert konvoi("agreement", "clauses", first, second, "--on", "2031-03-31").out.startswith("first:")
    assert konvoi("agreement", "clauses", first, second, "--on", "2031-04-06").out.startswith("second:")
    called = konvoi("agreement", "clauses", first, second, "--on", "2030-01-01")
    assert (called.code, "no version is that old" in called.err) == (3, True)


def test_akoma_ntoso_is_written_and_not_over_another_file(first: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    assert konvoi("agreement", "clauses", first, "--akn", out).code == 0
    assert read(Document("out.xml", out.read_bytes())).facts["clauses"] == "3"
    assert konvoi("agreement", "clauses", first, "--akn", out).code == 3
    assert konvoi("agreement", "clauses", first, "--akn", out, "--over").code == 0


def test_a_draft_needs_a_day_to_become_akoma_ntoso(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(FIRST.split("Signed")[0], "utf-8")
    called = konvoi("agreement", "clauses", draft, "--akn", tmp_path / "out.xml")
    assert (called.code, "--day" in called.err) == (3, True)
    assert (
        konvoi("agreement", "clauses", draft, "--akn", tmp_path / "out.xml", "--day", "2031-01-01").code == 0
    )


def test_the_promised_sums_become_rows_of_the_workbook_and_what_was_given_does_not(
    first: Path, tmp_path: Path
) -> None:
    out = tmp_path / "undertakings.csv"
    assert konvoi("agreement", "clauses", first, "--undertakings", out).code == 0
    (row,) = read(Document("undertakings.csv", out.read_bytes())).tables["undertakings"].iter_rows(named=True)
    assert (row["document"], row["party"], row["clause"], row["amount"]) == ("first", "DE", "I/1", 2 * 10**8)
    assert (row["force"], f"{row['until']}") == ("political", "2031-12-31")


def test_a_scan_is_refused_with_exit_3_and_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing")
    called = konvoi("agreement", "clauses", broken)
    assert called.code == 3
    assert "Send the file again" in called.err
    assert "No framework document was read" in called.out


def test_two_documents_are_too_many_to_compare_with_one(first: Path, second: Path) -> None:
    assert konvoi("agreement", "clauses", first, second, "--against", first).code == 2


def test_several_texts_stand_clause_by_clause_side_by_side() -> None:
    texts = [folders.EXAMPLES / "exercise" / "texts" / f"{name}.md" for name in ("D-XA-2", "D-XB-2")]
    called = konvoi("agreement", "clauses", *texts, "--by-clause", "--recipient", "XV")
    lines = {tuple(line.split())[:5] for line in called.out.splitlines()}
    assert ("2", "I/1/2", "I/1/2", "98", "%") in lines
    rows = konvoi("agreement", "clauses", *texts, "--by-clause", "--json").json["sisters"]
    assert [(row["document"], row["clause"]) for row in rows if row["number"] == 1] == [
        ("D-XA-2", "I/1/1"),
        ("D-XB-2", "I/1/1"),
    ]


def test_one_text_has_nothing_beside_it() -> None:
    called = konvoi(
        "agreement", "clauses", folders.EXAMPLES / "exercise" / "texts" / "D-XA-2.md", "--by-clause"
    )
    assert called.code == 3
    assert "two framework documents or more" in called.err


def test_of_a_workspace_only_what_is_wrong_with_its_texts_is_told(first: Path) -> None:
    """A package refers to one in another document: konvoi read knows that, and here it is no matter."""
    head = "package,party,day,kind,amount,currency,stage,relates\n"
    (first.parent / "packages.csv").write_text(head + "A,DE,2031-01-01,military,1,EUR,pledged,restates:B\n")
    (first.parent / "letter.md").write_text("# Letter\n\nWe thank you.\n")
    called = konvoi("agreement", "clauses", first.parent, "--json")
    assert [one["code"] for one in called.json["findings"]] == ["text-without-clauses"]
