"""The textbook model: by hand, and the optimum that the planner's bound tends to."""

from pathlib import Path

import numpy as np
import pytest
from bench.arcs import model, optimum, save
from bench.instances import tables
from bench.peers.programme import read
from tests.plan.worlds import day, problem

from konvoi.plan.layout import limits, net
from konvoi.plan.problem import Problem
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import Parameters, solve


def best(posed: Problem) -> float:
    """The optimum on arcs."""
    return optimum(model(net(posed), limits(posed)))


@pytest.mark.parametrize("narrow", ["DX", "X", "XS"])
def test_what_arrives_in_time_counts_in_full_and_half_of_what_comes_late(narrow: str) -> None:
    """Three tonnes a week pass a lane or site; two weeks in time, a third late: 3 + 3 + 3 / 2."""
    late = [{"due": day(13), "last_useful": day(20)}]
    assert best(problem(needs=late, capacities=[{"on": narrow, "tonnes": 3}])) == pytest.approx(7.5)


def test_what_comes_late_makes_no_kit() -> None:
    """Three come in time, six late, 3 + 6 / 2; of the three one kit and a half, 15."""
    posed = problem(
        needs=[{"due": day(6), "last_useful": day(20)}],
        kits=[{"kit": "K", "need": "N", "per_kit": 2, "weight": 10}],
        capacities=[{"on": "DX", "tonnes": 3}],
    )
    assert best(posed) == pytest.approx(21)


def test_whole_needs_count_in_parts_and_kits_too_so_that_no_plan_is_worth_more() -> None:
    """Six of ten tents can come; of a kit of two tents each, three: 6 x 1 + 3 x 10."""
    posed = problem(
        needs=[{"whole": True}],
        kits=[{"kit": "K", "need": "N", "per_kit": 2, "weight": 10}],
        offers=[{"quantity": 6}],
    )
    assert best(posed) == pytest.approx(36)


@pytest.mark.parametrize("seed", [2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 3))])
def test_the_bound_is_no_more_than_the_optimum_on_arcs_and_no_plan_is_worth_more(seed: int) -> None:
    """What fits nowhere in whole steps counts on arcs and not in the bound; small payments break ties."""
    posed = from_tables(tables("XXS", seed))
    plan = solve(posed, parameters=Parameters(gap=1e-9))
    assert float(plan.value) <= float(plan.bound) <= best(posed) * (1 + 1e-3)


def test_a_saved_model_is_the_same_by_rows(tmp_path: Path) -> None:
    """What others read has the entries of what was saved."""
    posed = from_tables(tables("XXS", 1))
    made = model(net(posed), limits(posed))
    save(made, tmp_path / "arcs.npz")
    arrays, found = made.arrays(), read(tmp_path / "arcs.npz")
    dense = np.zeros((int(arrays["rows"]), made.size))
    dense[arrays["index"], np.repeat(np.arange(made.size), np.diff(arrays["start"]))] = arrays["amount"]
    again = np.zeros_like(dense)
    again[np.repeat(np.arange(len(dense)), np.diff(found.start)), found.column] = found.amount
    assert np.array_equal(dense, again)
    assert np.array_equal(found.paid, arrays["paid"])
    assert np.array_equal(found.upper, arrays["upper"])
