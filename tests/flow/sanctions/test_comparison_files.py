"""Gaps and parties as files: workbook, CSV, FollowTheMoney entities, a page."""

import csv
import io
import json
import re
import zipfile

import pytest
from tests.flow.sided import sided

from konvoi.align.gap_programmes import Chosen
from konvoi.flow.sanctions.comparison_files import file_of
from konvoi.flow.sanctions.list_comparison import Sanctions, sanctions
from konvoi.flow.sanctions.listed import meant


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sanctions:
    return sanctions(sided(tmp_path_factory.mktemp("sided")))


def text(content: bytes) -> str:
    """The text of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


def test_gaps_are_a_csv_with_their_citations(found: Sanctions) -> None:
    rows = list(csv.DictReader(io.StringIO(file_of(found, "g.csv", "en", asked=Chosen("ca")).decode())))
    assert {row["lacks"] for row in rows} == {"ca"}
    added = next(row for row in rows if row["name"] == "Added SAMPLE")
    assert (added["citations"], added["count"], added["known"]) == ("Regulation (EU) 9999/3", "1", "2")


def test_the_workbook_of_gaps_counts_them_by_programme_theme_and_measure(found: Sanctions) -> None:
    content = file_of(found, "g.xlsx", "en", asked=Chosen())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["About", "Lists", "By programme", "By theme", "By measure", "Gaps", "Acts"]


def test_entities_are_those_of_the_chosen_parties(found: Sanctions) -> None:
    lines = [json.loads(one) for one in file_of(found, "g.ftm.json", "en", asked=Chosen("ca")).splitlines()]
    parties = {one["id"] for one in lines if one["schema"] != "Sanction"}
    sanctioned = {one["properties"]["entity"][0] for one in lines if one["schema"] == "Sanction"}
    assert parties == sanctioned
    assert len(parties) == found.gaps.filter(lacks="ca")["party"].n_unique()
    (party,) = meant(found, "Sample Shipping LLC")
    own = file_of(found, "p.ftm.json", "en", party=party).decode().splitlines()
    assert json.loads(own[0])["properties"]["name"][0] == "Sample Shipping LLC"


def test_the_page_of_a_party_states_who_lists_it_and_where_it_is_missing(found: Sanctions) -> None:
    (party,) = meant(found, "Sample Shipping LLC")
    page = file_of(found, "p.html", "en", party=party)
    told = text(page)
    assert re.search(r"Listed by 2 of 3 regimes with a list here: European Union, United Nations", told)
    assert "missing: Canada" in told
    assert b"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:39999R0" in page
    german = text(file_of(found, "p.html", "de", party=party))
    assert "Maßnahmen und Rechtsakte" in german
