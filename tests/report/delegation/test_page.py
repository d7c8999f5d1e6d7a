"""The page of a delegation: its own figures, items, questions, positions and findings."""

import io
import re

import docx
import pytest
from tests.report.cases import case

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.delegation.page import MOST, delegation_page
from konvoi.report.language import Language
from konvoi.report.page import Number
from konvoi.report.page_files import page_files

EN = Language("en")


def test_the_answer_and_the_tiles_are_those_of_the_delegation() -> None:
    page = delegation_page(case(), "ARV", ())
    assert page.front is not None
    assert EN.text(page.front.answer).startswith("Arvenia: EUR ")
    whole = case().totals["funnel/amount/pledged"]
    own = next(one.value for one in whole.by if one.key == "ARV")
    figure = page.front.tiles[0].figure
    assert isinstance(figure, Number)
    assert figure.value == own != whole.value


def test_line_items_are_those_of_the_delegation_the_overdue_first() -> None:
    (items,) = (one for one in delegation_page(case(), "ARV", ()).sections if one.id == "items")
    (table,) = items.tables
    assert table.rows
    states = [EN.text(row[3]) for row in table.rows]
    assert states == sorted(states, key=lambda one: one != "overdue")
    assert len(table.rows) <= MOST["items"]


def test_findings_are_those_of_its_own_documents() -> None:
    documents = dict(case().documents.select("party", "name").iter_rows())
    own, other = documents["ARV"], next(name for party, name in documents.items() if party != "ARV")
    found = tuple(
        Finding(Severity.ERROR, "number-unreadable", Place(file, "Items", 4, "quantity"), read="4O")
        for file in (own, other)
    )
    page = delegation_page(case(findings=found), "ARV", ())
    (table,) = (one for part in page.sections for one in part.tables if one.id == "own-findings")
    assert [row[0] for row in table.rows] == [own]


def test_a_party_that_states_nothing_has_a_page_that_says_so() -> None:
    page = delegation_page(case(), "ZZ", ())
    assert page.front is not None
    assert "no pledges are reported" in EN.text(page.front.answer)


@pytest.mark.parametrize("code", ["en", "de", "uk"])
def test_it_is_written_as_page_and_document_without_open_placeholders(code: str) -> None:
    files = page_files(delegation_page(case(), "ARV", ()), [code])
    assert set(files) == {f"delegation-ARV.{code}.html", f"delegation-ARV.{code}.docx"}
    text = re.sub(r"<(style|script)>.*?</\1>", "", files[f"delegation-ARV.{code}.html"].decode(), flags=re.S)
    assert re.findall(r"\{\w+\}", text) == []
    document = docx.Document(io.BytesIO(files[f"delegation-ARV.{code}.docx"]))
    words = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "{" not in words
    assert len(document.tables) >= 2
