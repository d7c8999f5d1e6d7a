"""Both answers to a scenario: close to the plan in force, and independent of it."""

from datetime import timedelta

import pytest
from bench.instances import tables as instance
from tests.plan.test_near import TWO_WAYS
from tests.plan.worlds import Rows, tables

from konvoi.plan.audit import audit
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Planner
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Later, Scenario, Shut, Without, supposed
from konvoi.plan.solve import Candidate, Parameters, solve


@pytest.fixture(scope="module")
def planner() -> Planner:
    """Sixty needs, with kits, budgets and tight lanes."""
    problem = from_tables(instance("XS", 1))
    return Planner(problem, solve(problem))


def busiest(plan: Plan) -> str:
    return str(plan.legs.group_by("lane").len().sort("len", "lane")["lane"][-1])


def scenarios(plan: Plan) -> list[Scenario]:
    giver = instance("XS", 1)["offers"].join(plan.movements, on="offer", how="semi")["party"].sort()[0]
    paid = plan.payments["budget"].sort()[-1]
    shut = Shut(busiest(plan))
    return [
        Scenario("later", later=(Later(paid, 6),)),
        Scenario("all", shut=(shut,), without=(Without(giver),), later=(Later(paid, 6),)),
    ]


@pytest.mark.parametrize("number", [pytest.param(0, marks=pytest.mark.slow), 1])
def test_the_independent_plan_is_never_worth_less_and_both_hold(planner: Planner, number: int) -> None:
    scenario = scenarios(planner.plan)[number]
    answers = planner.what_if(scenario)
    changed = supposed(planner.problem.tables, scenario)
    anew = solve(from_tables(changed))
    assert answers.cost_of_staying_close >= 0
    assert answers.independent.plan.value >= anew.value * 99 / 100
    assert answers.close.difference.kept >= answers.independent.difference.kept
    assert audit(changed, answers.close.plan) == audit(changed, answers.independent.plan) == ()


@pytest.mark.slow
def test_what_remains_is_told_first_and_no_answer_is_worth_less(planner: Planner) -> None:
    told: list[Candidate] = []
    answers = planner.what_if(scenarios(planner.plan)[0], heard=told.append)
    assert told[0].kind == "remaining"
    assert told[0].value <= answers.close.plan.value <= answers.independent.plan.value
    changed = supposed(planner.problem.tables, scenarios(planner.plan)[0])
    assert audit(changed, told[0].plan()) == ()


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_the_best_plan_alone_holds_and_is_worth_what_the_search_for_it_found(
    planner: Planner, number: int
) -> None:
    changed = from_tables(supposed(planner.problem.tables, scenarios(planner.plan)[number]))
    told: list[Candidate] = []
    planner.answers(changed, heard=told.append)
    sought = [one.value for one in told[: [one.kind for one in told].index("close")]]
    best = planner.best(changed)
    assert best.plan.value == max(sought)
    assert best.difference.value == best.plan.value - planner.plan.value
    assert audit(changed.tables, best.plan) == ()


@pytest.mark.slow
def test_a_question_does_not_change_the_answer_to_the_next(planner: Planner) -> None:
    one, other = scenarios(planner.plan)
    first = planner.what_if(one)
    planner.what_if(other)
    again = planner.what_if(one)
    assert first.close.plan.movements.equals(again.close.plan.movements)
    assert first.independent.plan.movements.equals(again.independent.plan.movements)


@pytest.mark.slow
def test_a_scenario_that_touches_nothing_leaves_the_plan_in_force(planner: Planner) -> None:
    """The busiest lane is shut on the last day of the horizon, on which nothing leaves any more."""
    start, weeks = instance("XS", 1)["horizon"].select("start", "weeks").row(0)
    last = start + timedelta(weeks=weeks, days=-1)
    answers = planner.what_if(Scenario("late", shut=(Shut(busiest(planner.plan), last, last),)))
    assert answers.close.plan.movements.equals(planner.plan.movements)
    assert answers.independent.plan.value >= planner.plan.value


def test_where_half_of_the_plan_cannot_be_sent_both_answers_reach_the_best_plan() -> None:
    every = tables(**TWO_WAYS)
    problem = from_tables(every)
    answers = Planner(problem, solve(problem)).what_if(Scenario("x", shut=(Shut("L2"),)))
    assert answers.close.plan.value == answers.independent.plan.value == 69


def test_where_nothing_of_the_plan_remains_there_is_one_plan_anew() -> None:
    problem = from_tables(tables())
    answers = Planner(problem, solve(from_tables(tables(offers=[{"offer": "O9"}])))).answers(problem)
    assert answers.close is answers.independent
    assert answers.close.plan.value == 10


KITTED: dict[str, Rows] = {
    "goods": [{}, {"good": "mat", "weight_kg": 1000}],
    "lanes": [
        {"lane": "D1", "from": "D", "to": "S", "days_p50": 2},
        {"lane": "D2", "from": "X", "to": "S", "days_p50": 2},
    ],
    "needs": [
        {"need": "N", "quantity": 4, "weight": 1},
        {"need": "K", "quantity": 4, "weight": 0},
        {"need": "M", "good": "mat", "quantity": 4, "weight": 0},
    ],
    "kits": [
        {"kit": "KIT", "need": "K", "per_kit": 1, "weight": 9},
        {"kit": "KIT", "need": "M", "per_kit": 1},
    ],
    "offers": [
        {"offer": "O1", "quantity": 4},
        {"offer": "O2", "good": "mat", "quantity": 4},
        {"offer": "O3", "quantity": 4, "site": "X", "party": "Q"},
    ],
}


def test_kits_that_are_lost_are_listed() -> None:
    """Eight tents and four mats: four kits and N in full, worth 40. Without O3 four tents are left: kits go
    first, and N, worth less, gets none. With the mats later than the due day no kit is whole."""
    problem = from_tables(tables(**KITTED))
    planner = Planner(problem, solve(problem))
    assert planner.plan.value == 40
    without = planner.what_if(Scenario("x", without=(Without("Q"),))).independent
    assert without.difference.value == -4
    assert without.difference.kits.is_empty()
    late = planner.what_if(Scenario("x", later=(Later("O2", 3),))).independent
    assert late.difference.kits.rows() == [("KIT", 4, 0, -36)]


@pytest.mark.slow
def test_a_search_that_is_stopped_at_once_still_gives_two_plans_that_hold(planner: Planner) -> None:
    scenario = scenarios(planner.plan)[1]
    answers = Planner(planner.problem, planner.plan, parameters=Parameters(rounds=1, clusters=0)).what_if(
        scenario, stop=lambda _: True
    )
    changed = supposed(planner.problem.tables, scenario)
    assert audit(changed, answers.close.plan) == audit(changed, answers.independent.plan) == ()
    assert answers.cost_of_staying_close >= 0
