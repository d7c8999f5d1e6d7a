"""The rule of half: shares are added over owners and along chains, and what is not stated is asked."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align.screened import DAY, READY, found, listed, lists, party

from konvoi.align.asking import Asked
from konvoi.align.hits import Hit, Said
from konvoi.align.holdings import chains, owners
from konvoi.align.listing import Kind, Link, Tie
from konvoi.align.ownership import owned
from konvoi.align.roles import Rules
from konvoi.align.stated import Stated, stated
from konvoi.align.subsidiaries import subsidiaries
from konvoi.align.thresholds import OWNED, Share

A, B = "Sorvane Holding", "Briskel Shipping Company"


def rows(*told: tuple[str, str, int | None]) -> list[Stated]:
    return [
        Stated(owner, held, None if share is None else Decimal(share), "register")
        for owner, held, share in told
    ]


def held(told: list[Stated], *parties: Asked, rules: Rules | None = None) -> dict[str, tuple[Said, str]]:
    """Of each party that listed owners hold what is said, and the sum with the rule."""
    asked = parties or (party("Target"),)
    known = chains(asked, told, DAY, READY)
    direct = found(*asked, *owners(known))
    hits: tuple[Hit, ...] = owned(asked, known, direct, rules or Rules(), DAY)
    return {one.party: (one.said, one.speaks_for[0]) for one in hits}


def test_shares_of_two_listed_owners_are_added() -> None:
    assert held(rows((A, "Target", 30), (B, "Target", 20))) == {"Target": (Said.MATCH, "owned:50|>= 50")}
    assert held(rows((A, "Target", 30), (B, "Target", 19))) == {"Target": (Said.PART, "owned:49|>= 50")}


def test_what_is_held_by_half_counts_whole_further_down() -> None:
    told = rows((A, "Middle", 60), ("Middle", "Target", 55))
    assert held(told) == {"Target": (Said.MATCH, "owned:55|>= 50")}
    weak = rows((A, "Middle", 40), ("Middle", "Target", 100))
    assert held(weak) == {}


def test_a_regime_may_ask_for_more_than_half_or_for_nothing() -> None:
    told = rows((A, "Target", 50))
    more = Rules(owned={"eu": (Share(Decimal(50), whole=False),)})
    assert held(told, rules=more)["Target"][0] == Said.PART
    assert held(told, rules=Rules(owned={"eu": None})) == {}
    assert OWNED["eu"][-1].reached(Decimal(50))


def test_a_cycle_ends_and_adds_nothing_by_itself() -> None:
    told = rows(("Target", "Middle", 90), ("Middle", "Target", 90))
    assert held(told) == {}
    assert held([*told, *rows((A, "Middle", 10))]) == {}
    assert held([*told, *rows((A, "Middle", 50))])["Target"][0] == Said.MATCH


def test_a_share_that_nobody_states_is_asked_about() -> None:
    assert held(rows((A, "Target", None)))["Target"][0] == Said.REVIEW


def test_an_owner_that_is_only_perhaps_listed_makes_a_question_too() -> None:
    assert held(rows(("Player Kappa Sorvane", "Target", 80)))["Target"][0] == Said.REVIEW


def test_the_stated_owner_of_a_ship_holds_it_whole_and_its_manager_is_asked_about() -> None:
    for tie, said in (("owner", Said.MATCH), ("manager", Said.REVIEW)):
        ship = party("Tarn Queen", kind=Kind.SHIP, owners=((A, tie),))
        assert held([], ship)["Tarn Queen"][0] == said


def test_only_an_asset_freeze_reaches_what_its_target_owns() -> None:
    assert held(rows(("Ulmaro Instruments", "Target", 100))) == {}


def test_association_is_no_ownership_and_a_subsidiary_on_a_list_is_one_without_a_share() -> None:
    links = (Link(Tie.SUBSIDIARY, "TARGET Ltd"), Link(Tie.LINKED, "Other"))
    told = lists([listed("6", A, links=links)])
    asked = [party("Target"), party("Other")]
    assert [(one.owner, one.owned, one.percent) for one in subsidiaries(asked, told)] == [(A, "Target", None)]


def test_a_parent_or_owner_on_one_list_is_asked_about_on_all_others() -> None:
    """The ship is on the list of one regime, its owner on that of another: there the ship is held by it."""
    links = (Link(Tie.OWNER, A), Link(Tie.PARENT, B), Link(Tie.MANAGER, "Other"))
    told = lists([listed("9", "TARGET", kind=Kind.SHIP, links=links)])
    asked = party("Target", kind=Kind.SHIP)
    assert [(one.owner, one.owned) for one in subsidiaries([asked], told)] == [(A, "Target"), (B, "Target")]
    assert held(list(subsidiaries([asked], told)), asked)["Target"][0] == Said.REVIEW


def test_a_subsidiary_on_a_list_passes_on_what_a_register_says_it_owns() -> None:
    register = rows(("Middle", "Target", 60))
    told = lists([listed("6", A, links=(Link(Tie.SUBSIDIARY, "MIDDLE LLC"),))])
    more = subsidiaries([party("Target")], told, register)
    assert (A, "Middle") in {(one.owner, one.owned) for one in more}
    assert held([*register, *more])["Target"][0] == Said.REVIEW


def test_each_hit_names_the_ways_up_and_is_about_the_owners_listing() -> None:
    asked = (party("Target"),)
    known = chains(asked, rows((A, "Middle", 60), ("Middle", "Target", 55)), DAY, READY)
    (hit,) = owned(asked, known, found(*asked, *owners(known)), Rules(), DAY)
    assert hit.source.name == A
    assert [one.split(" (")[0] for one in hit.chain] == ["Middle → Target: 55 %", f"{A} → Middle: 60 %"]


NODES = ["Target", "Middle", A, B, "Other"]


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(0, 100)), max_size=8),
    st.randoms(),
)
def test_any_table_ends_in_any_order_and_more_shares_never_free_anybody(
    told: list[tuple[str, str, int]], random: Random
) -> None:
    unique = list({(a, b): (a, b, share) for a, b, share in told if a != b}.values())
    mixed = random.sample(unique, len(unique))
    assert held(rows(*unique)) == held(rows(*mixed))
    before = held(rows(*unique)).get("Target", (Said.APART, ""))[0]
    more = [one for one in unique if one[:2] != (A, "Target")]
    after = held(rows(*more, (A, "Target", 100))).get("Target", (Said.APART, ""))[0]
    assert after == Said.MATCH
    assert before in (Said.MATCH, Said.REVIEW, Said.PART, Said.APART)


def test_of_two_rows_about_one_pair_the_last_day_counts_and_later_days_not_yet() -> None:
    told, _ = stated(
        "owner,owned,share,source,day\nSorvane Holding,Target,80,,2031-01-01\n"
        "Sorvane Holding,Target,10,,2031-02-01\nSorvane Holding,Target,90,,2031-05-01\n"
    )
    assert held(list(told)) == {"Target": (Said.PART, "owned:10|>= 50")}


def test_a_range_that_may_reach_the_threshold_asks_and_one_that_surely_does_matches() -> None:
    told, _ = stated(f"owner,owned,share,source,day\n{A},Target,25-50 %,r,2031-01-01\n")
    assert held(list(told))["Target"][0] == Said.REVIEW
    told, _ = stated(f"owner,owned,share,source,day\n{A},Target,50-75 %,r,2031-01-01\n")
    assert held(list(told))["Target"][0] == Said.MATCH
    told, _ = stated(f"owner,owned,share,source,day\n{A},Target,25-49 %,r,2031-01-01\n")
    assert held(list(told))["Target"][0] == Said.PART
