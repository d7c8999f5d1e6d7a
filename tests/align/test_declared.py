"""A declared form: heads in any spelling, any delimiter, elements in any namespace, damage with its place."""

from datetime import date

import pytest
from tests.align.lists import opened

from konvoi.align.declared import Form, entries, head
from konvoi.align.declared_listings import read
from konvoi.align.listing import Kind, Order
from konvoi.align.regime import Opened

FORM = Form(
    list="list",
    record="entry",
    fields={
        "key": ("Number", "@id"),
        "name": ("Name of\nparty", "name"),
        "measures": ("Measures",),
        "since": ("Since",),
        "status": ("Status",),
    },
    order=(Order.ENTRY_BAN,),
    day=("List of",),
)


@pytest.mark.parametrize(
    "text", ["Name of party", "NAME OF\r\nPARTY ", "Náme-of party", "name\u3000of party"]
)
def test_heads_are_compared_without_case_accents_spaces_and_line_breaks(text: str) -> None:
    assert head(text) == head("Name of\nparty")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_and_a_title_above_the_head(delimiter: str) -> None:
    text = f"List of 30 May 2031\nNumber{delimiter}Name of party\n7{delimiter}Sample\n"
    found = read("xx", "X", [opened("list.csv", text.encode())], FORM)
    assert [(one.id, one.name, one.place.row) for one in found.listings] == [("xx:list:7", "Sample", 3)]
    assert found.day == date(2031, 5, 30)
    other = text.replace("List of", "By the resolution of")
    assert read("xx", "X", [opened("list.csv", other.encode())], FORM).day is None


def test_elements_are_known_in_any_namespace_and_attributes_count() -> None:
    text = b'<l xmlns="urn:x"><!-- no entry --><entry id="7"><name>Sample <b>Plant</b></name></entry></l>'
    found = read("xx", "X", [opened("list.xml", text)], FORM)
    assert [(one.id, one.name, one.kind) for one in found.listings] == [
        ("xx:list:7", "Sample Plant", Kind.ENTITY)
    ]
    assert [m.order for m in found.listings[0].measures] == [Order.ENTRY_BAN]


def test_a_short_row_is_reported_with_its_line_and_what_stands_in_it_counts() -> None:
    text = "Number,Name of party,Measures\n7,Sample,asset freeze\n8,Other\n9,Third,asset freeze\n"
    found = read("xx", "X", [opened("list.csv", text.encode())], FORM)
    assert [(f.code, f.place.row, f.read) for f in found.findings] == [("entry-row", 3, "2 / 3")]
    assert [one.reference for one in found.listings] == ["7", "8", "9"]


def test_a_row_without_a_name_is_reported_and_the_rest_is_read() -> None:
    text = "Number,Name of party\n7,\n8,Other\n"
    found = read("xx", "X", [opened("list.csv", text.encode())], FORM)
    assert [(f.code, f.place.file, f.place.row, bool(f.remedy)) for f in found.findings] == [
        ("entry-row", "list.csv", 2, True)
    ]
    assert [one.reference for one in found.listings] == ["8"]


def test_a_sheet_without_the_heads_is_named_and_the_others_are_read() -> None:
    book = Opened("book", sheets={"A": [(1, ("Name of party",)), (2, ("Sample",))], "B": [(1, ("Hello",))]})
    found = read("xx", "X", [book], FORM)
    assert [(f.code, f.place.sheet) for f in found.findings] == [("entry-sheet", "B")]
    assert [one.name for one in found.listings] == ["Sample"]


def test_one_name_in_two_rows_without_a_key_is_one_listing_with_both_measures() -> None:
    text = "Name of party,Measures,Since\nSample,asset freeze,2031\nSample,entry ban,2031-02-01\n"
    (one,) = read("xx", "X", [opened("list.csv", text.encode())], FORM).listings
    assert [m.order for m in one.measures] == [Order.ASSET_FREEZE, Order.ENTRY_BAN]


def test_a_file_of_other_heads_is_none_of_the_list() -> None:
    assert not entries(opened("other.csv", b"dear,all\nhello,there\n"), FORM).known
    assert read("xx", "X", [opened("other.csv", b"dear,all\n")], FORM).refused
