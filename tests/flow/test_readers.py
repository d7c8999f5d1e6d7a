"""Names of readers mean parties that konvoi.toml or documents name which these parties may see."""

from collections.abc import Sequence

import pytest
from tests.flow.test_view_readings import head, package, table

from konvoi.flow.name_lookup import Unknown
from konvoi.flow.parse_documents import understand
from konvoi.flow.readers import known_reader
from konvoi.flow.settings import Settings
from konvoi.flow.view import View
from konvoi.intake.join import headed
from konvoi.model.document import Document

COALITION = Settings(recipient="BO", groups={"Coast": ("CE", "DO")})


def reader(name: str, documents: Sequence[Document]) -> str:
    readings = headed(understand(documents, settings=COALITION))
    return known_reader(View(None, name), readings, COALITION).reader


def listing(marking: str) -> Document:
    return table("parties", [{"party": "LO", "name": "Lowland", "kind": "state", "marking": marking}])


@pytest.mark.parametrize(("name", "meant"), [("ar", "AR"), ("BO", "BO"), ("DO", "DO"), ("Lowland", "LO")])
def test_a_party_that_documents_or_settings_name_is_known(name: str, meant: str) -> None:
    assert reader(name, [head(), table("packages", [package("A-1", "5")]), listing("public")]) == meant


def test_a_party_that_only_hidden_rows_name_is_unknown_and_no_document_is_told_of() -> None:
    partner = package("A-1", "5", "own", counterparty="XQ")
    documents = [head(), table("packages", [partner]), listing("own")]
    for name in ("XQ", "ZZ"):
        with pytest.raises(Unknown) as told:
            reader(name, documents)
        assert "cell, coalition, public, BO, CE, Coast, DO" in str(told.value)
        assert "konvoi table parties" in str(told.value)
        assert not ({"AR", "LO", "XQ"} - {name}) & set(str(told.value).replace(",", " ").split())
        assert told.value.near == ()
