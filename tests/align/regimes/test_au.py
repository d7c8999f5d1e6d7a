"""Australia: letters count names, not parties; days of listing are prose; births are numbers or several."""

from datetime import date
from pathlib import Path

import pytest
from tests.align.lists import BY_NAME, DAY, by_id, read_sample, real, real_file

from konvoi.align.listing import NameKind, Since
from konvoi.align.regime import Opened
from konvoi.align.span_text import span_text
from konvoi.kit.days import Days


def test_a_number_and_its_letters_are_one_party_with_names_of_each_kind() -> None:
    one = by_id(read_sample("au").listings)["2"]
    assert [(n.text, n.kind) for n in one.names] == [
        ("Ivan SAMPLE", NameKind.PRIMARY),
        ("Иван САМПЛЕ", NameKind.ORIGINAL),
        ("Vanya", NameKind.ALSO),
    ]
    assert len(read_sample("au").listings) == 4


def test_births_are_whole_years_days_or_several_spans() -> None:
    found = by_id(read_sample("au").listings)
    assert [b.days for b in found["2"].births] == [
        Days(date(1955, 1, 1), date(1958, 12, 31)),
        Days(date(1960, 1, 1), date(1960, 12, 31)),
    ]
    assert [b.days for b in found["3"].births] == [Days(date(1963, 1, 1), date(1963, 12, 31))]


def test_since_comes_from_prose_before_amendments_or_is_not_known() -> None:
    """1267, 1483 and 2003 are resolutions and no days."""
    found = by_id(read_sample("au").listings)
    assert [(one.since and one.since.first, one.known) for one in found.values()] == [
        (date(2031, 1, 25), Since.PROSE),
        (date(2031, 3, 4), Since.GIVEN),
        (date(2030, 11, 7), Since.PROSE),
        (None, Since.UNKNOWN),
    ]
    assert found["4"].until == date(2033, 11, 7)


def test_a_year_alone_is_a_year_and_is_shown_as_one() -> None:
    """Of an instrument without a day its year is known."""
    told = "Autonomous Sanctions (Designated and Declared Persons - X) Amendment (No. 2) Instrument 2022"
    head = (
        "Reference",
        "Name of Individual or Entity",
        "Type",
        "Name Type",
        "Committees",
        "Listing Information",
    )
    row = ("9", "Ivan SAMPLE", "Individual", "Primary Name", "Autonomous", told)
    book = Opened("book", sheets={"Sheet1": [(1, head), (2, row)]})
    (one,) = BY_NAME["au"].read([book], DAY).listings
    assert one.since == Days(date(2022, 1, 1), date(2022, 12, 31))
    assert span_text(one.since.first, one.since.last) == "2022"


def test_a_number_at_the_head_is_the_company_s_and_a_ship_s_within_is_not() -> None:
    found = by_id(read_sample("au").listings)["5"].identifiers
    assert [(i.type, i.value) for i in found] == [("imo-company", "5213962")]


def test_an_empty_sheet_beside_the_list_is_left_aside() -> None:
    assert not read_sample("au").refused


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_list(real_data: Path) -> None:
    """7,945 rows, 16 spellings of name types, an empty second sheet; every row finds its party."""
    path = real_data / "sanctions" / "au" / "regulation8_consolidated.xls"
    sheets = real_file(path).sheets
    assert [len(rows) for rows in sheets.values()] == [7946, 0, 0]
    assert len({cells[3] for _, cells in sheets["Sheet1"][1:]}) == 16
    found = real(real_data, "au")
    assert found.facts["rows"] == 7945
    assert all(one.reference.isdecimal() for one in found.listings)
    known = [one.known for one in found.listings]
    assert known.count(Since.PROSE) + known.count(Since.GIVEN) > 0.8 * len(known)
