"""Japan: spaced and broken heads in Japanese, sheets that mix persons and groups, entries delisted."""

from datetime import date
from pathlib import Path

import pytest
from tests.align.lists import BY_NAME, by_id, read_sample, real_file

from konvoi.align.listing import Kind, NameKind, Since

SHEET = "見本国関係者等"


def test_heads_with_spaces_and_line_breaks_are_known_and_the_days_are_those_of_the_notice() -> None:
    """The first day of the notice counts, not that of its amendments; one is of the year Heisei 30."""
    found = by_id(read_sample("jp").listings)
    assert sorted(found) == [f"{SHEET}-2", f"{SHEET}-3", "見本国（個人）-1"]
    days = {key[-1] + key[0]: one.since for key, one in found.items()}
    assert [one.since.first for one in found.values() if one.since] == [
        date(2001, 9, 22),
        date(2018, 1, 2),
        date(2031, 3, 1),
    ]
    assert len(days) == 3


def test_names_in_latin_letters_are_found_in_brackets_and_beside_japanese_ones() -> None:
    one = by_id(read_sample("jp").listings)[f"{SHEET}-2"]
    assert [(n.text, n.kind) for n in one.names] == [
        ("Ivan SAMPLE", NameKind.PRIMARY),
        ("サンプル・イワン", NameKind.ORIGINAL),
        ("Iwan SAMPLE", NameKind.ALSO),
        ("Iwan Sampel", NameKind.ALSO),
        ("Vanya Sample", NameKind.ALSO),
    ]
    assert [(i.type, i.value) for i in one.identifiers] == [("passport", "C2002515")]


def test_births_in_japanese_and_in_eras_are_years_and_spans() -> None:
    births = by_id(read_sample("jp").listings)[f"{SHEET}-2"].births
    assert [(str(b.days.first), str(b.days.last), b.about) for b in births if b.days] == [
        ("1955-01-01", "1958-12-31", True),
        ("1962-01-01", "1962-12-31", False),
    ]


def test_a_sheet_that_mixes_both_says_by_its_columns_who_is_a_person() -> None:
    found = by_id(read_sample("jp").listings)
    assert (found[f"{SHEET}-2"].kind, found[f"{SHEET}-3"].kind) == (Kind.PERSON, Kind.ENTITY)
    assert [n.text for n in found[f"{SHEET}-3"].names if n.kind != NameKind.ORIGINAL] == [
        "SAMPLE PLANT",
        "SP",
        "Old Plant",
    ]


def test_an_entry_delisted_is_counted_and_a_row_without_a_name_is_reported() -> None:
    found = read_sample("jp")
    assert found.facts == {"rows": 5, "delisted": 1}
    assert [(f.code, f.place.sheet, f.place.row) for f in found.findings] == [("entry-row", f"1.{SHEET}", 7)]


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_list_of_19_june_2022(real_data: Path) -> None:
    """39 sheets, of which an index and three programmes that ended hold nobody; all say since when."""
    path = real_data / "sanctions" / "jp" / "sanctions_2022-06-19.xls"
    found = BY_NAME["jp"].read([real_file(path)], date(2022, 6, 19))
    assert found.facts == {"rows": 2650, "delisted": 556}
    assert len(found.listings) == 2092
    assert sum(one.kind == Kind.PERSON for one in found.listings) == 1618
    assert all(one.known == Since.GIVEN for one in found.listings)
    assert [f.code for f in found.findings].count("entry-row") == 2
    putin = next(one for one in found.listings if one.name == "Vladimir Putin")
    assert putin.since is not None
    assert (str(putin.since.first), str(putin.births[0].days and putin.births[0].days.first)) == (
        "2022-03-01",
        "1952-10-07",
    )
