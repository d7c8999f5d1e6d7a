"""The least share of what a region needs is what the goal looks at."""

import numpy as np
from tests.plan.worlds import problem

from konvoi.plan.goal import Sendings
from konvoi.plan.goals.regions import MEMBER

POSED = problem(
    sites=[{"site": "D"}, {"site": "X", "region": "west"}, {"site": "S", "region": "east"}],
    needs=[{"need": "A", "site": "S"}, {"need": "B", "site": "X", "quantity": 20, "weight": 2}],
)
SENT = Sendings(np.array([0, 1, 1]), np.array([0, 0, 0]), np.array([1.0, 1.0, 0.5]), np.ones(3))


def test_the_figure_is_the_least_share_by_worth() -> None:
    """Six of ten to the east; to the west 5 and 10 half ones of 20: a half."""
    assert MEMBER.level is not None
    assert MEMBER.level(POSED, SENT, {}).figure(np.array([6.0, 5.0, 10.0])) == -0.5


def test_no_region_has_less_than_the_least_share() -> None:
    assert MEMBER.level is not None
    level = MEMBER.level(POSED, SENT, {})
    assert [row.each.tolist() for row in level.rows] == [[-0.1], [-0.05, -0.025]]
    assert [row.further for row in level.rows] == [((0, 1.0),), ((0, 1.0),)]


def test_where_nothing_is_needed_there_is_nothing_to_share() -> None:
    none = Sendings(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), np.zeros(0))
    assert MEMBER.level is not None
    assert MEMBER.level(problem(needs=[]), none, {}).figure(np.zeros(0)) == 0.0
