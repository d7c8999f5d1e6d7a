"""Curves of groups: Kaplan and Meier without a parent, Dirichlet without open cases, else between."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.distribution import Floats
from konvoi.forecast.leadtimes.pooling import Counts, Level, down, pooled

LASTED = (1, 2, 2, 3, 4, 4, 5, 7, 8, 9, 9, 12)
ENDED = (1, 1, 0, 1, 0, 1, 2, 0, 1, 1, 2, 0)
"""Days and how they ended: 0 still open, 1 and 2 two ways of ending."""


def _counts(lasted: tuple[int, ...], ended: tuple[int, ...], size: int = 14) -> Counts:
    """One group of cases of weight one."""
    gone, still = np.zeros((2, 1, size)), np.zeros((1, size))
    for day, how in zip(lasted, ended, strict=True):
        if how:
            gone[how - 1, 0, day] += 1
        else:
            still[0, day] += 1
    return Counts(gone, still)


NOTHING = np.zeros((2, 1, 14))


def test_without_a_parent_the_curve_is_that_of_kaplan_and_meier_in_lifelines() -> None:
    """Printed by KaplanMeierFitter of lifelines 0.30.3 for the same cases, both ways of ending as one."""
    theirs = {1: 0.916667, 2: 0.833333, 3: 0.740741, 4: 0.648148, 5: 0.540123, 7: 0.540123, 8: 0.405093}
    theirs |= {9: 0.135031, 12: 0.135031}
    left = 1 - np.cumsum(pooled(_counts(LASTED, ENDED), NOTHING, 0.0).sum(axis=0)[0])
    assert {day: round(float(left[day]), 6) for day in theirs} == theirs


def test_with_several_ends_it_is_that_of_aalen_and_johansen_in_lifelines() -> None:
    """Printed by AalenJohansenFitter of lifelines 0.30.3 for cases that last 1, 2, 3, … days."""
    theirs = {1: 0.083333, 2: 0.166667, 4: 0.259259, 6: 0.365079, 8: 0.365079, 9: 0.497354, 10: 0.62963}
    found = np.cumsum(pooled(_counts(tuple(range(1, 13)), ENDED), NOTHING, 0.0)[0, 0])
    assert {day: round(float(found[day]), 6) for day in theirs} == theirs


def test_without_open_cases_a_parent_counts_as_so_many_cases() -> None:
    """Two of two on day 0, drawn with strength 2 to a parent of one half on each of two days."""
    counts = Counts(np.array([[[2.0, 0.0]]]), np.zeros((1, 2)))
    assert pooled(counts, np.full((1, 1, 2), 0.5), 2.0)[0, 0].tolist() == pytest.approx([0.75, 0.25])


def test_a_group_without_cases_has_its_parents_curve_however_weak_it_is() -> None:
    parent = np.array([[[0.2, 0.3, 0.1]], [[0.1, 0.1, 0.1]]])
    empty = Counts(np.zeros((2, 1, 3)), np.zeros((1, 3)))
    assert pooled(empty, parent, 0.5) == pytest.approx(parent)


def test_what_is_known_only_to_last_longer_moves_chances_to_later_days() -> None:
    parent = np.full((1, 1, 4), 0.25)
    still = Counts(np.zeros((1, 1, 4)), np.array([[0.0, 6.0, 0.0, 0.0]]))
    found = pooled(still, parent, 2.0)[0, 0]
    assert found[:2].tolist() == pytest.approx([0.0625, 0.9375 * 0.5 / 7.5])
    assert found[2] == pytest.approx(found[3])
    assert found.sum() == pytest.approx(1.0)


def test_levels_are_pooled_from_the_top_down() -> None:
    """All: 4 on day 0, 4 on day 1; group A: 4 on day 0; group B: 4 on day 1; strength 4 all over."""
    top = Counts(np.array([[[4.0, 4.0]]]), np.zeros((1, 2)))
    groups = Counts(np.array([[[4.0, 0.0], [0.0, 4.0]]]), np.zeros((2, 2)))
    none = np.zeros(1, dtype=np.int64)
    found = down(
        [Level(top, none), Level(groups, np.zeros(2, dtype=np.int64))], np.full((1, 1, 2), 0.5), [4.0, 4.0]
    )
    assert found[0].tolist() == [pytest.approx([0.75, 0.25]), pytest.approx([0.25, 0.75])]


WEIGHTS = st.lists(st.floats(0, 20), min_size=4, max_size=4)


@given(WEIGHTS, WEIGHTS, WEIGHTS, st.floats(0, 50))
def test_chances_are_never_below_nought_nor_above_one_in_all(
    first: list[float], other: list[float], still: list[float], strength: float
) -> None:
    parent: Floats = np.full((2, 1, 4), 0.11)
    found = pooled(Counts(np.array([[first], [other]]), np.array([still])), parent, strength)
    assert found.min() >= 0.0
    assert found.sum() <= 1.0 + 1e-9
