"""Lists of items: what is new becomes entries, what was told before claims; the sample is invented."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from konvoi.intake.formats.item_list import ITEM_LIST
from konvoi.intake.read import read
from konvoi.model.document import Document

SAMPLE = (Path(__file__).parent / "samples" / "item_list" / "items.csv").read_bytes()
FOUND = read(Document("items.csv", SAMPLE))


def test_new_items_stand_below_their_sheet_and_name_their_own_row() -> None:
    assert FOUND.format == "item-list"
    columns = ("reference", "package", "line", "good", "quantity", "unit", "stage", "row", "text")
    assert FOUND.entries.select(columns).rows() == [
        ("NL-1", "2031-03-16-list", "NL-1", "tent", Decimal(800), "piece", "committed", 2, "tents"),
        ("NL-2", "2031-03-16-list", "NL-2", "lorry", None, None, "pledged", 3, "lorries"),
        ("NL-5", "2031-03-16-list", "NL-5", "boat", None, None, "committed", 6, "boats"),
    ]
    assert set(FOUND.entries["day_from"]) == {date(2031, 3, 16)}


def test_what_was_told_before_is_kept_to_compare_with_and_never_posted() -> None:
    claims = FOUND.claims.select("claim", "measure", "good", "value", "row").rows()
    assert claims == [("NL-3", "to date", "tent", Decimal(600), 4), ("NL-4", "again", "boat", None, 5)]
    assert FOUND.facts == {"items": "5", "told before": "2"}


def test_a_cell_that_cannot_be_read_is_told_with_its_place_and_the_rest_is_read() -> None:
    told = {(one.place.row, one.place.column): one.severity.value for one in FOUND.findings}
    assert told.keys() == {(6, "quantity"), (7, "day"), (7, "counts")}


def test_an_open_quotation_mark_is_told_and_what_stands_before_it_is_read() -> None:
    broken = ITEM_LIST.read(Document("items.csv", SAMPLE + b'"NL-7'))
    assert "csv-unreadable" in {one.code for one in broken.findings}
    assert broken.entries.equals(FOUND.entries)


def test_semicolons_and_a_name_in_any_case_are_read_the_same() -> None:
    other = Document("ITEMS.CSV", SAMPLE.replace(b",", b";"))
    assert ITEM_LIST.recognises(other)
    assert ITEM_LIST.read(other).entries.drop("submission").equals(FOUND.entries.drop("submission"))


def test_other_tables_are_not_taken_for_lists_of_items() -> None:
    assert not ITEM_LIST.recognises(Document("lines.csv", b"line,package,good,quantity\n"))
    assert not ITEM_LIST.recognises(Document("items.txt", SAMPLE))
