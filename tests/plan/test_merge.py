"""Consignments of one source, need, route and week are one, where nothing is broken by that."""

import numpy as np
import pytest
from bench.instances import tables as instance
from tests.plan.worlds import Rows, problem, tables

from konvoi.plan.audit import audit
from konvoi.plan.column import Column
from konvoi.plan.core.field import field_of
from konvoi.plan.core.pool import columns_of, consignments
from konvoi.plan.core.whole import Sent, Whole, whole_of, worth
from konvoi.plan.layout import limits, net
from konvoi.plan.merge import merged
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

Day = tuple[int, int, int]
"""The day on which a consignment leaves D, the one on which it leaves X, and its steps."""


def whole(posed: Problem) -> Whole:
    rows = limits(posed)
    return whole_of(field_of(net(posed), rows), rows)


def sent(posed: Problem, *days: Day) -> Sent:
    """Tents from D by X to S: two days, then one."""
    found = {Column(0, 0, ((0, a), (1, b)), a, b + 1, 10**6): steps for a, b, steps in days}
    columns = columns_of(posed, found)
    return columns, np.array([found[one] for one in sorted(found)], dtype=np.int64)


def told(posed: Problem, plan: Sent) -> list[Day]:
    every = zip(consignments(posed, plan[0]), plan[1].tolist(), strict=True)
    return sorted((one.legs[0][1], one.legs[1][1], steps) for one, steps in every)


@pytest.mark.parametrize(
    ("days", "after"),
    [
        ([(0, 2, 3), (2, 4, 4)], [(0, 2, 7)]),
        ([(0, 2, 3), (7, 9, 4)], [(0, 2, 7)]),
        ([(0, 2, 1), (3, 5, 2), (6, 8, 3)], [(0, 2, 6)]),
    ],
)
def test_what_one_source_sends_to_one_need_goes_together_on_the_earliest_day(
    days: list[Day], after: list[Day]
) -> None:
    posed = problem()
    plan = sent(posed, *days)
    found = merged(whole(posed), plan)
    assert told(posed, found) == after
    assert worth(whole(posed), found) == worth(whole(posed), plan)


def test_what_has_no_room_in_the_earlier_week_goes_with_the_later_one() -> None:
    """One leaves X in the first week, the other in the second, in which alone X to S takes all five."""
    limit = [
        {"on": "XS", "tonnes": 3, "to": problem().start.replace(day=11)},
        {"on": "XS", "tonnes": 9, "from": problem().start.replace(day=12)},
    ]
    posed = problem(capacities=limit)
    found = merged(whole(posed), sent(posed, (0, 2, 3), (6, 8, 2)))
    assert told(posed, found) == [(6, 8, 5)]
    assert told(posed, merged(whole(posed), sent(posed, (0, 2, 3), (6, 8, 2)), later=False)) == [
        (0, 2, 3),
        (6, 8, 2),
    ]


def test_nothing_goes_together_where_no_week_takes_both() -> None:
    posed = problem(capacities=[{"on": "XS", "tonnes": 3}])
    days: list[Day] = [(0, 2, 3), (6, 8, 2)]
    assert told(posed, merged(whole(posed), sent(posed, *days))) == days


def test_of_two_weeks_the_later_one_is_not_taken_for_both() -> None:
    """The first week takes three, the second nine: what leaves a week later would arrive later."""
    limit = [
        {"on": "XS", "tonnes": 3, "to": problem().start.replace(day=11)},
        {"on": "XS", "tonnes": 9, "from": problem().start.replace(day=12)},
    ]
    posed = problem(capacities=limit)
    days: list[Day] = [(0, 2, 3), (7, 9, 2)]
    assert told(posed, merged(whole(posed), sent(posed, *days))) == days


def test_what_is_in_time_does_not_go_with_what_is_late() -> None:
    """Due on the fourth day: one arrives on it, one after it."""
    needs: Rows = [{"due": problem().start.replace(day=8), "last_useful": problem().start.replace(day=25)}]
    posed = problem(needs=needs)
    days: list[Day] = [(0, 2, 3), (3, 5, 2)]
    assert told(posed, merged(whole(posed), sent(posed, *days))) == days


@pytest.mark.parametrize("seed", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_a_plan_has_no_two_consignments_that_could_be_one(seed: int) -> None:
    every = instance("XS", seed)
    posed = from_tables(every)
    plan = solve(posed)
    assert audit(every, plan) == ()
    assert solve(posed, near=plan).movements.equals(plan.movements)


def test_a_splintered_plan_is_merged_in_the_plan_that_is_written() -> None:
    """Three offers of one place stay three; each of them leaves once a week."""
    offers: Rows = [{"offer": f"O{n}", "quantity": 2} for n in range(3)]
    plan = solve(from_tables(tables(offers=offers)))
    assert plan.movements["offer"].sort().to_list() == ["O0", "O1", "O2"]


def test_no_consignment_is_below_the_smallest_of_its_good() -> None:
    """DX takes three a week, so that of ten tents six come in time and one could come alone later."""
    goods: Rows = [{"least": 2}]
    every = tables(goods=goods, capacities=[{"on": "DX", "tonnes": 3}])
    plan = solve(from_tables(every))
    assert min(plan.movements["quantity"]) >= 2
    assert audit(every, plan) == ()


def test_what_is_less_than_the_smallest_consignment_is_not_sent_and_says_so() -> None:
    """One of the ten lies apart, and consignments are of three at least."""
    every = tables(goods=[{"least": 3}], offers=[{"quantity": 9}, {"offer": "O2", "quantity": 1}])
    plan = solve(from_tables(every))
    assert plan.value == 9
    assert plan.movements["quantity"].to_list() == [9]
    assert plan.unmet.select("quantity", "cause").rows() == [(1, "consignment-small")]
    assert audit(every, plan) == ()


def test_the_audit_finds_a_consignment_below_the_smallest() -> None:
    plan = solve(from_tables(tables(offers=[{"quantity": 2}])))
    found = audit(tables(goods=[{"least": 3}], offers=[{"quantity": 2}]), plan)
    assert [one.code for one in found if one.code != "audit-digest"] == ["audit-least"]


def test_a_problem_without_smallest_consignments_has_the_digest_that_it_had() -> None:
    every = tables()
    assert "least" in every["goods"].columns
    bare = {**every, "goods": every["goods"].drop("least")}
    assert from_tables(every).digest == from_tables(bare).digest
    assert from_tables(tables(goods=[{"least": 3}])).digest != from_tables(every).digest
