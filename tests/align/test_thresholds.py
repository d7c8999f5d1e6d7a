"""Ownership thresholds: each regime by its own rule of the day, and a question where it states none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from tests.align.screened import DAY, LISTINGS, party

from konvoi.align.frames import frames, together
from konvoi.align.hits import Said
from konvoi.align.holdings import chains, owners
from konvoi.align.ownership import owned
from konvoi.align.regimes import REGIMES
from konvoi.align.roles import Rules, rules
from konvoi.align.screening import hits, ready
from konvoi.align.stated import Stated
from konvoi.align.thresholds import OWNED, UNDECLARED, rule

A, B = "Sorvane Holding", "Briskel Shipping Company"
BEFORE, AFTER = date(2024, 7, 2), date(2024, 7, 3)


def said(name: str, *told: tuple[str, str, int], on: date = DAY, by: Rules | None = None) -> tuple[str, ...]:
    """What one regime's rule of a day says of Target: the result, then the evidence of the shares."""
    listed = [replace(one, id=f"{name}:l:{one.reference}") for one in LISTINGS]
    where = ready(together([frames(name, listed)]), {name: DAY})
    asked = (party("Target"),)
    known = chains(asked, [Stated(a, b, Decimal(share), "r") for a, b, share in told], DAY, where)
    direct = hits((*asked, *owners(known)), where, Rules(), DAY)
    made = owned(asked, known, direct, by or Rules(), on)
    kinds = ("owned", "undeclared", "separate")
    return (made[0].said, *(e for e in made[0].speaks_for if e.startswith(kinds))) if made else ()


def test_the_union_counts_half_since_3_july_2024_and_more_than_half_before() -> None:
    assert said("eu", (A, "Target", 50), on=BEFORE) == (Said.PART, "owned:50|> 50")
    assert said("eu", (A, "Target", 50), on=AFTER) == (Said.MATCH, "owned:50|>= 50")
    assert said("eu", (A, "Target", 30), (B, "Target", 21), on=BEFORE) == (Said.MATCH, "owned:51|> 50")


def test_the_united_states_add_shares_since_august_2014() -> None:
    two = ((A, "Target", 30), (B, "Target", 30))
    assert said("us", *two) == (Said.MATCH, "owned:60|>= 50")
    assert said("us", *two, on=date(2014, 8, 12)) == (Said.REVIEW, "owned:60|>= 50", "separate:30")


def test_two_holders_of_thirty_each_are_a_question_in_the_united_kingdom() -> None:
    assert said("uk", (A, "Target", 30), (B, "Target", 30)) == (Said.REVIEW, "owned:60|> 50", "separate:30")
    assert said("uk", (A, "Target", 51)) == (Said.MATCH, "owned:51|> 50")
    assert said("uk", (A, "Target", 50)) == (Said.PART, "owned:50|> 50")


def test_one_holder_s_direct_and_indirect_shares_are_added_in_the_united_kingdom() -> None:
    through = ((A, "Target", 30), (A, "Middle", 60), ("Middle", "Target", 30))
    assert said("uk", *through) == (Said.MATCH, "owned:60|> 50")
    other = ((A, "Target", 30), (B, "Middle", 60), ("Middle", "Target", 30))
    assert said("uk", *other)[0] == Said.REVIEW


def test_canada_counts_half_of_one_holder_since_june_2023() -> None:
    assert said("ca", (A, "Target", 50)) == (Said.MATCH, "owned:50|>= 50")
    assert said("ca", (A, "Target", 50), on=date(2023, 6, 21)) == (Said.REVIEW, "undeclared:50|?")


def test_a_regime_without_a_rule_asks_about_any_stake() -> None:
    for name in ("un", "au", "ua"):
        assert said(name, (A, "Target", 1)) == (Said.REVIEW, "undeclared:1|?")
        assert said(name, (A, "Target", 100)) == (Said.REVIEW, "undeclared:100|?")
        assert said(name, (A, "Target", 0)) == ()


def test_switzerland_asks_about_exactly_half() -> None:
    assert said("ch", (A, "Target", 50)) == (Said.REVIEW, "owned:50|> 50")
    assert said("ch", (A, "Target", 30), (B, "Target", 21)) == (Said.MATCH, "owned:51|> 50")
    assert said("ch", (A, "Target", 49)) == (Said.PART, "owned:49|> 50")


def test_settings_override_the_rule_and_the_united_kingdom_still_adds_nothing() -> None:
    by = rules({"owned": {"uk": ">= 30", "default": "> 10", "eu": "off"}}, tuple(one.name for one in REGIMES))
    assert said("uk", (A, "Target", 20), (B, "Target", 20), by=by)[0] == Said.REVIEW
    assert said("uk", (A, "Target", 30), by=by)[0] == Said.MATCH
    assert said("au", (A, "Target", 11), by=by) == (Said.MATCH, "owned:11|> 10")
    assert said("eu", (A, "Target", 100), by=by) == ()
    assert by.as_dict()["owned"] == {
        "default": "> 10",
        "eu": "off",
        "uk": ">= 30 alone",
    }
    assert Rules().as_dict()["owned"] == {
        "ca": ">= 50 alone since 2023-06-22",
        "ch": "> 50 since 2024-05-16",
        "eu": "> 50 until 2024-07-02; >= 50 since 2024-07-03",
        "uk": "> 50 alone since 2020-12-31",
        "us": ">= 50 alone since 2008-02-14 until 2014-08-12; >= 50 since 2014-08-13",
    }


def test_each_rule_names_its_act_and_the_rules_of_a_regime_never_overlap() -> None:
    assert set(OWNED) <= {one.name for one in REGIMES} | {"ch"}
    for several in OWNED.values():
        assert all(one.act and one.percent for one in several)
        edges = [(one.since or date.min, one.until or date.max) for one in several]
        assert all(left[1] < right[0] for left, right in pairwise(edges))
    assert rule(OWNED["uk"], date(2020, 12, 30)) == UNDECLARED
