"""What a number opens: records in words."""

import pytest
from tests.report.cases import case, entry
from tests.report.world import table

from konvoi.model.entries import frame
from konvoi.report.language import Language
from konvoi.report.records import records

GOODS = table("goods", [{"good": "tank", "name": "Tank", "name_de": "Kampfpanzer", "name_uk": "Танк"}])


def what(text: str, code: str = "en") -> str:
    """The label of one entry of a tank that its source calls so."""
    rows = frame([entry("E01", "ARV", "pledged", 1, line="L-1", good="tank", text=text)])
    return Language(code).text(records(case(entries=rows, tables={"goods": GOODS}))[0].what)


@pytest.mark.parametrize("text", ["Tank", " tank", "TANK", "Kampfpanzer", "танк"])
def test_a_good_is_named_once_although_the_source_calls_it_by_its_name(text: str) -> None:
    assert what(text) == "L-1, Tank"
    assert what(text, "de") == "L-1, Kampfpanzer"


def test_what_the_source_says_beyond_the_goods_name_stays() -> None:
    assert what("T-72 tanks") == "L-1, Tank, T-72 tanks"
