"""The ten agreements: their clauses, as counted by eye, and that no word of them is lost."""

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pdfminer.high_level import extract_text
from tests.intake.texts.agreements import GOLDEN, US, agreement, path

from konvoi.model.clauses import HEADINGS, Kind, counted

pytestmark = pytest.mark.real_data
EVERY = pytest.mark.parametrize("name", GOLDEN)
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def letters(text: str) -> str:
    """Letters and digits alone: what words are made of, however they are set."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


@EVERY
def test_an_agreement_has_as_many_clauses_as_counted_and_ends_with_its_last(
    real_data: Path, name: str
) -> None:
    clauses = counted(agreement(real_data, name).tables["clauses"])
    count, last, begins = GOLDEN[name]
    assert (clauses.height, clauses["clause"][-1]) == (count, last)
    assert clauses["text"][-1].startswith(begins)


@EVERY
def test_every_clause_has_an_id_of_its_own_below_what_it_stands_in(real_data: Path, name: str) -> None:
    ids = agreement(real_data, name).tables["clauses"]["clause"].to_list()
    assert len(ids) == len(set(ids))
    places = {one.rpartition("/")[0] for one in ids} - {"", "title", "closing", "note", "preamble"}
    assert places <= set(ids)


def test_a_number_that_stands_twice_in_a_section_is_told_of_and_restarting_ones_are_not(
    real_data: Path,
) -> None:
    """The Polish part VII has two paragraphs, each number one of a list of its own."""
    told = {name: [one.read for one in agreement(real_data, name).findings] for name in GOLDEN}
    assert {name: read for name, read in told.items() if read} == {"pl.docx": ["1."]}


@pytest.mark.parametrize("name", [one for one in GOLDEN if one.endswith(".docx")])
def test_no_word_of_a_text_document_is_lost(real_data: Path, name: str) -> None:
    """Computed numbers are not a part of the text: a label is there or it is not."""
    with zipfile.ZipFile(io.BytesIO(path(real_data, name).read_bytes())) as container:
        root = etree.fromstring(container.read("word/document.xml"))
    left = letters("".join(one.text or "" for one in root.iter(_TEXT)))
    for row in agreement(real_data, name).tables["clauses"].iter_rows(named=True):
        label, text = letters(row["label"]), letters(row["text"])
        said = label + text if left.startswith(label + text) else text
        assert left.startswith(said), row["clause"]
        left = left[len(said) :]
    assert left == ""


@pytest.mark.parametrize("name", [one for one in GOLDEN if one.endswith(".pdf")])
def test_no_letter_of_a_text_layer_is_lost(real_data: Path, name: str) -> None:
    """Lines that lie side by side are read in another order, so letters are counted; page numbers are not."""
    layer = extract_text(io.BytesIO(path(real_data, name).read_bytes()))
    without = re.sub(r"^\s*\d+\s*$", "", layer, flags=re.MULTILINE)
    rows = agreement(real_data, name).tables["clauses"].iter_rows(named=True)
    bullets = ("o", "•")
    read = "".join((row["label"] if row["label"] not in bullets else "") + row["text"] for row in rows)
    of_bullets = re.sub(r"^\s*o\s", "", without, flags=re.MULTILINE)
    assert sorted(letters(read)) == sorted(letters(of_bullets))


def test_no_word_of_markdown_is_lost(real_data: Path) -> None:
    source = path(real_data, US).read_text("utf-8").split("\n---\n", 1)[1]
    plain = re.sub(r"<!--.*?-->|</?[us]>", "", source, flags=re.DOTALL)
    rows = agreement(real_data, US).tables["clauses"].iter_rows(named=True)
    assert letters("".join(row["label"] + row["text"] for row in rows)) == letters(plain)


def test_headings_are_called_as_the_documents_call_them(real_data: Path) -> None:
    def heads(name: str) -> list[tuple[str, str]]:
        clauses = agreement(real_data, name).tables["clauses"]
        return [(r["label"], r["text"]) for r in clauses.iter_rows(named=True) if r["kind"] in HEADINGS]

    assert ("Part II.", "Defence and Security") in heads("uk-2024-01-12.pdf")
    assert ("Paragraph 14:", "Procedural provisions") in heads("nl.docx")
    assert ("Article XI:", "Termination") in heads(US)
    assert ("", "The Drone Coalition for Ukraine") in heads("lv.docx")
    assert ("", "Pledge¹") in heads("se.pdf")


def test_what_stands_below_a_lettered_heading_belongs_to_its_clause(real_data: Path) -> None:
    clauses = agreement(real_data, "dk.docx").tables["clauses"]
    kinds = dict(zip(clauses["clause"], clauses["kind"], strict=True))
    assert kinds["s5/18/c"] == Kind.POINT
    assert kinds["s5/18/c/p1"] == Kind.SUBPARAGRAPH
