"""The United Kingdom: a title row, a row for each alias and address, much within one text."""

from datetime import date
from pathlib import Path

import pytest
from tests.align.lists import by_id, read_sample, real

from konvoi.align.listing import Kind, NameKind, Since, Tie


def test_the_day_of_the_list_stands_in_its_title_row() -> None:
    """04/05 is the fourth of May."""
    assert read_sample("uk").day == date(2031, 5, 4)


def test_rows_of_one_group_are_one_listing_with_all_names_births_and_measures() -> None:
    one = by_id(read_sample("uk").listings)["1"]
    assert [(n.text, n.kind) for n in one.names] == [
        ("Ivan Petrovich SAMPLE", NameKind.PRIMARY),
        ("Иван Петрович САМПЛЕ", NameKind.ORIGINAL),
        ("Vanya SAMPLE", NameKind.WEAK),
    ]
    assert one.names[0].family == "SAMPLE"
    assert [m.act for m in one.measures] == ["UK regime Example", "UK regime Other example"]
    assert one.since is not None
    assert (one.since.first, one.known) == (date(2030, 1, 1), Since.GIVEN)


def test_a_day_of_zeros_is_a_year_and_one_of_zeros_alone_is_nothing() -> None:
    births = by_id(read_sample("uk").listings)["1"].births
    assert [(str(b.days.first), str(b.days.last)) for b in births if b.days] == [
        ("1955-01-01", "1955-12-31"),
        ("1972-11-26", "1972-11-26"),
    ]
    assert [f.code for f in read_sample("uk").findings] == []


def test_numbers_and_ties_stand_in_the_text_by_their_labels() -> None:
    found = by_id(read_sample("uk").listings)
    assert [(i.type, i.value) for i in found["2"].identifiers] == [("imo-ship", "9074729")]
    assert [(one.tie, one.name) for one in found["2"].links] == [(Tie.OWNER, "Sample Shipping")]
    # The INN is that of another plant, which the reasons name.
    assert [(i.type, i.value) for i in found["3"].identifiers] == [
        ("kpp", "773601001"),
        ("ogrn", "1027700132195"),
    ]
    assert [(one.tie, one.name) for one in found["3"].links] == [
        (Tie.PARENT, "Sample Holding"),
        (Tie.SUBSIDIARY, "Sample One"),
        (Tie.SUBSIDIARY, "Sample Two Ltd"),
    ]


def test_each_numbered_passport_has_the_country_with_its_number() -> None:
    one = by_id(read_sample("uk").listings)["1"]
    assert [(i.value, i.country) for i in one.identifiers] == [("C2002515", "IR"), ("477845448", "US")]


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_list(real_data: Path) -> None:
    """15,261 rows of 3,430 groups; 210 groups name several days of birth; all say since when."""
    found = real(real_data, "uk")
    assert (found.facts["rows"], len(found.listings), found.day) == (15261, 3430, date(2022, 5, 4))
    persons = [one for one in found.listings if one.kind == Kind.PERSON]
    assert sum(len({b.days for b in one.births if b.days}) > 1 for one in persons) == 210
    assert all(one.known == Since.GIVEN for one in found.listings)
    ships = [one for one in found.listings if one.kind == Kind.SHIP]
    assert [i.valid for one in ships for i in one.identifiers] == [True] * 15
