"""Clauses as Akoma Ntoso: valid against the official schema, and read back without difference."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lxml import etree
from tests.intake.texts.agreements import GOLDEN, agreement

from konvoi.intake.read import read
from konvoi.model.clauses import CLAUSES
from konvoi.model.document import Document
from konvoi.report.exports.akoma import SPACE, akoma

DAY = date(2031, 3, 5)
SAMPLES = Path(__file__).parents[2] / "intake" / "formats" / "samples"
SAID = ("clause", "kind", "label", "text")


def clauses(name: str) -> pl.DataFrame:
    path = SAMPLES / name
    return read(Document(path.name, path.read_bytes())).tables["clauses"]


def again(rows: pl.DataFrame) -> pl.DataFrame:
    return read(Document("again.xml", akoma(rows, name="Again", day=DAY))).tables["clauses"].select(SAID)


@pytest.mark.parametrize("name", ["docx/agreement.docx", "pdf/agreement.pdf", "markdown/agreement.md"])
def test_what_is_written_is_read_back_without_difference(name: str) -> None:
    assert again(clauses(name)).equals(clauses(name).select(SAID))


def test_each_element_has_an_id_that_says_where_it_stands_and_its_number() -> None:
    root = etree.fromstring(akoma(clauses("docx/agreement.docx"), name="Übereinkunft 1", day=DAY))
    point = root.find(f".//{{{SPACE}}}point[@eId='part_I__paragraph_3__point_a']")
    assert point is not None
    words = "".join(str(one) for one in point.itertext()).split()
    assert words == ["a)", "Arland", "will", "train", "crews;"]
    uri = root.find(f".//{{{SPACE}}}FRBRExpression/{{{SPACE}}}FRBRuri")
    assert uri is not None
    assert uri.get("value") == "/akn/xx/doc/2031-03-05/ubereinkunft-1/eng@2031-03-05"


def test_an_annex_behind_the_signatures_becomes_an_attachment_and_stays_behind_them() -> None:
    rows = [
        ("I", "part", "I.", "Aims"),
        ("I/1", "paragraph", "1.", "We agree."),
        ("closing/p1", "closing", "", "Signed."),
    ]
    rows += [("annex", "part", "", "Annex"), ("annex/1", "paragraph", "1.", "More.")]
    frame = pl.DataFrame([(*row, None, "a", "", 1) for row in rows], schema=CLAUSES, orient="row")
    assert again(frame).rows() == rows
    assert b"<attachment" in akoma(frame, name="a", day=DAY)


def test_letters_that_xml_cannot_hold_are_marked_and_same_in_gives_same_out() -> None:
    frame = pl.DataFrame([("p1", "paragraph", "", "A\x0bB", None, "a", "", 1)], schema=CLAUSES, orient="row")
    assert again(frame)["text"].to_list() == ["A\ufffdB"]
    assert akoma(frame, name="a", day=DAY) == akoma(frame, name="a", day=DAY)


@pytest.fixture(scope="module")
def schema(real_data: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(real_data / "akn" / "akomantoso30.xsd"))


@pytest.mark.real_data
@pytest.mark.parametrize("name", GOLDEN)
def test_every_agreement_is_valid_by_the_official_schema_and_read_back(
    schema: etree.XMLSchema, real_data: Path, name: str
) -> None:
    rows = agreement(real_data, name).tables["clauses"]
    written = etree.fromstring(akoma(rows, name=name, day=DAY))
    assert schema.validate(written), schema.error_log
    assert again(rows).equals(rows.select(SAID))


@pytest.mark.real_data
@pytest.mark.parametrize("kind", ["paragraph", "title", "recital", "closing", "note", "part"])
def test_a_document_of_one_row_of_any_kind_is_valid(schema: etree.XMLSchema, kind: str) -> None:
    place = {"title": "title/p1", "recital": "preamble/p1", "closing": "closing/p1", "note": "note/n1"}
    row = (place.get(kind, "p1"), kind, "", "Words.", None, "a", "", 1)
    frame = pl.DataFrame([row], schema=CLAUSES, orient="row")
    written = etree.fromstring(akoma(frame, name="a", day=DAY))
    assert schema.validate(written), schema.error_log


@pytest.mark.real_data
def test_the_small_sample_is_valid_too(schema: etree.XMLSchema) -> None:
    assert schema.validate(etree.parse(SAMPLES / "akoma_ntoso" / "agreement.xml")), schema.error_log
