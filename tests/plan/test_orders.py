"""Orders: consignments, readers, papers, conflicts and their solutions on a plan checked by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.dispatches import plan, world
from tests.plan.worlds import Rows, day

from konvoi.plan.orders import Orders, orders
from konvoi.plan.plan import Plan

TWO = plan(("A", "O", "6", 0), ("B", "OQ", "5", 1))


def made(sent: Plan = TWO, *, today: date | None = None, **changed: Rows) -> Orders:
    return orders(world(**changed), sent, today=today or day(0))


def conflict(found: Orders) -> dict[str, Any]:
    assert found.conflicts.height == 1
    return found.conflicts.row(0, named=True)


def test_a_consignment_states_what_it_weighs_and_what_nobody_stated_stays_unknown() -> None:
    row = made().consignments.row(0, named=True)
    assert (row["consignment"], row["party"], row["line"], row["consignee"]) == ("A", "P", "L", "R")
    assert (row["gross_kg"], row["volume_m3"], row["neq_kg"], row["hazard"]) == (
        Decimal(6000),
        None,
        None,
        None,
    )
    assert (row["crossing"], row["way"], row["carriers"]) == ("X", "DX; XS", "C")


def test_the_hazard_is_what_the_codes_say_and_nothing_else() -> None:
    goods = [
        {"codes": "UN:0303; HD:1.2G; NSN:1", "neq_kg": 2, "volume_m3": "0.5", "pallets": 1, "name": "Bomb"}
    ]
    row = made(goods=goods).consignments.row(0, named=True)
    assert (row["hazard"], row["neq_kg"], row["volume_m3"]) == ("HD 1.2G, UN 0303", Decimal(12), Decimal(3))


def test_the_pickup_window_runs_from_readiness_to_the_last_day_that_makes_the_next_leg() -> None:
    """Loads on Wednesday, ready on Tuesday; the next leg leaves on Friday, two days after."""
    sent = plan(("A", "O", "6", 2))
    ready = [{"quantity": 50, "ready": day(1)}]
    row = made(sent, offers=ready).consignments.row(0, named=True)
    assert (row["pickup_from"], row["pickup_to"]) == (day(1), day(2))
    later = [{"quantity": 50}]
    slack = sent.legs.with_columns(departs=sent.legs["departs"].set(sent.legs["leg"] == 2, day(6)))
    loose = Plan(**{**sent.__dict__, "legs": slack})
    row = made(loose, offers=later).consignments.row(0, named=True)
    assert (row["pickup_from"], row["pickup_to"]) == (day(0), day(4))


def test_every_leg_is_in_exactly_the_orders_of_those_who_have_to_do_with_it() -> None:
    found = made().calls.filter(consignment="A").rows()
    assert found == [
        ("carrier", "C", day(0), "A", [1]),
        ("consignee", "R", day(0), "A", [1, 2]),
        ("hub", "D", day(0), "A", [1]),
        ("hub", "S", day(0), "A", [2]),
        ("partner", "P", day(0), "A", [1, 2]),
    ]


def test_at_a_hub_a_consignment_stands_in_each_week_in_which_it_comes_or_leaves() -> None:
    """It comes to X on Sunday of the first week and leaves on Monday of the second."""
    sites = [{"site": "D", "kind": "depot"}, {"site": "X", "kind": "hub"}, {"site": "S", "kind": "depot"}]
    sent = plan(("A", "O", "6", 4))
    legs = sent.legs.with_columns(departs=sent.legs["departs"].set(sent.legs["leg"] == 2, day(7)))
    found = made(Plan(**{**sent.__dict__, "legs": legs}), sites=sites).calls.filter(kind="hub")
    assert found.select("week", "legs").rows() == [(day(0), [1]), (day(7), [2])]


def test_partners_above_a_limit_conflict_and_the_smallest_move_that_solves_it_is_named() -> None:
    """6 t and 5 t meet a limit of 10 t at the crossing: either is enough, the smaller goes a week later."""
    found = made(capacities=[{"on": "X", "tonnes": 10}])
    row = conflict(found)
    assert (row["severity"], row["kind"], row["on"], row["first"]) == ("over", "crossing", "X", day(0))
    assert (row["load"], row["limit"], row["load_after"]) == ("11", "10", "6")
    assert (row["parties"], row["consignments"]) == (["P", "Q"], ["A", "B"])
    step = found.solutions.row(0, named=True)
    assert (step["consignment"], step["how"], step["departs"]) == ("B", "week", day(8))
    assert [f.code for f in found.findings if "conflict" in f.code] == ["orders-conflict-over"]


def test_exactly_nine_tenths_of_a_limit_are_no_conflict_and_a_hair_more_is() -> None:
    assert made(capacities=[{"on": "X", "tonnes": "12.222223"}]).conflicts.is_empty()
    assert conflict(made(capacities=[{"on": "X", "tonnes": "12.222222"}]))["severity"] == "near"


def test_nine_of_ten_tonnes_are_no_conflict() -> None:
    assert made(
        plan(("A", "O", "5", 0), ("B", "OQ", "4", 1)), capacities=[{"on": "X", "tonnes": 10}]
    ).conflicts.is_empty()


def test_nothing_is_moved_to_before_the_day_of_issue() -> None:
    """All has to be there by day 13, so only the first week is free; on its last day it is over."""
    needs = [{"quantity": 100, "due": day(13), "last_useful": day(27)}]
    sent = plan(("A", "O", "6", 7), ("B", "OQ", "5", 8))
    rows: dict[str, Rows] = {"needs": needs, "capacities": [{"on": "X", "tonnes": 10}]}
    assert made(sent, today=day(0), **rows).solutions["departs"].to_list() == [day(1)]
    assert made(sent, today=day(6), **rows).solutions.is_empty()


def test_a_paper_whose_day_has_passed_is_not_counted_on_in_another_week() -> None:
    """It was due on day 3 and is not there on day 5: no later week is safe."""
    row = {"approval": "E", "kind": "transit", "party": "Z", "covers": "O", "due": day(3)}
    found = made(plan(("A", "O", "6", 7)), today=day(5), approvals=[row])
    assert (conflict(found)["state"], found.solutions.height) == ("overdue", 0)


def test_a_week_in_which_the_way_is_shut_is_no_solution() -> None:
    """B would come to the crossing on day 10, which is shut; a week later it is open."""
    shut = [{"on": "X", "from": day(10), "to": day(10)}]
    found = made(capacities=[{"on": "X", "tonnes": 10}], closures=shut)
    assert found.solutions["departs"].to_list() == [day(15)]


def test_one_partner_alone_near_a_limit_is_no_conflict_but_over_it_is() -> None:
    alone = plan(("A", "O", "6", 0), ("B", "O", "5", 1))
    assert made(alone, capacities=[{"on": "X", "tonnes": 11}]).conflicts.is_empty()
    assert conflict(made(alone, capacities=[{"on": "X", "tonnes": 10}]))["severity"] == "over"


def test_partners_in_different_weeks_do_not_conflict() -> None:
    apart = plan(("A", "O", "6", 0), ("B", "OQ", "5", 7))
    assert made(apart, capacities=[{"on": "X", "tonnes": 6}]).conflicts.is_empty()


def test_a_move_that_would_be_late_is_no_solution() -> None:
    """Everything has to be there by day 6: no other week is left, and there is no other way."""
    needs = [{"quantity": 100, "due": day(6), "last_useful": day(27)}]
    on_time = plan(("A", "O", "6", 0), ("B", "OQ", "5", 1))
    found = made(on_time, needs=needs, capacities=[{"on": "X", "tonnes": 10}])
    assert conflict(found)["load_after"] == ""
    assert found.solutions.is_empty()


def test_where_no_week_is_free_another_way_is_proposed() -> None:
    lanes = [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 2, "carrier": "C"},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
        {"lane": "DS", "from": "D", "to": "S", "days_p50": 4},
    ]
    needs = [{"quantity": 100, "due": day(6), "last_useful": day(27)}]
    found = made(lanes=lanes, needs=needs, capacities=[{"on": "X", "tonnes": 10}])
    step = found.solutions.row(0, named=True)
    assert (step["consignment"], step["how"], step["way"], step["arrives"]) == ("B", "way", "DS", day(5))


def test_a_move_into_a_week_that_is_full_is_no_solution() -> None:
    """The second week has room for 4 t, so the smaller one, of 5 t, goes in the third, though late in it."""
    rows = [{"on": "X", "tonnes": 10, "to": day(6)}, {"on": "X", "tonnes": 4, "from": day(7), "to": day(13)}]
    found = made(capacities=rows)
    assert found.solutions["departs"].to_list() == [day(15)]


def test_a_change_is_found_though_the_loads_of_goods_changed_since_the_plan() -> None:
    goods = [{"weight_kg": 1100, "pallets": 1, "neq_kg": 2}]
    found = made(goods=goods, capacities=[{"on": "X", "tonnes": 10}])
    assert (conflict(found)["load"], found.solutions["consignment"].to_list()) == ("12.1", ["B"])


def test_several_are_moved_where_one_is_not_enough() -> None:
    three = plan(("A", "O", "6", 0), ("B", "OQ", "6", 0), ("E", "OQ", "6", 1))
    found = made(three, capacities=[{"on": "X", "tonnes": 7}])
    first = found.conflicts.row(0, named=True)
    assert (first["load"], first["load_after"]) == ("18", "6")
    assert found.solutions["step"].to_list() == [1, 2]
    assert found.solutions["week"].n_unique() == 2


def test_a_limit_of_one_day_is_a_limit_of_that_day() -> None:
    """Both load at the dock on Monday; on another day of the week there is no limit of a day."""
    both = plan(("A", "O", "6", 0), ("B", "OQ", "5", 0))
    row = conflict(made(both, capacities=[{"on": "D", "from": day(0), "to": day(0), "tonnes": 10}]))
    assert (row["kind"], row["first"], row["last"]) == ("day", day(0), day(0))


def test_a_dock_takes_no_more_on_a_day_than_its_daily_column_says() -> None:
    """Eleven tonnes on Monday, ten fit; the five of Q go a day later, counted again."""
    both = plan(("A", "O", "6", 0), ("B", "OQ", "5", 0))
    found = made(both, capacities=[{"on": "D", "daily_tonnes": 10}])
    row = conflict(found)
    assert (row["kind"], row["severity"], row["on"]) == ("day", "over", "D")
    assert (row["first"], row["last"], row["load"], row["limit"]) == (day(0), day(0), "11", "10")
    assert row["parties"] == ["P", "Q"]
    step = found.solutions.row(0, named=True)
    assert (step["consignment"], step["how"], step["departs"]) == ("B", "day", day(1))
    assert row["load_after"] == "6"


def test_the_daily_column_holds_on_the_days_of_its_row_alone() -> None:
    both = plan(("A", "O", "6", 0), ("B", "OQ", "5", 0))
    rows = [{"on": "D", "from": day(1), "to": day(6), "daily_tonnes": 10}]
    assert made(both, capacities=rows).conflicts.is_empty()
    apart = plan(("A", "O", "6", 0), ("B", "OQ", "5", 1))
    assert made(apart, capacities=[{"on": "D", "daily_tonnes": 10}]).conflicts.is_empty()


def test_a_conflict_of_a_day_hides_none_of_its_week() -> None:
    """Both bars are broken by the same two consignments, each is told."""
    both = plan(("A", "O", "6", 0), ("B", "OQ", "5", 0))
    found = made(both, capacities=[{"on": "D", "tonnes": 8, "daily_tonnes": 10}])
    assert sorted(found.conflicts["kind"]) == ["day", "dock"]


def test_the_daily_pallets_and_the_daily_net_explosive_quantity_bind_too() -> None:
    both = plan(("A", "O", "6", 0), ("B", "OQ", "5", 0))
    goods = [{"pallets": 2, "neq_kg": 3}]
    row = conflict(made(both, goods=goods, capacities=[{"on": "DX", "daily_pallets": 21}]))
    assert (row["resource"], row["load"], row["limit"]) == ("pallets", "22", "21")
    row = conflict(made(both, goods=goods, capacities=[{"on": "X", "daily_neq_kg": 32}]))
    assert (row["resource"], row["on"], row["first"]) == ("neq_kg", "X", day(2))


def test_tables_from_before_there_were_daily_columns_are_read_as_before() -> None:
    tables = world(capacities=[{"on": "X", "tonnes": 10}])
    old = tables["capacities"].drop("daily_tonnes", "daily_pallets", "daily_neq_kg")
    assert orders(tables | {"capacities": old}, TWO, today=day(0)).conflicts.height == 1


@pytest.mark.parametrize(
    ("paper", "state"),
    [
        ({"given": day(-9), "expires": day(5)}, None),
        ({"due": day(0)}, None),
        ({"given": day(-9), "expires": day(0)}, None),
        ({"given": day(-9), "expires": day(-1)}, "expired"),
        ({"due": day(1)}, "late"),
        ({"due": day(-3)}, "overdue"),
        ({"refused": day(-3)}, "refused"),
        ({}, "no day"),
    ],
)
def test_a_paper_that_does_not_hold_on_the_loading_day_stops_the_consignment(
    paper: dict[str, date], state: str | None
) -> None:
    row = {"approval": "E", "kind": "export licence", "party": "P", "covers": "L"} | paper
    found = made(plan(("A", "O", "6", 0)), approvals=[row])
    assert [c["state"] for c in found.conflicts.to_dicts()] == ([state] if state else [])
    assert found.papers["missing"].to_list() == ["given" not in paper or state == "expired"]


def test_a_paper_that_comes_later_moves_the_consignment_to_the_first_week_with_it() -> None:
    row = {"approval": "E", "kind": "transit", "party": "Z", "covers": "O", "due": day(3)}
    found = made(plan(("A", "O", "6", 0)), approvals=[row])
    assert found.solutions.select("how", "departs").rows() == [("week", day(7))]


def test_a_set_of_papers_that_a_standard_asks_for_is_required_and_has_no_record() -> None:
    rows = [{"standard": "ST", "good": "tent", "requirement": "paper set", "value": "CMR"}]
    assert made(standards=rows).papers.select("paper", "state").row(0) == ("CMR", "no record")
    later = [rows[0] | {"in_force": day(2)}]
    assert made(standards=later).papers.is_empty()


def test_a_closed_crossing_stops_those_who_come_that_day() -> None:
    """A comes to the crossing on day 2, B on day 3."""
    row = conflict(made(closures=[{"on": "X", "from": day(2), "to": day(2), "reason": "Repair"}]))
    assert (row["kind"], row["consignments"], row["state"], row["severity"]) == (
        *("closure", ["A"], "Repair"),
        "stopped",
    )


def test_a_plan_that_names_what_the_tables_do_not_have_is_told_and_the_rest_is_ordered() -> None:
    strange = TWO.movements.with_columns(
        good=TWO.movements["good"].set(TWO.movements["movement"] == "A", "?")
    )
    found = made(Plan(**{**TWO.__dict__, "movements": strange}), capacities=[{"on": "X", "tonnes": 4}])
    assert {"orders-id-unknown", "orders-other-tables"} <= {f.code for f in found.findings}
    assert conflict(found)["load"] == "5"


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["O", "OQ"]), st.integers(1, 9), st.integers(0, 17)), min_size=1, max_size=7
    ),
    st.integers(1, 25),
)
def test_a_proposed_change_brings_the_place_down_and_nothing_else_above_its_limit(
    sent: list[tuple[str, int, int]], limit: int
) -> None:
    """Each solution is made by hand, and the loads of the whole plan are counted anew by the audit's code."""
    listed = [(f"m{at}", offer, str(tonnes), first) for at, (offer, tonnes, first) in enumerate(sent)]
    rows: Rows = [{"on": "X", "tonnes": limit}, {"on": "S", "tonnes": limit + 3}]
    found = made(plan(*listed), capacities=rows)
    over = set(found.conflicts.filter(severity="over").select("on", "first").rows())
    for row in found.conflicts.filter(severity="over").iter_rows(named=True):
        steps = {
            s["consignment"]: s
            for s in found.solutions.filter(conflict=row["conflict"]).iter_rows(named=True)
        }
        if not steps:
            continue
        shifted = [
            (name, offer, tonnes, (steps[name]["departs"] - day(0)).days if name in steps else first)
            for name, offer, tonnes, first in listed
        ]
        after = made(plan(*shifted), capacities=rows)
        still = set(after.conflicts.filter(severity="over").select("on", "first").rows())
        assert (row["on"], row["first"]) not in still
        assert still <= over


def test_the_order_of_the_tables_changes_nothing() -> None:
    one = made(capacities=[{"on": "X", "tonnes": 10}])
    turned = Plan(**{**TWO.__dict__, "movements": TWO.movements.reverse(), "legs": TWO.legs.reverse()})
    other = made(turned, capacities=[{"on": "X", "tonnes": 10}])
    for name in ("consignments", "legs", "papers", "calls", "conflicts", "solutions"):
        assert getattr(one, name).equals(getattr(other, name))
