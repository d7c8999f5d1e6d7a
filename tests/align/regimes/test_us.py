"""The United States: files without heads, of one day each; remarks in prose, cut at 1,000 characters."""

from datetime import date
from pathlib import Path

import pytest
from tests.align.lists import BY_NAME, by_id, opened, read_sample, real, real_file, sample

from konvoi.align.listing import Kind, NameKind, Order, Since, Tie
from konvoi.align.regime import Opened

DAY = date(2031, 12, 31)


def test_the_sign_for_nothing_is_empty_and_the_end_of_file_is_no_row() -> None:
    found = read_sample("us", "sdn.csv")
    assert len(found.listings) == 5
    assert by_id(found.listings)["4"].identifiers == ()
    assert not any("-0-" in name.text for one in found.listings for name in one.names)


def test_aliases_of_the_same_day_are_joined_and_the_primary_names_may_stand_alone() -> None:
    alone = by_id(read_sample("us", "sdn.csv").listings)["1"]
    joined = by_id(read_sample("us").listings)["1"]
    assert [n.text for n in alone.names] == ["Ivan Petrovich SAMPLE", "VANYA; THE SAMPLE"]
    assert [(n.text, n.family) for n in joined.names][1] == ("Iwan SAMPEL", "SAMPEL")


def test_aliases_of_another_day_are_refused() -> None:
    """They name an entity that the primary names do not have."""
    (primary, aliases) = sample("us", "sdn.csv", "alt.csv")
    other = Opened(aliases.name, aliases.text.replace("2,2,", "77,2,"))
    found = BY_NAME["us"].read([primary, other], DAY)
    assert found.refused
    assert [(f.code, f.read, f.place.file) for f in found.findings] == [
        ("list-days-differ", "entity 77", "alt.csv")
    ]


def test_addresses_that_miss_an_entity_are_of_another_day() -> None:
    (primary, addresses) = sample("us", "sdn.csv", "add.csv")
    other = Opened(addresses.name, addresses.text.replace("5,5,", "4,6,"))
    found = BY_NAME["us"].read([primary, other], DAY)
    assert [(f.code, f.read) for f in found.findings] == [("list-days-differ", "entity 5")]


def test_aliases_without_primary_names_are_no_list() -> None:
    assert BY_NAME["us"].read(sample("us", "alt.csv"), DAY).refused


def test_a_row_with_other_columns_refuses_the_list_and_is_named() -> None:
    (file,) = sample("us", "sdn.csv")
    lines = file.text.splitlines()
    broken = opened("sdn.csv", "\n".join([lines[0], '2,"BROKEN"', *lines[2:]]).encode())
    found = BY_NAME["us"].read([broken], DAY)
    assert found.refused
    assert [(f.code, f.place.file, f.place.row) for f in found.findings] == [("list-unknown", "sdn.csv", 2)]


def test_remarks_give_births_numbers_weak_names_and_associations() -> None:
    one = by_id(read_sample("us").listings)["1"]
    assert [str(b.days.first) for b in one.births if b.days] == ["1972-11-26", "1973-01-01"]
    assert [(i.type, i.value, i.country) for i in one.identifiers] == [
        ("passport", "C2002515", "IR"),
        ("inn", "500100732259", "RU"),
    ]
    assert one.names[-1].kind == NameKind.WEAK
    assert [(link.tie, link.name) for link in one.links] == [(Tie.LINKED, "SAMPLE PLANT")]


def test_an_imo_number_says_whose_it_is() -> None:
    found = by_id(read_sample("us").listings)
    assert [i.type for i in found["2"].identifiers] == ["imo-company", "ogrn"]
    assert [i.type for i in found["3"].identifiers] == ["imo-ship", "mmsi"]
    assert [(link.tie, link.name) for link in found["3"].links] == [(Tie.OWNER, "Sample Shipping S.A.")]


def test_remarks_that_the_file_cut_off_are_told_of() -> None:
    cut = [f for f in read_sample("us").findings if f.code == "list-text-cut"]
    assert [(f.place.file, f.place.row) for f in cut] == [("sdn.csv", 5)]


def test_the_comments_file_continues_what_was_cut_and_rows_that_continue_nothing_are_reported() -> None:
    """The remarks of entity 5 end in the middle of an alias; those of entity 1 are whole."""
    (primary,) = sample("us", "sdn.csv")
    text = (
        '5,"\'SAMPLE 48\'; Linked To: SAMPLE PLANT; Passport C9911 (Iran)."\n1,"Passport C77 (Iran)."\n\x1a'
    )
    found = BY_NAME["us"].read([primary, Opened("sdn_comments.csv", text)], DAY)
    assert [(f.code, f.read) for f in found.findings] == [("list-comments-other", "1")]
    one = by_id(found.listings)["5"]
    assert one.names[-1].text == "SAMPLE 48"
    assert [link.name for link in one.links] == ["SAMPLE PLANT"]
    assert [(i.type, i.value) for i in one.identifiers] == [("passport", "C9911")]
    assert by_id(found.listings)["1"] == by_id(read_sample("us", "sdn.csv").listings)["1"]


def test_programmes_beside_the_sdn_list_order_what_each_of_them_orders() -> None:
    bank = by_id(read_sample("us").listings)["9"]
    assert bank.list == "non-sdn"
    assert [m.order for m in bank.measures] == [Order.DEALING_BAN, Order.INVESTMENT_BAN, Order.OTHER]
    assert {m.known for m in bank.measures} == {Since.PROSE}


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_lists_of_one_day(real_data: Path) -> None:
    """The last entity of the SDN list with aliases is no. 26235."""
    found = real(real_data, "us")
    assert found.facts == {"sdn": 7379, "non-sdn": 442}
    assert max(int(one.reference) for one in found.listings if one.list == "sdn") == 26235
    assert sum(f.code == "list-text-cut" for f in found.findings) == 13
    assert sum(one.known == Since.GIVEN for one in found.listings) == 0


@pytest.mark.slow
@pytest.mark.real_data
def test_the_real_list_of_29_april_2022_stands_alone_and_takes_no_aliases_of_another_day(
    real_data: Path,
) -> None:
    folder = real_data / "sanctions" / "us"
    primary = real_file(folder / "sdn_2022-04-29.csv.gz")
    alone = BY_NAME["us"].read([primary], date(2022, 4, 29))
    assert alone.facts == {"sdn": 10025}
    assert sum(one.kind == Kind.SHIP for one in alone.listings) == 433
    for other in ("alt", "add"):
        joined = BY_NAME["us"].read(
            [primary, real_file(folder / "with-aliases" / f"{other}.csv.gz")], date(2022, 4, 29)
        )
        assert [f.code for f in joined.findings] == ["list-days-differ"]
