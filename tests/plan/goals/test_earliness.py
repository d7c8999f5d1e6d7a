"""Each day costs a little, more for what is worth more."""

from itertools import pairwise

from tests.plan.worlds import day, problem

from konvoi.plan.goals.earliness import MEMBER, worth
from konvoi.plan.solve import solve


def test_each_day_costs_more_than_the_day_before() -> None:
    paid = MEMBER.payoff(problem(needs=[{"weight": 2}])).arrival[0]
    assert all(later < earlier for earlier, later in pairwise(paid))


def test_a_kit_gives_its_components_their_share() -> None:
    assert worth(problem(kits=[{"kit": "K", "need": "N", "per_kit": 5, "weight": 20}])) == [5.0]


def test_of_two_ways_the_quicker_is_taken() -> None:
    lanes = [
        {"lane": "slow", "from": "D", "to": "S", "days_p50": 9},
        {"lane": "swift", "from": "D", "to": "S", "days_p50": 4},
    ]
    plan = solve(problem(lanes=lanes))
    assert plan.movements.select("departs", "arrives").rows() == [(day(0), day(4))]
