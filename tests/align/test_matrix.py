"""The matrix by hand: a cell is listed, expired, not listed, or not known; and what may be compared."""

import random
from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.compare import gaps, lags, shares
from konvoi.align.frames import Frames, frames, together
from konvoi.align.listing import Kind, Listing, Measure, Name, Order, Since
from konvoi.align.matrix import COVERS, MATRIX, matrix
from konvoi.kit.days import Days
from konvoi.model.finding import Place

FREEZE, BAN = Order.ASSET_FREEZE, Order.ENTRY_BAN
OWN = date(2031, 5, 4)


def day(text: str) -> Days:
    return Days(date.fromisoformat(text), date.fromisoformat(text))


def listing(id: str, *measures: Measure) -> Listing:
    return Listing(id, Kind.PERSON, (Name(id),), Place("f"), measures=measures)


def given_(order: Order, since: str, until: str | None = None, act: str = "") -> Measure:
    return Measure(order, "", act, day(since), Since.GIVEN, date.fromisoformat(until) if until else None)


def lists(*listings: Listing) -> Frames:
    by_regime: dict[str, list[Listing]] = {}
    for one in listings:
        by_regime.setdefault(one.id.split(":")[0], []).append(one)
    return together(frames(regime, each) for regime, each in by_regime.items())


def covers(*rows: tuple[str, date, date, date]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=COVERS, orient="row")


UK, EU = ("uk", OWN, OWN, OWN), ("eu", OWN, OWN, OWN)
UNKNOWN = Measure(FREEZE, "")
FREEZES = listing("eu:z", UNKNOWN)
"""Another party, so that the list of the EU is one that tells of asset freezes."""


def cells(
    tables: Frames, cover: pl.DataFrame, on: date = OWN, *, same: Sequence[tuple[str, str]] = ()
) -> dict[tuple[str, str, str], tuple[str, bool]]:
    parties = pl.DataFrame(same, schema={"party": pl.String(), "listing": pl.String()}, orient="row")
    found = matrix(tables, cover, ("uk", "eu"), on, parties if same else None)
    assert found.schema == MATRIX
    return {
        (r["party"], r["regime"], r["order"]): (r["cell"], r["covered"]) for r in found.iter_rows(named=True)
    }


def test_a_regime_whose_list_covers_the_day_lists_a_party_or_does_not() -> None:
    found = cells(lists(listing("uk:a", given_(FREEZE, "2030-01-01")), FREEZES), covers(UK, EU))
    assert found["uk:a", "uk", "asset freeze"] == ("listed", True)
    assert found["uk:a", "eu", "asset freeze"] == ("not listed", True)


def test_a_list_that_orders_a_measure_against_nobody_tells_nothing_of_it() -> None:
    """A list of asset freezes knows of no entry bans: neither who is banned, nor who is not."""
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01"), given_(BAN, "2030-01-01")), FREEZES)
    found = cells(tables, covers(UK, EU))
    assert found["uk:a", "eu", "asset freeze"] == ("not listed", True)
    assert found["uk:a", "eu", "entry ban"] == ("not known", False)
    assert gaps(matrix(tables, covers(UK, EU), ("uk", "eu"), OWN).filter(order="entry ban")).height == 0


@pytest.mark.parametrize(
    ("cover", "on"),
    [(covers(UK), OWN), (covers(UK, EU), date(2031, 5, 3)), (covers(UK, EU), date(2031, 5, 5))],
)
def test_outside_the_days_of_its_list_a_regime_is_not_known(cover: pl.DataFrame, on: date) -> None:
    """No list at all, a day before its own, a day after: never `not listed`."""
    found = cells(lists(listing("uk:a", given_(FREEZE, "2030-01-01")), FREEZES), cover, on)
    assert found["uk:a", "eu", "asset freeze"] == ("not known", False)


def test_a_list_speaks_before_its_day_of_whom_it_lists_with_days_and_after_it_stands_uncovered() -> None:
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01")))
    assert cells(tables, covers(UK), date(2030, 6, 1))["uk:a", "uk", "asset freeze"] == ("listed", True)
    assert cells(tables, covers(UK), date(2029, 6, 1))["uk:a", "uk", "asset freeze"] == ("not known", False)
    assert cells(tables, covers(UK), date(2031, 6, 1))["uk:a", "uk", "asset freeze"] == ("listed", False)


def test_a_list_without_days_speaks_of_its_own_day_and_none_before() -> None:
    tables = lists(listing("uk:a", UNKNOWN))
    assert cells(tables, covers(UK))["uk:a", "uk", "asset freeze"] == ("listed", True)
    assert cells(tables, covers(UK), date(2031, 5, 3))["uk:a", "uk", "asset freeze"] == ("not known", False)


def test_a_day_within_the_interval_of_a_snapshot_is_not_known() -> None:
    between = Days(date(2031, 1, 2), date(2031, 2, 1))
    tables = lists(listing("uk:a", Measure(FREEZE, "", "", between, Since.SNAPSHOT)))
    assert cells(tables, covers(UK), date(2031, 1, 15))["uk:a", "uk", "asset freeze"][0] == "not known"
    assert cells(tables, covers(UK), date(2031, 2, 1))["uk:a", "uk", "asset freeze"][0] == "listed"


def test_whoever_is_in_a_list_is_listed_on_its_day_also_where_only_the_year_is_told() -> None:
    year = Days(date(2031, 1, 1), date(2031, 12, 31))
    tables = lists(listing("uk:a", Measure(FREEZE, "", "", year, Since.PROSE)))
    assert cells(tables, covers(UK))["uk:a", "uk", "asset freeze"] == ("listed", True)
    assert cells(tables, covers(UK), date(2031, 5, 3))["uk:a", "uk", "asset freeze"][0] == "not known"
    later = lists(listing("uk:a", given_(FREEZE, "2031-05-05")))
    assert cells(later, covers(UK))["uk:a", "uk", "asset freeze"][0] == "not known"


def test_expired_is_shown_and_a_renewal_goes_before_it() -> None:
    old, new = given_(FREEZE, "2027-01-01", "2030-01-01"), given_(FREEZE, "2030-01-02", "2033-01-01")
    assert cells(lists(listing("uk:a", old)), covers(UK))["uk:a", "uk", "asset freeze"][0] == "expired"
    assert cells(lists(listing("uk:a", old, new)), covers(UK))["uk:a", "uk", "asset freeze"][0] == "listed"


def test_a_register_speaks_for_all_its_days_and_for_none_after() -> None:
    register = ("eu", date(2031, 12, 1), date(2029, 1, 1), date(2031, 6, 1))
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01")), FREEZES)
    assert cells(tables, covers(UK, register))["uk:a", "eu", "asset freeze"] == ("not listed", True)
    assert (
        cells(tables, covers(UK, register), date(2031, 7, 1))["uk:a", "eu", "asset freeze"][0] == "not known"
    )


def test_listings_of_one_party_stand_in_one_row_and_each_measure_in_its_own() -> None:
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01")),
        listing("eu:b", given_(FREEZE, "2030-03-01"), given_(BAN, "2030-03-01")),
        listing("uk:z", given_(BAN, "2030-01-01")),
    )
    found = cells(tables, covers(UK, EU), same=[("P", "uk:a"), ("P", "eu:b")])
    assert {key: cell for key, cell in found.items() if key[0] == "P"} == {
        ("P", "uk", "asset freeze"): ("listed", True),
        ("P", "eu", "asset freeze"): ("listed", True),
        ("P", "uk", "entry ban"): ("not listed", True),
        ("P", "eu", "entry ban"): ("listed", True),
    }


def test_a_gap_is_stated_where_both_lists_cover_the_day_with_the_act_to_cite() -> None:
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01", act="Act 1")), FREEZES)
    found = matrix(tables, covers(UK, EU), ("uk", "eu"), OWN).filter(party="uk:a")
    assert gaps(found).rows() == [("uk:a", "asset freeze", "uk", "eu", "Act 1", "uk:a", "not listed", "")]
    assert gaps(matrix(tables, covers(UK, EU), ("uk", "eu"), date(2031, 5, 5))).height == 0
    assert gaps(matrix(tables, covers(UK), ("uk", "eu"), OWN)).height == 0


def test_a_list_of_the_day_before_has_no_gap_to_one_of_today() -> None:
    """What it lists stands in the matrix, but may have been delisted since."""
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01")), FREEZES)
    today = date(2031, 5, 5)
    found = matrix(tables, covers(UK, ("eu", today, today, today)), ("uk", "eu"), today).filter(party="uk:a")
    assert found["cell"].to_list() == ["not listed", "listed"]
    assert gaps(found).height == 0


def test_shares_are_of_known_cells_and_say_how_many_these_are() -> None:
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01")),
        listing("uk:b", given_(FREEZE, "2040-01-01")),
        listing("eu:c", UNKNOWN),
    )
    found = {r[0]: r[2:] for r in shares(matrix(tables, covers(UK), ("uk", "eu"), OWN)).rows()}
    # uk: a listed, b of a later day is not known, c is not on its list. eu has no list that covers the day.
    assert found["uk"] == (1, 2, 1, 0.5)
    assert found["eu"] == (0, 0, 3, None)


def test_a_list_that_can_only_tell_who_is_on_it_has_no_share() -> None:
    """A year before its day it knows of one party that is listed, and of nobody who is not."""
    tables = lists(listing("uk:a", given_(FREEZE, "2030-01-01")), listing("eu:c", UNKNOWN))
    found = shares(matrix(tables, covers(UK, EU), ("uk", "eu"), date(2030, 5, 4)))
    assert {r[0]: r[2:] for r in found.rows()} == {"uk": (1, 1, 1, None), "eu": (0, 0, 2, None)}


def test_who_was_first_rests_on_given_days_alone() -> None:
    same = [("P", "uk:a"), ("P", "eu:a"), ("Q", "uk:b"), ("Q", "eu:b"), ("R", "uk:c"), ("R", "eu:c")]
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-11")),
        listing("eu:a", given_(FREEZE, "2030-01-01")),
        listing("uk:b", given_(FREEZE, "2030-01-01")),
        listing("eu:b", UNKNOWN),
        listing("uk:c", given_(FREEZE, "2030-01-01")),
        listing("eu:c", Measure(FREEZE, "", "", day("2029-01-01"), Since.PROSE)),
    )
    parties = pl.DataFrame(same, schema={"party": pl.String(), "listing": pl.String()}, orient="row")
    found = matrix(tables, covers(UK, EU), ("uk", "eu"), OWN, parties)
    assert lags(found).rows() == [("eu", "uk", "asset freeze", 1, 1, 0, 0, 10.0)]


days = st.dates(date(2030, 1, 1), date(2032, 1, 1))
measures = st.builds(
    lambda order, since, until: Measure(order, "", "", Days(since, since), Since.GIVEN, until),
    st.sampled_from([FREEZE, BAN]),
    days,
    st.none() | days,
)
each = st.lists(
    st.tuples(st.sampled_from(["uk", "eu"]), st.lists(measures, min_size=1, max_size=3)), max_size=6
)


@given(each=each, on=days, own=days, seed=st.integers())
def test_nothing_is_lost_no_absence_is_said_uncovered_and_order_does_not_matter(
    each: list[tuple[str, list[Measure]]], on: date, own: date, seed: int
) -> None:
    listings = [listing(f"{regime}:{number}", *some) for number, (regime, some) in enumerate(each)]
    cover = covers(("uk", own, own, own), ("eu", OWN, OWN, OWN))
    found = matrix(lists(*listings), cover, ("uk", "eu"), on)
    asked = {(one.id, m.order) for one in listings for m in one.measures}
    assert found.height == 2 * len(asked)
    assert found.filter((pl.col("cell") == "not listed") & ~pl.col("covered")).height == 0
    again = matrix(lists(*random.Random(seed).sample(listings, len(listings))), cover, ("uk", "eu"), on)
    assert again.equals(found)


def test_while_a_regime_lists_who_may_be_the_party_no_cell_says_that_it_does_not() -> None:
    """The EU lists Q for an entry ban; whether Q is the British A nobody has decided."""
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01")), listing("eu:q", given_(BAN, "2030-01-01")), FREEZES
    )
    pair = pl.DataFrame({"left": ["eu:q"], "right": ["uk:a"]})
    found = matrix(tables, covers(UK, EU), ("uk", "eu"), OWN, undecided=pair).filter(party="uk:a")
    assert found.select("regime", "cell", "possible").rows() == [
        ("eu", "not known", "eu:q"),
        ("uk", "listed", ""),
    ]
    sure = matrix(tables, covers(UK, EU), ("uk", "eu"), OWN).filter(party="uk:a")
    assert sure["cell"].to_list() == ["not listed", "listed"]


def test_a_listing_that_ran_out_is_not_known_to_have_ended_while_another_may_be_the_party() -> None:
    ended = listing("eu:a", given_(FREEZE, "2029-01-01", until="2030-01-01"))
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01")), ended, listing("eu:q", given_(FREEZE, "2030-01-01"))
    )
    pair = pl.DataFrame({"left": ["P"], "right": ["eu:q"]})
    same = pl.DataFrame({"party": ["P", "P"], "listing": ["uk:a", "eu:a"]})
    found = matrix(tables, covers(UK, EU), ("uk", "eu"), OWN, same, undecided=pair).filter(
        party="P", regime="eu"
    )
    assert found.select("cell", "possible").rows() == [("not known", "eu:q")]
