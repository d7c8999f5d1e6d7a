"""A calibration never falls, keeps the judged shares, and says how far it may be below them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.link.calibration import calibrated, lower_bound

JUDGED = st.lists(
    st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), min_size=1, max_size=30
)


def test_neighbours_that_fall_become_one_step() -> None:
    """At 0.2 one of two is true, at 0.4 none of two: together one of four; at 0.8 two of two."""
    found = calibrated(np.array([0.2, 0.4, 0.8]), np.array([1, 0, 2]), np.array([2, 2, 2]))
    assert found.steps.select("from", "to", "pairs", "true", "share").rows() == [
        (0.2, 0.4, 4, 1, 0.25),
        (0.8, 0.8, 2, 2, 1.0),
    ]
    assert found.probabilities(np.array([0.3, 0.55, 1.0])).tolist() == pytest.approx([0.25, 0.625, 1.0])


def test_below_the_least_likely_pair_that_was_judged_a_line_falls_to_nought() -> None:
    """The first step has its middle at 0.4 and a share of a half; what was hardly likely stays so."""
    found = calibrated(np.array([0.4, 0.8]), np.array([1, 2]), np.array([2, 2]))
    assert found.probabilities(np.array([0.0, 0.001, 0.2])).tolist() == pytest.approx([0, 0.00125, 0.25])


def test_probabilities_as_reckoned_count_as_so_many_pairs() -> None:
    """At 0.9 four of four are true; as four pairs more they make 7.6 of 8. What was judged stays as it is."""
    found = calibrated(np.array([0.9]), np.array([4]), np.array([4]), as_pairs=4)
    assert found.steps["share"].to_list() == [pytest.approx(7.6 / 8)]
    assert found.steps.select("pairs", "true").rows() == [(4, 4)]


def test_the_lower_bound_is_that_of_the_step_that_is_reached() -> None:
    """Of two pairs both true the bound is the root of 0.05; below the first step nothing is known."""
    found = calibrated(np.array([0.2, 0.8]), np.array([0, 2]), np.array([2, 2]))
    assert found.lower(np.array([0.1, 0.2, 0.79, 0.8, 1.0])).tolist() == pytest.approx(
        [0, 0, 0, 0.05**0.5, 0.05**0.5]
    )


def test_so_many_pairs_without_a_fault_make_a_bound_of_98_percent() -> None:
    assert lower_bound(148, 148) < 0.98 <= lower_bound(149, 149)
    assert lower_bound(5, 10) == pytest.approx(0.2224, abs=1e-4)


@given(JUDGED)
def test_a_stair_rises_and_holds_every_judged_pair(judged: list[tuple[float, bool]]) -> None:
    reckoned, true = np.array([p for p, _ in judged]), np.array([hit for _, hit in judged], dtype=float)
    steps = calibrated(reckoned, true, np.ones(len(judged))).steps
    assert steps["pairs"].sum() == len(judged)
    assert steps["true"].sum() == true.sum()
    assert steps["share"].is_sorted()
    assert (steps["lower"] <= steps["share"]).all()


def test_nothing_judged_is_nothing_calibrated() -> None:
    with pytest.raises(ValueError, match="no judged pairs"):
        calibrated(np.zeros(0), np.zeros(0), np.zeros(0))
