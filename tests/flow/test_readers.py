"""Names of readers mean parties that konvoi.toml or documents name which these parties may see."""

from collections.abc import Sequence

import pytest
from tests.flow.test_view_readings import head, package, table

from konvoi.flow.name_lookup import Unknown
from konvoi.flow.parse_documents import understand
from konvoi.flow.readers import known_reader, with_partnership
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
        assert "to add one, give it a row in the table parties" in str(told.value)
        assert not ({"AR", "LO", "XQ"} - {name}) & set(str(told.value).replace(",", " ").split())
        assert told.value.near == ()


def test_a_party_that_only_a_hidden_description_names_is_unknown() -> None:
    """The description belongs to its sender, and not to the party that it describes."""
    documents = [head(), table("packages", [package("A-1", "5")]), listing("own")]
    with pytest.raises(Unknown):
        reader("LO", documents)


def test_every_state_is_a_reader() -> None:
    assert reader("Deutschland", [head(), table("packages", [package("A-1", "5", "own")])]) == "DE"
    assert reader("PL", []) == "PL"


def kinds(*kinds: str) -> list[Document]:
    rows = [{"party": "LO", "name": "Lowland", "kind": kind} for kind in kinds]
    return [table("parties", [row], folder=f"f{at}") for at, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("stated", "partner"),
    [
        (["state"], True),
        (["carrier"], False),
        (["supplier"], False),
        (["state", "implementer"], False),
        ([], True),
    ],
)
def test_carriers_suppliers_and_implementers_are_no_partners(stated: list[str], partner: bool) -> None:
    readings = headed(understand(kinds(*stated), settings=COALITION))
    assert with_partnership(View(None, "LO"), readings).partner is partner
    assert with_partnership(View(None, "AR"), readings).partner


def test_the_coordination_cell_the_coalition_and_the_public_are_no_parties() -> None:
    for name in ("cell", "coalition", "public"):
        assert reader(name, []) == name


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("name", ["Coast", "CE", "LO", "lowland", "Tiefland", "carrier-1"])
def test_groups_senders_counterparties_and_names_in_any_language_are_known(name: str) -> None:
    low = {"party": "LO", "name": "Lowland", "name_de": "Tiefland", "kind": "state", "marking": "public"}
    gift = package("A-1", "5", counterparty="carrier-1")
    meant = reader(name, [head(), table("packages", [gift]), table("parties", [low])])
    assert meant == {"lowland": "LO", "Tiefland": "LO"}.get(name, name)
