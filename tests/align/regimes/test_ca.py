"""Canada: a regulation is no nationality, schedule and item are no key, and no day of listing is said."""

from pathlib import Path

import pytest
from tests.align.lists import DAY, by_id, opened, read_sample, real

from konvoi.align.listing import Kind, Order, Since
from konvoi.align.regimes.ca import CA


def test_two_records_under_one_item_are_two_listings() -> None:
    found = by_id(read_sample("ca").listings)
    assert {"russia:1:7:ivan petrovich sample", "russia:1:7:anna other"} < set(found)


def test_the_regulation_is_the_programme_and_no_nationality() -> None:
    for one in read_sample("ca").listings:
        assert one.nationalities == ()
        assert one.programme


def test_a_second_schedule_of_the_russian_regulations_forbids_debt_alone() -> None:
    found = by_id(read_sample("ca").listings)
    assert found["russia:2:1:sample bank"].measures[0].order == Order.DEALING_BAN
    assert found["zimbabwe::1:sample plant of the region"].measures[0].order == Order.ASSET_FREEZE


def test_banks_named_outside_of_the_belarusian_schedules_may_not_borrow_and_are_not_frozen() -> None:
    record = "<record><Country>Belarus / Bélarus</Country><Entity>{}</Entity>{}</record>"
    bare = record.format("Sample State Bank", "")
    scheduled = record.format("Sample Works", "<Schedule>2</Schedule><Item>9</Item>")
    file = opened("sema.xml", f"<data-set>{bare}{scheduled}</data-set>".encode())
    found = {one.name: one.measures[0].order for one in CA.read([file], DAY).listings}
    assert found == {"Sample State Bank": Order.DEALING_BAN, "Sample Works": Order.ASSET_FREEZE}


def test_the_french_name_of_an_entity_is_a_name_of_its_own_and_no_part_of_the_key() -> None:
    record = "<record><Country>Syria / Syrie</Country><Entity>{}</Entity></record>"
    told = "".join(map(record.format, ("Sample Guard/Garde d'exemple", "Sample Mills (Hmaw/Pyi Ya)")))
    found = CA.read([opened("sema.xml", f"<data-set>{told}</data-set>".encode())], DAY).listings
    assert [[name.text for name in one.names] for one in found] == [
        ["Sample Guard", "Garde d'exemple"],
        ["Sample Mills (Hmaw/Pyi Ya)"],
    ]
    assert found[0].id == "ca:sema:syria:::sample guard garde d exemple"


def test_either_of_two_days_of_birth_may_be() -> None:
    births = by_id(read_sample("ca").listings)["russia:1:7:ivan petrovich sample"].births
    assert [str(b.days.first) for b in births if b.days] == ["1972-11-26", "1973-11-26"]


@pytest.mark.real_data
def test_the_counts_of_the_real_list(real_data: Path) -> None:
    """2,606 records, 1,962 without a birth (537 are entities), none with a day of listing."""
    listings = real(real_data, "ca").listings
    assert len(listings) == 2606
    assert sum(not one.births for one in listings) == 1962
    assert sum(one.kind == Kind.ENTITY for one in listings) == 537
    assert {one.known for one in listings} == {Since.UNKNOWN}
    dealing = {one.name for one in listings if one.measures[0].order == Order.DEALING_BAN}
    assert dealing == {
        *("Bank of Moscow", "OAO Novatek", "Rosneft", "OJSC Surgutneftegas"),
        *("Belarusbank", "Belagroprombank"),
    }
