"""The value of a unit by the day on which it arrives."""

from tests.plan.worlds import day, problem

from konvoi.plan.goals.coverage import MEMBER


def test_full_value_until_due_half_until_last_useful_then_nothing() -> None:
    need = {"weight": 4, "due": day(1), "last_useful": day(3)}
    paid = MEMBER.payoff(problem(needs=[need])).arrival[0]
    assert paid[:6].tolist() == [4, 4, 2, 2, 0, 0]


def test_the_late_credit_is_that_of_the_horizon() -> None:
    need = {"due": day(0), "last_useful": day(1)}
    paid = MEMBER.payoff(problem(needs=[need], horizon=[{"late_credit": "0.25"}])).arrival[0]
    assert paid[:3].tolist() == [1, 0.25, 0]
