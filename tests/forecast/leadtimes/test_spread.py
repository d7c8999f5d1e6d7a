"""Cases that ended between two days: shared out as all cases tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.leadtimes.spread import Seen, curve, shared_out


def _seen(*cases: tuple[int, int | None]) -> Seen:
    """Cases by first and last day on which they can have ended; None while open."""
    low = np.array([first for first, _ in cases], dtype=np.int64)
    high = np.array([first if last is None else last for first, last in cases], dtype=np.int64)
    return Seen(low, high, np.array([last is None for _, last in cases]), np.ones(len(cases)))


def test_the_curve_is_that_of_turnbull_in_lifelines() -> None:
    """Printed by fit_interval_censoring of lifelines 0.30.3; both stop a little short of the very best."""
    first, chances = curve(_seen((1, 1), (2, 4), (2, 2), (4, 6), (5, 5), (3, 5), (5, None), (1, 3)))
    left = {first + day: value for day, value in enumerate(1 - np.cumsum(chances))}
    assert [left[day] for day in (1, 2, 3, 4, 5)] == pytest.approx(
        [0.833333, 0.500133, 0.5, 0.499867, 0.166667], abs=5e-4
    )


def test_a_case_stands_on_its_days_as_the_others_do() -> None:
    """Three ended on day 2 and one on day 4; what ended between 1 and 4 is three parts in four on day 2."""
    cases, days, weights = shared_out(_seen((2, 2), (2, 2), (2, 2), (4, 4), (1, 4)))
    last = cases == 4
    assert days[last].tolist() == [2, 4]
    assert weights[last].tolist() == pytest.approx([0.75, 0.25], abs=1e-6)


def test_exact_and_open_cases_stay_as_they_are() -> None:
    cases, days, weights = shared_out(_seen((3, 3), (7, None), (-2, -2)))
    assert (cases.tolist(), days.tolist(), weights.tolist()) == ([0, 1, 2], [3, 7, -2], [1.0, 1.0, 1.0])


def test_where_nothing_else_tells_the_days_are_alike() -> None:
    _, days, weights = shared_out(_seen((1, 4)))
    assert days.tolist() == [1, 2, 3, 4]
    assert weights.tolist() == pytest.approx([0.25] * 4, abs=1e-6)


@given(
    st.lists(st.tuples(st.integers(-5, 9), st.one_of(st.none(), st.integers(0, 6))), min_size=1, max_size=8)
)
def test_no_weight_is_lost_and_none_stands_outside_its_days(cases: list[tuple[int, int | None]]) -> None:
    seen = _seen(*((low, None if wide is None else low + wide) for low, wide in cases))
    case, days, weights = shared_out(seen)
    assert np.bincount(case, weights, minlength=len(cases)).tolist() == pytest.approx([1.0] * len(cases))
    assert ((days >= seen.low[case]) & (days <= seen.high[case])).all()
