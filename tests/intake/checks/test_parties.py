"""Who is named is known."""

from dataclasses import replace

from konvoi.intake.check import whole
from konvoi.intake.checks.parties import parties_unknown
from konvoi.intake.read import read
from konvoi.model.document import Document

PACKAGES = "package,party,counterparty,day,kind\nP-1,ZZ,UA,2031-01-10,military\nP-2,ZZ,,2031-01-10,military\n"


def found(*tables: tuple[str, str], parties: tuple[str, ...] = ()) -> list[tuple[str, int, str, str]]:
    readings = [read(Document(f"PL/{name}.csv", text.encode(), "PL")) for name, text in tables]
    told = parties_unknown(whole(readings, parties))
    return [(one.code, one.place.row, one.read, one.values.get("meant", "")) for one in told]


def test_a_party_that_no_table_and_no_list_has_is_told_of_once_in_a_document() -> None:
    assert found(("packages", PACKAGES)) == [("party-unknown", 2, "ZZ", "")]


def test_a_party_of_a_table_beside_it_or_of_the_settings_is_known() -> None:
    assert found(("packages", PACKAGES), ("parties", "party,name,kind\nZZ,Zetland,state\n")) == []
    assert found(("packages", PACKAGES), parties=("ZZ",)) == []


def test_states_institutions_and_groups_are_known() -> None:
    assert found(("packages", PACKAGES.replace("ZZ", "EU-COM"))) == []
    assert found(("packages", PACKAGES.replace("ZZ", "G7"))) == []


def test_the_nearest_is_named() -> None:
    assert found(("packages", PACKAGES.replace("ZZ", "Polnd"))) == [("party-unknown", 2, "Polnd", "PL")]
    meant = found(("packages", PACKAGES.replace("ZZ", "NORDLND")), parties=("NORDLAND",))
    assert meant == [("party-unknown", 2, "NORDLND", "NORDLAND")]


def test_what_its_cell_told_already_is_not_told_again() -> None:
    """A document with parties of its own holds each cell against them while it is read."""
    text = "party,name,kind\nNL-X,Norland,state\n"
    readings = [read(Document("PL/packages.csv", PACKAGES.encode(), "PL"))]
    cell = parties_unknown(whole(readings))[0]
    heard = [replace(readings[0], findings=(cell,)), read(Document("PL/parties.csv", text.encode(), "PL"))]
    assert parties_unknown(whole(heard)) == ()
