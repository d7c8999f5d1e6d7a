"""Proposals from headings, tags and values in several languages; nothing is mapped that does not fit."""

import json

import pytest

from konvoi.intake.mapping_proposal import Proposal, propose
from konvoi.model.document import Document


def proposed(text: str, name: str = "list.csv", **given: str) -> Proposal:
    found = propose(Document(name, text.encode()), given=given)
    assert found is not None
    return found


POLISH = (
    "Lp.;Darczyńca;Nazwa projektu;Kwota [zł];Data podpisania;Rodzaj pomocy\n"
    "1;Polska;Odbudowa szkoły;1.234.567,89;13.01.2031;odbudowa\n"
    "2;Polska;Amunicja;2.000.000,00;14.01.2031;wojskowa\n"
)


def test_headings_words_currency_and_separators_of_another_language_are_proposed() -> None:
    mapping = proposed(POLISH).mapping
    assert (mapping.table, mapping.separator, mapping.decimal, mapping.day_order) == (
        "packages",
        ";",
        ",",
        "day first",
    )
    assert mapping.columns == {
        "party": "Darczyńca",
        "day": "Data podpisania",
        "kind": "Rodzaj pomocy",
        "title": "Nazwa projektu",
        "amount": "Kwota [zł]",
    }
    assert mapping.constants == {"currency": "PLN"}
    assert mapping.words == {"kind": {"odbudowa": "reconstruction", "wojskowa": "military"}}
    assert mapping.reference == ("Darczyńca", "Nazwa projektu", "Data podpisania")
    assert mapping.ignored == ("Lp.",)
    assert mapping.open() == ()


def test_the_sample_shows_the_first_five_rows_as_they_are_read() -> None:
    rows = "".join(f"A-{n};Norway;0{n}.02.2031;energy;{n},5\n" for n in range(1, 8))
    found = proposed(f"Ref;Donor;Date;Sector;Value EUR\n{rows}")
    assert (found.rows, len(found.sample)) == (7, 5)
    assert dict(zip(found.names, found.sample[0], strict=True)) == {
        "package": "A-1",
        "party": "Norway",
        "day": "01.02.2031",
        "kind": "energy",
        "amount": "1,5",
        "currency": "EUR",
    }


def test_tags_name_columns_whose_heads_say_nothing() -> None:
    tags = "#meta+id+package,#date+occurred,#sector+name,#org+code+funder"
    text = f"H1,H2,H3,H4\n{tags}\nP-1,2031-01-02,energy,NO\n"
    assert proposed(text).mapping.columns == {"package": "H1", "party": "H4", "day": "H2", "kind": "H3"}


def test_a_column_of_words_is_no_amount_and_one_of_numbers_no_title() -> None:
    rows = "A,Norway,2031-01-02,energy,about ten,17\nB,Norway,2031-01-03,energy,lots,18\n"
    text = f"Ref,Donor,Date,Sector,Amount,Project\n{rows}"
    mapping = proposed(text).mapping
    assert "amount" not in mapping.columns
    assert "title" not in mapping.columns
    assert set(mapping.ignored) == {"Amount", "Project"}


def test_an_abbreviated_head_and_signs_of_currencies_are_known() -> None:
    text = "Nr.;Maßnahme;Betrag;Währung;Beginn\nM1;Strom;6;EUR;2031-01-05\nM2;Zelte;7;€;Q1 2031\n"
    columns = proposed(text).mapping.columns
    assert (columns["package"], columns["currency"], columns["day"]) == ("Nr.", "Währung", "Beginn")


def test_a_file_without_rows_is_mapped_by_its_heads() -> None:
    columns = proposed("id;donor;amount;currency;date;sector\n").mapping.columns
    assert columns["package"] == "id"
    assert columns["party"] == "donor"


def test_what_nobody_can_know_is_left_open() -> None:
    mapping = proposed("Project,Budget\nGrain silos,500\nRoofs,700\n", party="NO").mapping
    assert mapping.constants == {"party": "NO", "day": "?", "kind": "?", "currency": "?"}
    assert mapping.open() == ("currency", "day", "kind")
    assert proposed("Project,Budget\nGrain,5\n", party="NO", kind="energy").mapping.open() == (
        "currency",
        "day",
    )


def test_organisations_that_are_no_parties_carry_out_what_the_sender_gives() -> None:
    text = "Organisation,Cluster,Activity,Start date\nCare For All,WASH,Wells,2031-01-05\n"
    mapping = proposed(text, party="NO").mapping
    assert mapping.columns["implementer"] == "Organisation"
    assert mapping.constants["party"] == "NO"


def test_amounts_of_the_creditor_reporting_system_are_millions() -> None:
    text = "Year|DonorName|ProjectTitle|PurposeName|USD_Commitment|CrsID\n2031|Germany|Rail|Energy|12.5|1\n"
    mapping = proposed(text).mapping
    assert (mapping.separator, mapping.times, mapping.constants["currency"]) == (
        "|",
        {"amount": 1_000_000},
        "USD",
    )


def test_lists_of_objects_are_found_wherever_they_stand() -> None:
    projects = [
        {
            "nr": f"M{n}",
            "geber": {"land": "Deutschland"},
            "betrag": n,
            "waehrung": "EUR",
            "datum": "2031-01-01",
        }
        for n in range(3)
    ]
    found = proposed(json.dumps({"meta": {"v": 1}, "data": {"projects": projects}}), "a.json", kind="energy")
    assert found.mapping.sheet == "data.projects"
    assert found.mapping.columns == {
        "package": "nr",
        "party": "geber.land",
        "day": "datum",
        "amount": "betrag",
        "currency": "waehrung",
    }


def test_an_ordinary_list_of_goods_is_proposed_as_line_items() -> None:
    rows = "1\tГенератори\t40\tшт\tUA-1\n2\tКовдри\t500\tшт\tUA-1\n"
    text = f"№ з/п\tНайменування\tКількість\tОд. виміру\tПакет\n{rows}"
    mapping = proposed(text).mapping
    assert (mapping.table, mapping.open()) == ("lines", ())


@pytest.mark.parametrize(
    "text", ["", "   \n", "just a sentence.\n", "1;2;3\n4;5;6\n", "<xml/>", "{", "[1,2]", "\0\1"]
)
def test_what_is_no_table_is_not_proposed(text: str) -> None:
    assert propose(Document("a.csv", text.encode())) is None
