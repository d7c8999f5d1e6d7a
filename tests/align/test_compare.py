"""Gaps in one row, measures that differ, what ends soon: small matrices by hand."""

from datetime import date

import polars as pl
from tests.align.test_matrix import BAN, EU, FREEZE, OWN, UK, UNKNOWN, covers, given_, listing, lists

from konvoi.align.compare import ENDING, OPEN, UNDECIDED, ending, gaps, open_gaps
from konvoi.align.listing import Listing
from konvoi.align.matrix import matrix

US = ("us", OWN, OWN, OWN)
REGIMES = ("uk", "eu", "us")
TELL = tuple(listing(f"{one}:z", given_(FREEZE, "2029-01-01"), given_(BAN, "2029-01-01")) for one in REGIMES)
"""A party of each regime that nobody else lists, so that each list tells of both measures."""


def drawn(*listings: Listing, same: str = "P") -> pl.DataFrame:
    """The matrix of one party P, made of all these listings."""
    rows = [(same, one.id) for one in listings]
    parties = pl.DataFrame(rows, schema={"party": pl.String(), "listing": pl.String()}, orient="row")
    return matrix(lists(*listings, *TELL), covers(UK, EU, US), REGIMES, OWN, parties).filter(party=same)


def test_a_gap_names_what_the_list_that_lacks_it_orders_instead() -> None:
    """The United Kingdom orders both, the EU an entry ban alone: the measures differ; the US none."""
    found = gaps(
        drawn(
            listing("uk:a", given_(FREEZE, "2030-01-01"), given_(BAN, "2030-01-01")),
            listing("eu:a", given_(BAN, "2030-01-01")),
        )
    )
    freeze = found.filter(pl.col("order") == "asset freeze")
    assert freeze.select("has", "lacks", "otherwise").rows() == [("uk", "eu", "entry ban"), ("uk", "us", "")]


def test_what_has_run_out_in_a_list_is_a_gap_that_says_so() -> None:
    found = gaps(
        drawn(
            listing("uk:a", given_(FREEZE, "2030-01-01")),
            listing("eu:a", given_(FREEZE, "2029-01-01", until="2030-12-31")),
        )
    )
    assert found.select("lacks", "cell").rows() == [("eu", "expired"), ("us", "not listed")]


def test_gaps_of_one_regime_are_one_row_that_cites_all_acts_the_widest_first() -> None:
    """Two regimes freeze P, one bans it from entry: the freeze that the US lacks stands first."""
    found = open_gaps(
        drawn(
            listing("uk:a", given_(FREEZE, "2030-01-01", act="Act 1")),
            listing(
                "eu:a",
                given_(FREEZE, "2030-01-01", act="2030/1"),
                given_(BAN, "2030-01-01", act="2030/1"),
            ),
        )
    )
    assert found.schema == OPEN
    assert found.select("order", "lacks", "has", "count", "acts").rows() == [
        ("asset freeze", "us", "eu; uk", 2, "2030/1; Act 1"),
        ("entry ban", "uk", "eu", 1, "2030/1"),
        ("entry ban", "us", "eu", 1, "2030/1"),
    ]


def test_a_gap_that_another_listing_may_fill_names_it() -> None:
    """The EU lists Q, who may be P: before a person has decided, nobody says that it does not list P."""
    tables = lists(
        listing("uk:a", given_(FREEZE, "2030-01-01")), listing("eu:q", given_(FREEZE, "2030-01-01")), *TELL
    )
    found = matrix(tables, covers(UK, EU, US), REGIMES, OWN)
    pair = ("eu:q", "uk:a", "eu:q", "uk:a", 0.5, "", True)
    undecided = pl.DataFrame([pair], schema=UNDECIDED, orient="row")
    told = open_gaps(found, undecided).filter(pl.col("party").is_in(["uk:a", "eu:q"]))
    assert told.select("party", "lacks", "perhaps").sort("party", "lacks").rows() == [
        ("eu:q", "uk", "uk:a"),
        ("eu:q", "us", ""),
        ("uk:a", "eu", "eu:q"),
        ("uk:a", "us", ""),
    ]


def test_a_listing_that_ends_soon_names_who_goes_on_listing() -> None:
    found = drawn(
        listing("uk:a", given_(FREEZE, "2030-01-01", until="2031-05-14", act="Act 1")),
        listing("eu:a", given_(FREEZE, "2030-01-01", until="2031-05-20")),
        listing("us:a", UNKNOWN),
    )
    soon = ending(found, OWN, 10)
    assert soon.schema == ENDING
    assert soon.rows() == [("P", "uk", "asset freeze", date(2031, 5, 14), 10, "Act 1", "uk:a", "eu; us")]
    assert ending(found, OWN, 9).height == 0
    assert ending(found, OWN, 16)["others"].to_list() == ["eu; us", "us"]
