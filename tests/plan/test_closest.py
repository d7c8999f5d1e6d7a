"""The close plan: every change at its price."""

from tests.plan.worlds import Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.planner import Answers, Planner
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Scenario, Shut, supposed
from konvoi.plan.solve import solve

NEEDS = 6
LAST = 3
"""Needs of ten tents each, one a week; the lane carries ten a week. Each has its own giver."""

WORLD: dict[str, Rows] = {
    "horizon": [{"weeks": NEEDS}],
    "lanes": [
        {"lane": "DX", "from": "D", "to": "X", "days_p50": 1},
        {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    ],
    "capacities": [{"on": "DX", "tonnes": 10}],
    "needs": [
        {"need": f"N{n}", "quantity": 10, "weight": 1 + n, "due": day(7 * n + 6)} for n in range(NEEDS)
    ],
    "offers": [{"offer": f"O{n}", "quantity": 10, "party": f"P{n}"} for n in range(NEEDS)],
    "earmarks": [{"offer": f"O{n}", "to": "need", "value": f"N{n}"} for n in range(NEEDS)],
}


def _answers() -> Answers:
    """The third week is shut: five weeks are left for six needs, the least worth of which may come early."""
    every = tables(**WORLD)
    problem = from_tables(every)
    planner = Planner(problem, solve(problem))
    assert planner.plan.value == 10 * sum(range(1, NEEDS + 1))
    shut = Scenario("shut", shut=(Shut("DX", day(7 * LAST), day(7 * LAST + 6)),))
    answers = planner.what_if(shut)
    assert audit(supposed(every, shut), answers.close.plan) == ()
    return answers


def test_changes_that_gain_as_much_as_the_average_are_made() -> None:
    """What remains lacks N3, of weight 4: 170. N3 can take the week of N0, of weight 1: 200."""
    answers = _answers()
    assert answers.independent.plan.value == answers.close.plan.value == 200
    assert answers.cost_of_staying_close == 0


def test_no_more_than_the_changes_that_are_worth_it_are_made() -> None:
    """N0 leaves, and N3 goes in its week. All others stay, though they could go in the week before."""
    found = _answers().close.difference
    assert found.kept == NEEDS - 2
    assert found.moves.select("change", "need").rows() == [("gone", "N0"), ("changed", "N3")]
