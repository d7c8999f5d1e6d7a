"""Greedy plans by plain code: by hand, and the same as the planner's compiled rule of thumb."""

import pytest
from bench.greedy import filled, worth
from bench.instances import tables
from tests.plan.core.laid import laid
from tests.plan.worlds import day, problem

from konvoi.plan import value
from konvoi.plan.core import whole as steps
from konvoi.plan.greedy import density, priority, priority_first, rule_of_thumb
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables


def lines(posed: Problem) -> list[tuple[str, str, int, int]]:
    """Need, offer, arrival and steps of each consignment, as they were sent."""
    net, rows, _ = laid(posed)
    taken = filled(net, rows, density(posed))
    return [
        (posed.needs[one.need].id, posed.sources[one.source].offer, one.arrives, many)
        for one, many in taken.items()
    ]


def test_a_need_is_filled_from_what_is_ready_first_and_in_time_before_late() -> None:
    """Five tonnes a week may leave D: four of Q and one of O in the first, two more of O in the second."""
    posed = problem(
        needs=[{"due": day(6), "last_useful": day(27)}],
        offers=[{"offer": "O", "ready": day(2), "quantity": 3}, {"offer": "Q", "quantity": 4}],
        capacities=[{"on": "DX", "tonnes": 5}],
    )
    assert lines(posed) == [("N", "Q", 3, 4), ("N", "O", 5, 1), ("N", "O", 10, 2)]


def test_what_comes_in_part_only_leaves_its_room_to_the_next() -> None:
    posed = problem(needs=[{"whole": True, "quantity": 11, "weight": 9}, {"need": "Z", "quantity": 10}])
    assert lines(posed) == [("Z", "O", 3, 10)]


@pytest.mark.parametrize(("size", "seed"), [("XXS", 1), ("XXS", 2), ("XS", 1), ("XS", 2)])
def test_it_does_what_the_planners_rules_do_and_takes_no_more_than_there_is(size: str, seed: int) -> None:
    """Two programmes that share no line of the search."""
    posed = from_tables(tables(size, seed))
    net, rows, whole = laid(posed)
    for order, rule in ((density, rule_of_thumb), (priority, priority_first)):
        taken = filled(net, rows, order(posed))
        assert worth(posed, taken) == float(value.to_decimal(steps.worth(whole, rule(whole))))
        free = list(rows.upper)
        for column, many in taken.items():
            for row, amount in rows.of_step(column):
                free[row] -= many * amount
        assert min(left for row, left in enumerate(free) if row not in rows.rounded) >= 0
