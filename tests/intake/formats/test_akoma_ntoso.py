"""Framework documents as Akoma Ntoso; the small sample is invented, the large one the Commission's."""

from pathlib import Path

import pytest
from lxml import etree

from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLE = (Path(__file__).parent / "samples" / "akoma_ntoso" / "agreement.xml").read_bytes()

FLOWS = ("coverPage", "preface", "preamble", "body", "mainBody", "conclusions")


def of(content: bytes) -> Reading:
    return read(Document("agreement.xml", content))


def test_articles_paragraphs_and_points_keep_their_numbers() -> None:
    rows = of(SAMPLE).tables["clauses"].iter_rows(named=True)
    found = {row["clause"]: (row["kind"], row["label"], row["text"]) for row in rows}
    assert found["1"] == ("part", "Article 1", "Scope")
    assert found["1/2/a"] == ("point", "(a)", "train crews;")
    assert found["1/2/p1"] == ("subparagraph", "", "It will do so for ten years.")
    assert found["note/n1"] == ("note", "", "On 5 March 2031.")
    assert found["preamble/p1"][2] == "Arland and Borland have agreed as follows:"


def test_the_introduction_of_a_list_is_text_of_its_clause() -> None:
    text = b"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="a"><body>
    <article><num>Article 1</num><heading>Support</heading><paragraph><num>2.</num><list>
    <intro><p>The support includes:</p></intro>
    <point><num>(a)</num><content><p>tents;</p></content></point>
    <point><num>(b)</num><content><p>blankets.</p></content></point>
    <wrapUp><p>It is free.</p></wrapUp></list></paragraph></article></body></act></akomaNtoso>"""
    found = of(text).tables["clauses"].select("clause", "kind", "text").rows()
    assert found == [
        ("1", "part", "Support"),
        ("1/2", "paragraph", "The support includes:"),
        ("1/2/a", "point", "tents;"),
        ("1/2/b", "point", "blankets."),
        ("1/2/p1", "subparagraph", "It is free."),
    ]


def test_the_namespace_of_the_final_standard_is_read_too() -> None:
    final = of(SAMPLE.replace(b"/akn/3.0/WD17", b"/akn/3.0"))
    assert final.tables["clauses"].equals(of(SAMPLE).tables["clauses"])


def test_a_file_that_is_no_xml_is_refused() -> None:
    reading = of(SAMPLE.replace(b"</article>", b"</artikel>", 1))
    assert (reading.refused, [one.code for one in reading.findings]) == (True, ["text-broken"])


def test_a_file_that_declares_entities_is_refused_for_them() -> None:
    declared = SAMPLE[SAMPLE.index(b"<akomaNtoso") :]
    reading = of(b'<!DOCTYPE l [<!ENTITY a "b">]>' + declared)
    assert (reading.refused, [one.code for one in reading.findings]) == (True, ["xml-doctype"])
    assert "entities" in reading.findings[0].remedy


@pytest.mark.real_data
def test_every_word_between_the_headings_of_a_large_proposal_is_read(real_data: Path) -> None:
    content = (real_data / "akn" / "eu_COM(2013)0619_EN-8.xml").read_bytes()
    rows = of(content).tables["clauses"].iter_rows(named=True)
    read_ = "".join(row["label"] + row["text"] for row in rows)
    root = etree.fromstring(content, etree.XMLParser(remove_comments=True))
    flows = root.iter(*(f"{{*}}{name}" for name in FLOWS))
    said = "".join("".join(str(text) for text in one.itertext()) for one in flows)

    def letters(text: str) -> list[str]:
        return sorted(one for one in text if one.isalnum())

    assert letters(read_) == letters(said)
