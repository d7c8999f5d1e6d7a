"""The European Union: acts, what amends them, and the consolidated list."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.align.lists import BY_NAME, by_id, opened, read_sample, real, real_file, sample

from konvoi.align.listing import Kind, NameKind, Order, Since
from konvoi.align.regime import Opened
from konvoi.intake import markup

ACT, EMPTY, AMENDING = "39999R0001.csv", "39999R0002.csv", "39999R0003.csv"


def test_a_row_without_a_number_is_known_by_its_name_without_case() -> None:
    """The amending act writes Sample Moon for SAMPLE MOON, and takes its place."""
    moon = by_id(read_sample("eu").listings)["39999R0001:II:sample moon"]
    assert [one.value for one in moon.identifiers] == ["9074729"]
    assert moon.measures[0].act == "39999R0003"


def test_an_amending_act_adds_and_replaces_and_never_strikes_out() -> None:
    before = read_sample("eu", ACT, EMPTY)
    after = read_sample("eu", ACT, EMPTY, AMENDING)
    assert {one.id for one in before.listings} < {one.id for one in after.listings}
    did = {name: after.facts[name] for name in ("added", "replaced", "already in", "not yet in force")}
    assert did == {"added": 1, "replaced": 1, "already in": 1, "not yet in force": 1}


def test_amending_twice_changes_nothing() -> None:
    files = sample("eu", ACT, EMPTY, AMENDING)
    again = Opened("again.csv", files[2].text)
    found = BY_NAME["eu"].read([*files, again], date(2031, 12, 31))
    assert [one.id for one in found.listings] == [
        one.id for one in read_sample("eu", ACT, EMPTY, AMENDING).listings
    ]
    assert (found.facts["added"], found.facts["replaced"], found.facts["already in"]) == (1, 1, 4)


@pytest.mark.parametrize(("day", "there"), [(date(2031, 8, 31), False), (date(2031, 9, 1), True)])
def test_a_row_takes_effect_on_its_start_date(day: date, there: bool) -> None:
    found = read_sample("eu", ACT, EMPTY, AMENDING, day=day)
    assert ("39999R0001:I.A:9" in by_id(found.listings)) == there


def test_an_act_without_a_row_is_an_act_and_no_fault() -> None:
    found = read_sample("eu", ACT, EMPTY)
    assert (found.facts["acts"], found.facts["acts without a row"], found.refused) == (2, 1, False)


def test_values_in_one_field_are_parted_and_each_name_keeps_its_kind() -> None:
    one = by_id(read_sample("eu").listings)["39999R0001:I.A:1"]
    assert [(name.text, name.kind) for name in one.names] == [
        ("Ivan Petrovich SAMPLE", NameKind.PRIMARY),
        ("Иван Петрович САМПЛЕ", NameKind.ORIGINAL),
        ("Iwan SAMPEL", NameKind.ALSO),
        ("Iван САМПЕЛЬ", NameKind.ORIGINAL),
        ("Vanya", NameKind.WEAK),
    ]
    assert one.nationalities == ("Russian", "Georgian")
    assert [(i.type, i.value, i.country) for i in one.identifiers] == [
        ("passport", "C2002515", "IR"),
        ("passport", "477845448", "US"),
        ("inn", "500100732259", "RU"),
    ]


def test_an_imo_number_is_a_ship_s_or_a_company_s_and_words_are_none() -> None:
    found = by_id(read_sample("eu", ACT).listings)
    assert [i.type for i in found["39999R0001:II:sample star"].identifiers] == ["imo-ship"]
    assert [i.type for i in found["39999R0001:I.B:2"].identifiers][-1] == "imo-company"
    assert found["39999R0001:II:sample moon"].identifiers == ()


def test_a_row_without_a_start_date_is_unknown_and_told_of() -> None:
    found = read_sample("eu", ACT)
    star = by_id(found.listings)["39999R0001:II:sample star"]
    assert (star.since, star.known) == (None, Since.UNKNOWN)
    assert [f.read for f in found.findings if f.code == "listed-since-unknown"] == ["1"]


def test_a_start_date_that_cannot_be_is_reported_with_its_row() -> None:
    (act,) = sample("eu", ACT)
    wrong = opened(ACT, act.text.replace("17.3.2031", "31.2.2031").replace("3 June 2031", "soon").encode())
    told = [
        f for f in BY_NAME["eu"].read([wrong], date(2031, 12, 31)).findings if f.code == "listed-since-unread"
    ]
    assert [(f.place.row, f.place.column, f.read) for f in told] == [
        (2, "startDate", "31.2.2031"),
        (3, "startDate", "soon"),
        (6, "startDate", "31.2.2031"),
    ]


def test_the_consolidated_list_is_a_list_of_its_own_with_the_day_that_it_states() -> None:
    found = read_sample("eu", "fsf.xml")
    assert found.day == date(2031, 8, 30)
    (one,) = found.listings
    assert (one.id, one.reference) == ("eu:fsf:1", "EU.1.1")
    assert (one.id, one.kind, one.names[0].family) == ("eu:fsf:1", Kind.PERSON, "Sample")
    assert [b.days is not None for b in one.births] == [True, True, False]
    assert [b.about for b in one.births] == [False, True, False]


@pytest.mark.slow
@pytest.mark.real_data
def test_the_counts_of_the_real_acts(real_data: Path) -> None:
    """45 acts, 8 of them only a head; 8,017 rows, 550 without a number, 302 without a start date."""
    paths = sorted((real_data / "sanctions" / "eu" / "journal").glob("*.csv"))
    rows = pl.concat([pl.read_csv(path, infer_schema=False) for path in paths])
    assert (rows.height, rows["recordId"].null_count(), rows["startDate"].null_count()) == (8017, 550, 302)
    found = real(real_data, "eu")
    assert (found.facts["acts"], found.facts["acts without a row"]) == (45, 8)
    assert found.facts["rows"] - found.facts["added"] == 8017
    # Two rows of 32002R0881 repeat a name with other commas; amending rows have their days.
    assert len(found.listings) == found.facts["rows"] - 2
    assert sum(m.since is None for one in found.listings for m in one.measures) == 302
    # 32 fields say that a name was printed as an image, 28 name the language of the next name.
    every = [name.text for one in found.listings for name in one.names]
    assert [text for text in every if text in ("Text of image", "Korean:", "Chinese:", "Farsi:")] == []
    assert "KIM Young Bok" in every


@pytest.mark.real_data
def test_over_150_patterns_of_births_are_read_but_for_five(real_data: Path) -> None:
    found = real(real_data, "eu")
    assert sorted(f.read for f in found.findings if f.code == "birth-unread") == [
        "10 October (year unknown)",
        "28 September; (year unknown)",
        "Approximately (29 years old)",
        "Approximately (30-35 years old)",
        "N/D",
    ]


@pytest.mark.slow
@pytest.mark.real_data
def test_what_the_real_amending_acts_add_replace_and_repeat(real_data: Path) -> None:
    """By 31 August 2026: one row of 32026R1848 takes effect on 25 January 2027 alone."""
    found = real(real_data, "eu")
    names = ("added", "replaced", "already in", "not yet in force")
    assert [found.facts[name] for name in names] == [381, 2, 2, 1]
    paths = sorted((real_data / "sanctions" / "eu").glob("journal*/*.csv"))
    later = BY_NAME["eu"].read([real_file(path) for path in paths], date(2027, 1, 25))
    assert [later.facts[name] for name in names] == [382, 2, 2, 0]


@pytest.mark.real_data
def test_real_ships_have_an_imo_number_that_holds_and_one_company_s_does_not_exist(real_data: Path) -> None:
    listings = [one for one in real(real_data, "eu").listings if one.kind == Kind.SHIP]
    ids = [i for one in listings for i in one.identifiers if i.type == "imo-ship"]
    assert len(ids) == len(listings) - 1
    assert all(i.valid for i in ids)


@pytest.mark.real_data
def test_measures_of_the_real_acts_fall_into_the_vocabulary(real_data: Path) -> None:
    orders = {m.order for one in real(real_data, "eu").listings for m in one.measures}
    assert Order.OTHER not in orders
    assert len(orders) == 6


@pytest.mark.real_data
def test_the_cut_feed_is_broken_and_its_whole_head_is_read(real_data: Path) -> None:
    """The good sample is the head of the feed, closed by us after its last whole entity: 1,044 of them."""
    content = (real_data / "sanctions" / "eu" / "EU_FSF_2022-03-31_TRUNCATED.xml").read_bytes()
    with pytest.raises(markup.BROKEN):
        markup.root(content)
    end = b"</sanctionEntity>"
    head = content[: content.rfind(end)] + end + b"</export>"
    found = BY_NAME["eu"].read([opened("head of the cut feed, closed.xml", head)], date(2022, 3, 31))
    assert (found.day, found.facts["consolidated"]) == (date(2022, 3, 18), 1044)
    # Twenty entities stand there twice, and are one listing each.
    assert len({one.id for one in found.listings}) == len(found.listings) == 1024
