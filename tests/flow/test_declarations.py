"""A partner's rows of parties and goods change what others state once konvoi.toml accepts them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.flow.test_view_readings import COALITION, Row, head, package, table

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.settings import Settings
from konvoi.flow.workspace import Workspace
from konvoi.model.document import Document

CODES = ("alias-of-other-party", "good-redefined", "offer-of-other-party")


def gathered(documents: Sequence[Document], settings: Settings = COALITION) -> Gathered:
    return gathering(Workspace(None, settings, tuple(documents)))


def told(found: Gathered) -> list[tuple[str, str]]:
    return [(one.code, one.read) for one in found.findings if one.code in CODES]


def named(party: str, name: str, aliases: str = "") -> Row:
    return {"party": party, "name": name, "kind": "state", "aliases": aliases}


def good(unit: str, family: str = "") -> Row:
    return {"good": "stove", "name": "Stove", "unit": unit, "family": family}


LOWLAND = (
    Document("LO/one/konvoi.csv", b"party,LO\nday,2031-01-05\n", "LO"),
    table("parties", [named("LO", "Lowland")], party="LO"),
    table("packages", [package("L-1", "5", party="Lowland")], party="LO"),
)


def givers(found: Gathered) -> list[str]:
    return sorted(found.ledger.entries["party"].drop_nulls().unique())


def test_a_new_name_of_a_partner_acts_without_a_word() -> None:
    named_by_ar = table("parties", [named("AR", "Arland", "Arlandia")])
    gift = table("packages", [package("A-1", "5", party="Arlandia")], folder="two")
    found = gathered([head(), named_by_ar, gift])
    assert (givers(found), told(found)) == (["AR"], [])


@pytest.mark.slow
def test_the_name_of_another_party_is_no_alias_until_it_is_accepted() -> None:
    """AR would take what Lowland gives; LO states that name of itself."""
    claim = table("parties", [named("AR", "Arland", "Lowland;LO;Arlandia")])
    found = gathered([head(), claim, *LOWLAND])
    assert told(found) == [("alias-of-other-party", name) for name in ("LO", "Lowland")]
    assert givers(found) == ["LO"]
    (row,) = found.tables["parties"].filter(found.tables["parties"]["party"] == "AR").to_dicts()
    assert row["aliases"] == "Arlandia"
    accepted = replace(COALITION, aliases={"Lowland": "AR", "LO": "AR"})
    assert told(gathered([head(), claim, *LOWLAND], accepted)) == []


def test_the_name_of_a_state_is_no_alias_of_another() -> None:
    found = gathered([head(), table("parties", [named("AR", "Arland", "Deutschland;Germany")])])
    assert [code for code, _ in told(found)] == ["alias-of-other-party"] * 2


@pytest.mark.slow
def test_the_unit_and_family_that_were_stated_first_count() -> None:
    first = [head("2031-01-01", folder="a"), table("goods", [good("piece")], folder="a")]
    later = [
        Document("CE/b/konvoi.csv", b"party,CE\nday,2031-02-01\n", "CE"),
        table("goods", [good("crate", "heating")], party="CE", folder="b"),
    ]
    found = gathered([*first, *later])
    assert told(found) == [("good-redefined", "crate"), ("good-redefined", "heating")]
    assert found.tables["goods"].select("unit", "family").rows() == [("piece", None)]
    accepted = gathered([*first, *later], replace(COALITION, goods={"stove": "CE"}))
    assert told(accepted) == []
    assert accepted.tables["goods"].select("unit", "family").rows() == [("crate", "heating")]


def test_the_first_sender_may_change_its_own_definition() -> None:
    documents = [
        *(head("2031-01-01", folder="a"), table("goods", [good("piece")], folder="a")),
        *(head("2031-02-01", folder="b"), table("goods", [good("crate")], folder="b")),
    ]
    found = gathered(documents)
    assert (told(found), found.tables["goods"]["unit"].to_list()) == ([], ["crate"])


def offer(name: str, party: str, state: str) -> Row:
    return {"offer": name, "party": party, "good": "stove", "quantity": "9", "site": "depot", "state": state}


def test_an_offer_is_accepted_by_its_own_party_alone() -> None:
    own = [offer("A-1", "AR", "accepted"), offer("L-7", "LO", "accepted"), offer("L-8", "LO", "")]
    found = gathered([head(), table("offers", own), *LOWLAND])
    states = dict(found.tables["offers"].select("offer", "state").iter_rows())
    assert states == {"A-1": "accepted", "L-7": "made", "L-8": "made"}
    assert told(found) == [("offer-of-other-party", "accepted")] * 2
    answered = table("offers", [offer("L-7", "LO", "accepted")], party="LO", folder="one")
    alone = gathered([head(), table("offers", own)])
    assert set(alone.tables["offers"]["state"]) == {"accepted", None}
    again = gathered([head(), table("offers", own), *LOWLAND, answered])
    assert dict(again.tables["offers"].select("offer", "state").iter_rows())["L-7"] == "accepted"


def test_who_neither_gives_nor_receives_submits_offers_for_others() -> None:
    cell = Document("CELL/one/konvoi.csv", b"party,CELL\nday,2031-01-05\n", "CELL")
    for_others = table("offers", [offer("L-7", "LO", "accepted")], party="CELL")
    found = gathered([cell, for_others, *LOWLAND])
    assert found.tables["offers"]["state"].to_list() == ["accepted"]
    assert told(found) == []
