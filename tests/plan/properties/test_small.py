"""Small problems with tight lanes, kits, caps and late credit: all plans are the best there is."""

from collections.abc import Callable

import pytest
from tests.plan.properties.arcs import optimum
from tests.plan.properties.small import Tables, by_value, sharing, small

from konvoi.plan.audit import audit
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import PROVEN, Parameters, solve

EVERYDAY = range(10)
FIFTY = range(10, 60)


def _is_the_best(number: int, made: Callable[[int], Tables] = small) -> None:
    world = made(number)
    plan = solve(from_tables(world))
    # The reference may miss a whole step by 1e-6; all values are multiples of 0.005.
    best = round(optimum(world), 4)
    assert float(plan.value) == pytest.approx(best, rel=1e-9), number
    assert float(plan.bound) >= best - 1e-6, number
    assert plan.stopped == PROVEN, number
    assert audit(world, plan) == (), number


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("number", EVERYDAY)
def test_the_plan_is_the_best_there_is_and_says_so(number: int) -> None:
    _is_the_best(number)


@pytest.mark.slow
@pytest.mark.parametrize("number", FIFTY)
def test_fifty_more_are_the_best_too(number: int) -> None:
    _is_the_best(number)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("number", EVERYDAY)
def test_kits_that_share_needs_are_planned_best(number: int) -> None:
    _is_the_best(number, sharing)


@pytest.mark.slow
@pytest.mark.parametrize("number", FIFTY)
def test_fifty_more_with_kits_that_share_needs_are_the_best_too(number: int) -> None:
    _is_the_best(number, sharing)


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("number", EVERYDAY)
def test_caps_by_value_are_planned_best(number: int) -> None:
    _is_the_best(number, by_value)


@pytest.mark.slow
@pytest.mark.parametrize("number", FIFTY)
def test_fifty_more_with_caps_by_value_are_the_best_too(number: int) -> None:
    _is_the_best(number, by_value)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(60, 70))
def test_more_search_is_never_worth_less(number: int) -> None:
    problem = from_tables(small(number))
    assert solve(problem, parameters=Parameters(gap=0.0, rounds=300)).value >= solve(problem).value
