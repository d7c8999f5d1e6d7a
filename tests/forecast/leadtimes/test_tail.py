"""The parametric curve: found again from what was drawn from it, with and without open cases."""

import numpy as np
import pytest

from konvoi.forecast.leadtimes.tail import Tail, fitted, sums

TRUE = Tail(12.0, 1.7)


def _drawn(seed: int) -> tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]:
    """Days of 4,000 cases of the true curve, and when each was last looked at."""
    dice = np.random.default_rng(seed)
    days = np.floor(TRUE.scale * dice.weibull(TRUE.shape, 4000)).astype(np.int64)
    return days, dice.integers(3, 15, 4000)


def test_the_curve_is_found_again_however_many_cases_are_open() -> None:
    days, looked = _drawn(7)
    still = days > looked
    assert still.mean() > 0.4
    ones = np.ones(len(days))
    found = fitted(sums(days[~still], ones[~still], 60), sums(looked[still], ones[still], 60))
    assert (found.scale, found.shape) == pytest.approx((TRUE.scale, TRUE.shape), rel=0.05)


def test_taking_open_cases_for_ended_ones_would_find_another() -> None:
    """The counter-example: what the test above guards against."""
    days, looked = _drawn(7)
    found = fitted(sums(np.minimum(days, looked), np.ones(len(days)), 60), np.zeros(60))
    assert found.scale < 0.8 * TRUE.scale


def test_it_is_that_of_lifelines_but_for_whole_days() -> None:
    """WeibullFitter of lifelines 0.30.3 finds 8.385 and 1.785 where day d is taken for the point d + 0.5."""
    lasted = np.array([1, 2, 2, 3, 4, 4, 5, 7, 8, 9, 9, 12])
    is_open = np.array([0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1], dtype=np.bool_)
    ones = np.ones(len(lasted))
    ended = sums(lasted[~is_open], ones[~is_open], 13)
    found = fitted(ended, sums(lasted[is_open] - 1, ones[is_open], 13))
    assert (found.scale, found.shape) == pytest.approx((8.385, 1.785), rel=0.05)


def test_chances_of_all_days_and_what_lasts_longer_make_one() -> None:
    size = TRUE.size(10)
    left = float(TRUE.beyond(np.array([size], dtype=np.float64))[0])
    assert TRUE.chances(size).sum() + left == pytest.approx(1.0)
    assert left <= 1e-4


def test_cases_of_which_none_ended_last_long_and_no_case_at_all_says_one_day() -> None:
    none = np.zeros(5)
    assert fitted(none, np.array([0.0, 3.0, 0.0, 0.0, 2.0])).scale > 1000
    assert fitted(none, none) == Tail(1.0, 1.0)
