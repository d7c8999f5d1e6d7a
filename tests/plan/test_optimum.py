"""The best plan of a small problem from all its consignments."""

from decimal import Decimal

from tests.plan.worlds import Rows, day, problem

from konvoi.plan.core.field import field_of
from konvoi.plan.core.flow import network_of
from konvoi.plan.core.whole import Whole, whole_of, worth
from konvoi.plan.layout import limits, net
from konvoi.plan.optimum import NEEDS, optimum
from konvoi.plan.solve import PROVEN, solve

PIECES = [{"step": 1}]


def laid(**changed: Rows) -> Whole:
    found = problem(**changed)
    rows = limits(found)
    return whole_of(field_of(net(found), rows), rows)


def test_a_kit_of_which_one_piece_cannot_come_takes_nothing_from_others() -> None:
    """Two tents: the kit would be worth 50, but its stove is not offered; A and B are worth 7 and 5."""
    kit: dict[str, object] = {"kit": "K", "per_kit": 1, "weight": 50}
    whole = laid(
        goods=[*PIECES, {"good": "stove"}],
        needs=[
            {"need": "A", "quantity": 1, "weight": 7},
            {"need": "B", "quantity": 1, "weight": 5},
            {"need": "N", "quantity": 2, "weight": 1},
            {"need": "M", "good": "stove", "quantity": 2, "weight": 0},
        ],
        offers=[{"quantity": 2}],
        kits=[kit | {"need": "N"}, kit | {"need": "M"}],
    )
    found = optimum(whole)
    assert found is not None
    assert found.proven
    assert worth(whole, found.plan) == 12 * 10**24


def test_a_heavier_source_gives_way_where_two_do_not_fit_into_one_week() -> None:
    """The early need is reached in week 1 alone, from O; the tent of Q can only come in week 2."""
    plan = solve(
        problem(
            goods=PIECES,
            needs=[
                {"need": "A", "quantity": 1, "due": day(5), "weight": 3},
                {"need": "B", "quantity": 1, "due": day(13), "weight": 9},
            ],
            offers=[{"quantity": 1}, {"offer": "Q", "quantity": 1, "ready": day(7)}],
            capacities=[{"on": "DX", "tonnes": 1}],
        )
    )
    assert plan.value == 12
    assert plan.stopped == PROVEN
    assert dict(plan.movements.select("need", "offer").rows()) == {"A": "O", "B": "Q"}


def test_units_wait_for_the_week_in_which_the_next_site_has_room() -> None:
    """The site X is full in week 1: what would arrive there on day 2 waits at D and arrives on day 7."""
    found = optimum(
        laid(capacities=[{"on": "X", "tonnes": 0, "from": day(0), "to": day(6)}], needs=[{"quantity": 2}])
    )
    assert found is not None
    assert found.plan[0].departs.tolist() == [5]
    assert found.plan[0].arrives.tolist() == [8]


def test_each_need_is_served_from_the_sources_that_may_serve_it() -> None:
    """The offer tied to the east does not serve the need in the west, though it is the only one left."""
    plan = solve(
        problem(
            sites=[{"site": "D"}, {"site": "X", "region": "west"}, {"site": "S", "region": "east"}],
            needs=[{"quantity": 4}, {"need": "W", "site": "X", "quantity": 4, "weight": 2}],
            offers=[{"quantity": 3}, {"offer": "E", "quantity": 9}],
            earmarks=[{"offer": "E", "to": "region", "value": "east"}],
        )
    )
    assert plan.value == 3 * 2 + 4
    assert plan.stopped == PROVEN


def test_small_steps_are_decided_in_any_parts_and_sent_whole() -> None:
    plan = solve(
        problem(
            goods=[{"step": 0.0001}],
            needs=[{"quantity": 7, "whole": True}, {"need": "B", "quantity": 9, "weight": 0.9}],
            offers=[{"quantity": 9.5}],
            capacities=[{"on": "DX", "tonnes": 4.3333}],
        )
    )
    assert plan.value == 7 + Decimal("1.66660") * Decimal("0.9")


def test_a_problem_of_many_needs_or_many_edges_is_left_to_the_search() -> None:
    many = [{"need": f"N{number}", "quantity": 1} for number in range(NEEDS + 1)]
    assert optimum(laid(needs=many)) is None
    assert network_of(laid(), 2) is None


def test_a_problem_without_any_consignment_has_no_plan_to_prove() -> None:
    assert optimum(laid(offers=[])) is None
