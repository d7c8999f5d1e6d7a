"""A partner's own file is read by the mapping kept for its sender, and what is not mapped is told."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.intake.test_ods import book, cell

from konvoi.intake.formats.mapped import MAPPED
from konvoi.intake.mapping import TableMapping, as_json
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

SAMPLE = Path(__file__).parent / "samples" / "mapped" / "tracker.csv"
MAPPING = TableMapping(
    table="packages",
    separator=";",
    day_order="day first",
    columns={
        "package": "Record ID",
        "party": "Donor",
        "day": "Announced on",
        "kind": "Category",
        "title": "Project",
        "amount": "Commitment (kNOK)",
        "stage": "Status",
    },
    constants={"currency": "NOK"},
    words={"kind": {"Food security": "humanitarian", "Power": "energy"}, "stage": {"Signed": "committed"}},
    times={"amount": 1_000},
    ignored=("Comment",),
)


def document(mapping: TableMapping = MAPPING, content: bytes | None = None) -> Document:
    return Document("NO/tracker.csv", content or SAMPLE.read_bytes(), "NO", mappings=(as_json(mapping),))


def changed(old: str, new: str) -> Reading:
    return read(document(content=SAMPLE.read_text("utf-8").replace(old, new).encode()))


def test_it_is_recognised_by_all_headings_of_a_mapping_of_its_sender() -> None:
    assert MAPPED.recognises(document())
    assert not MAPPED.recognises(replace(document(), mappings=()))
    assert not MAPPED.recognises(document(replace(MAPPING, columns={**MAPPING.columns, "place": "Where"})))


def test_rows_words_scales_and_constants_become_rows_of_ours_at_their_own_places() -> None:
    reading = read(document())
    rows = reading.tables["packages"]
    columns = ("package", "party", "day", "kind", "stage", "amount", "currency", "_row")
    assert rows.select(columns).rows() == [
        ("A-17", "NO", date(2031, 2, 3), "energy", "committed", 125_050_000, "NOK", 4),
        ("A-18", "NO", date(2031, 2, 5), "humanitarian", "committed", 30_000_000, "NOK", 5),
        ("A-19", "NO", date(2031, 2, 7), "energy", None, None, "NOK", 6),
    ]
    assert reading.format == "mapped"


def test_what_cannot_be_read_is_an_error_under_the_heading_of_the_file() -> None:
    told = [(one.code, one.place.row, one.place.heading, one.read) for one in read(document()).findings]
    assert ("choice-unknown", 6, "Status", "Under discussion") in told
    assert [one for one in told if one[0] == "number-unreadable"] == [
        ("number-unreadable", 6, "Commitment (kNOK)", "tbd")
    ]


def test_columns_that_are_not_mapped_are_told_new_ones_as_a_warning() -> None:
    assert [
        (one.severity, one.read) for one in read(document()).findings if one.code == "column-unmapped"
    ] == [("note", "Comment")]
    more = changed("Comment", "Comment;Paid").findings
    assert [(one.severity, one.read) for one in more if one.code == "column-unmapped"] == [
        ("note", "Comment"),
        ("warning", "Paid"),
    ]


def test_a_file_that_lacks_a_mapped_heading_is_refused_with_its_name() -> None:
    reading = changed("Category", "Kind of aid")
    assert reading.refused
    assert [(one.code, one.read) for one in reading.findings] == [("mapping-differs", "Category")]


def test_rows_without_a_reference_have_one_of_their_content() -> None:
    columns = {name: head for name, head in MAPPING.columns.items() if name != "package"}
    mapping = replace(MAPPING, columns=columns, reference=("Donor", "Project"))
    first = read(document(mapping)).tables["packages"]["package"].to_list()
    assert len(set(first)) == 3
    moved = SAMPLE.read_text("utf-8").replace("A-17;", "B-1;").encode()
    assert read(document(mapping, moved)).tables["packages"]["package"].to_list() == first


def test_objects_of_json_are_rows_by_their_paths() -> None:
    whole = {"made": "2031", "data": [{"id": 1, "gift": {"eur": 12.5}, "on": "2031-01-02", "who": "Norge"}]}
    mapping = TableMapping(
        table="packages",
        sheet="data",
        columns={"package": "id", "amount": "gift.eur", "day": "on", "party": "who"},
        constants={"currency": "EUR", "kind": "energy"},
    )
    content = json.dumps(whole).encode()
    rows = read(Document("a.json", content, "NO", mappings=(as_json(mapping),))).tables["packages"]
    assert rows.select("package", "party", "amount", "_row").rows() == [("1", "NO", 1250, 1)]


def test_two_mappings_read_two_tables_of_one_file() -> None:
    lines = TableMapping(
        table="lines", separator=";", columns={"line": "Record ID", "package": "Record ID", "good": "Project"}
    )
    both = replace(document(), mappings=(as_json(MAPPING), as_json(lines)))
    reading = read(both)
    assert {name: rows.height for name, rows in reading.tables.items()} == {"lines": 3, "packages": 3}


@pytest.mark.parametrize("at", [0, 10, 120])
def test_damage_gives_findings_or_a_refusal(at: int) -> None:
    content = SAMPLE.read_bytes()
    reading = read(document(content=content[:at] + b'"\x00\xff' + content[at:]))
    assert reading.refused or reading.tables


def test_an_open_quotation_mark_is_told_and_loses_no_row_in_silence() -> None:
    reading = changed("A-18;", 'A-18;"')
    assert [(one.code, one.place.row) for one in reading.findings if one.code == "csv-unreadable"] == [
        ("csv-unreadable", 5)
    ]


def test_a_mapped_heading_that_stands_twice_is_an_error() -> None:
    told = changed("Comment", "Category").findings
    assert [(one.severity, one.read) for one in told if one.code == "column-double"] == [
        ("error", "Category")
    ]


def test_an_amount_of_an_ods_in_another_currency_than_the_constant_is_not_read() -> None:
    stored = 'office:value-type="currency" office:currency="USD" office:value="5"'
    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>"
        for cells in (
            "".join(map(cell, ("Nr", "Sum", "On"))),
            f"{cell('1')}{cell('5 $', stored)}{cell('2031-01-02')}",
        )
    )
    mapping = TableMapping(
        table="packages",
        columns={"package": "Nr", "amount": "Sum", "day": "On"},
        constants={"currency": "EUR", "kind": "energy", "party": "NO"},
    )
    reading = read(Document("a.ods", book(rows), "NO", mappings=(as_json(mapping),)))
    assert [one.code for one in reading.findings] == ["currency-differs"]
    assert reading.tables["packages"]["amount"].to_list() == [None]
