"""Rows of a partner's own file that fill several tables: packages with their items, and sites."""

from konvoi.intake.mapping import as_json, as_toml, mapping_from_json, mapping_of
from konvoi.intake.mapping_proposal import Proposal, propose
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

ONE_EACH = (
    "Record ID,Donor,Title,Date,Commitment (kEUR),Status,Item,Qty,Comment\n"
    "R-1,NO,Winter 1,2031-02-01,1200,Signed,Generator,40,a\n"
    "R-2,NO,Winter 2,2031-02-05,300,Announced,Blankets,5000,b\n"
)
SEVERAL = (
    "Package;Item ID;Title;Date;Sector;Item;Qty;Amount EUR\n"
    "P-1;I-1;Winter;2031-02-01;energy;Generator;40;800000\n"
    "P-1;I-2;Winter;2031-02-01;energy;Cable;900;20000\n"
    "P-2;I-3;Spring;2031-03-01;energy;Generator;5;100000\n"
)


def proposed(text: str, table: str = "", **given: str) -> Proposal:
    found = propose(Document("list.csv", text.encode()), table=table, given={"party": "NO", **given})
    assert found is not None
    return found


def reading(text: str, found: Proposal) -> Reading:
    mappings = tuple(map(as_json, found.mappings))
    return read(Document("NO/list.csv", text.encode(), "NO", mappings=mappings))


def test_rows_of_one_item_each_fill_packages_and_line_items() -> None:
    found = proposed(ONE_EACH, kind="energy")
    packages, lines = found.mappings
    assert (packages.table, lines.table, found.open()) == ("packages", "lines", ())
    assert packages.columns["amount"] == "Commitment (kEUR)"
    assert lines.columns == {"package": "Record ID", "good": "Item", "quantity": "Qty"}
    assert (lines.reference, packages.distinct) == (("Record ID",), False)


def test_both_tables_are_read_and_one_note_names_what_no_mapping_takes() -> None:
    read_both = reading(ONE_EACH, proposed(ONE_EACH, kind="energy"))
    assert {name: rows.height for name, rows in read_both.tables.items()} == {"packages": 2, "lines": 2}
    assert read_both.tables["lines"]["package"].to_list() == ["R-1", "R-2"]
    assert [one.read for one in read_both.findings if one.code == "column-unmapped"] == ["Comment"]


def test_a_package_beside_each_of_its_items_is_read_once_and_amounts_are_those_of_items() -> None:
    found = proposed(SEVERAL)
    packages, lines = found.mappings
    assert packages.distinct
    assert "amount" not in packages.columns
    assert (lines.columns["line"], lines.columns["amount"]) == ("Item ID", "Amount EUR")
    both = reading(SEVERAL, found)
    assert both.tables["packages"]["package"].to_list() == ["P-1", "P-2"]
    assert both.tables["lines"]["amount"].to_list() == [80_000_000, 2_000_000, 10_000_000]
    assert [one.code for one in both.findings if one.severity == "error"] == []


def test_a_corrected_quantity_leaves_the_reference_of_an_item_as_it_is() -> None:
    found = proposed(ONE_EACH, kind="energy")
    before, after = (
        reading(text, found).tables["lines"]["line"].to_list()
        for text in (ONE_EACH, ONE_EACH.replace("5000", "4800"))
    )
    assert before == after


def test_a_table_that_is_named_is_the_only_one() -> None:
    assert [one.table for one in proposed(ONE_EACH, "lines").mappings] == ["lines"]


def test_a_list_without_goods_fills_packages_alone() -> None:
    text = "Ref;Donor;Date;Sector;Value EUR\nA-1;Norway;01.02.2031;energy;1,5\n"
    assert [one.table for one in proposed(text).mappings] == ["packages"]


def test_places_with_coordinates_are_sites_once() -> None:
    text = (
        "Need ID,Item,Qty,Site,Due,Latitude,Longitude,Country\n"
        "N-1,Generator,5,Kharkiv,2031-03-01,49.99,36.23,UA\n"
        "N-2,Blanket,50,Kharkiv,2031-03-01,49.99,36.23,UA\n"
    )
    found = proposed(text)
    assert [one.table for one in found.mappings] == ["needs", "sites"]
    sites = reading(text, found).tables["sites"]
    assert sites.select("site", "kind", "country").rows() == [("Kharkiv", "destination", "UA")]


def test_several_mappings_are_one_file_and_come_back() -> None:
    mappings = proposed(SEVERAL).mappings
    assert mapping_of(as_toml(mappings)) == mappings
    assert tuple(mapping_from_json(as_json(one)) for one in mappings) == mappings
