"""The UK Sanctions List: CSV with a title row and a row for each name, and XML; no real file was at hand."""

from datetime import date
from pathlib import Path

from tests.align.lists import BY_NAME, by_id, opened, rows, sample

from konvoi.align.listing import Kind, NameKind, Order, Tie
from konvoi.align.regime import Found, Opened
from konvoi.kit.days import Days

HERE = Path(__file__).parent / "samples" / "uk-sanctions-list"
DAY = date(2031, 6, 1)


def read(*names: str) -> Found:
    return BY_NAME["uk"].read([opened(name, (HERE / name).read_bytes()) for name in names], DAY)


def test_a_row_for_each_name_is_one_listing_with_its_measures_and_the_day_above_the_head() -> None:
    found = read("list.csv")
    assert (found.refused, found.day) == (False, date(2031, 5, 30))
    one = by_id(found.listings)["9001"]
    assert (one.kind, one.list, one.reference) == (Kind.PERSON, "sanctions-list", "EXA0001")
    assert [(n.text, n.kind) for n in one.names] == [
        ("Ivan Petrovich SAMPLE", NameKind.PRIMARY),
        ("Иван САМПЛЕ", NameKind.ORIGINAL),
        ("Iwan SAMPEL", NameKind.VARIATION),
        ("Vanya", NameKind.WEAK),
    ]
    assert [(str(b.days.first), str(b.days.last)) for b in one.births if b.days] == [
        ("1955-01-01", "1955-12-31"),
        ("1956-03-02", "1956-03-02"),
    ]
    assert {m.order for m in one.measures} == {Order.ASSET_FREEZE, Order.ENTRY_BAN, Order.SERVICES_BAN}
    assert one.since == Days(date(2030, 2, 1), date(2030, 2, 1))


def test_an_entry_without_a_group_id_is_known_by_its_unique_id() -> None:
    one = by_id(read("list.csv").listings)["exa0003"]
    assert (one.kind, [i.value for i in one.identifiers]) == (Kind.SHIP, ["9074729"])
    assert [m.order for m in one.measures] == [Order.TRANSPORT_BAN]
    assert [(link.tie, link.name) for link in one.links] == [(Tie.OWNER, "Sample Shipping")]


def test_two_designations_of_one_group_are_one_listing() -> None:
    one = by_id(read("list.csv").listings)["9002"]
    assert one.programme == "The Example (Sanctions) Regulations; The Other (Sanctions) Regulations"


def test_the_xml_says_the_same_as_the_csv() -> None:
    table, elements = (by_id(read(name).listings) for name in ("list.csv", "list.xml"))
    assert read("list.xml").day == date(2031, 5, 30)
    assert set(elements) == {"9001", "exa0003"}
    for key in elements:
        left, right = table[key], elements[key]
        assert set(left.names) == set(right.names)
        assert (left.kind, left.births, left.identifiers) == (right.kind, right.births, right.identifiers)
        assert {m.order for m in left.measures} == {m.order for m in right.measures}


def test_an_open_document_says_the_same_as_the_csv() -> None:
    """A sheet has the same rows; that one of them is short shows in a CSV alone."""
    sheet = rows((HERE / "list.csv").read_text("utf-8"))
    found = BY_NAME["uk"].read([Opened("list.ods", sheets={"UK Sanctions List": sheet})], DAY)
    assert found.day == date(2031, 5, 30)
    assert {(one.id, one.names, one.births) for one in found.listings} == {
        (one.id, one.names, one.births) for one in read("list.csv").listings
    }


def test_an_entry_that_states_no_measure_counts_as_frozen_and_is_reported() -> None:
    found = read("list.csv")
    (one,) = by_id(found.listings)["9002"].measures
    assert one.order == Order.ASSET_FREEZE
    assert [f.code for f in found.findings] == ["reader-untried", "entry-row", "measures-unstated"]


def test_a_row_with_other_cells_than_the_head_is_reported_with_its_line_and_the_rest_is_read() -> None:
    (bad,) = (f for f in read("list.csv").findings if f.code == "entry-row")
    assert (bad.place.file, bad.place.row, bool(bad.remedy)) == ("list.csv", 8, True)
    assert "exa0003" in by_id(read("list.csv").listings)


def test_a_file_that_breaks_off_within_quotes_is_refused() -> None:
    whole = (HERE / "list.csv").read_text("utf-8")
    found = BY_NAME["uk"].read([opened("list.csv", (whole + '"EXA0009').encode())], DAY)
    assert (found.refused, [f.code for f in found.findings]) == (True, ["list-broken"])


def test_both_lists_stand_side_by_side_and_share_the_key_of_the_group() -> None:
    files = [*sample("uk"), opened("list.csv", (HERE / "list.csv").read_bytes())]
    found = BY_NAME["uk"].read(files, DAY)
    assert {one.list for one in found.listings} == {"conlist", "sanctions-list"}
    assert found.day == date(2031, 5, 4)
    assert found.facts["sanctions-list rows"] == 7
