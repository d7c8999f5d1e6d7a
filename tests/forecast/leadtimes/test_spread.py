"""Cases that ended between two days: shared out as those like them tell."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.forecast.leadtimes import spread
from konvoi.forecast.leadtimes.spread import Alike, Seen, curves, shared_out


def _seen(*cases: tuple[int, int | None]) -> Seen:
    """Cases by first and last day on which they can have ended; None while open."""
    low = np.array([first for first, _ in cases], dtype=np.int64)
    high = np.array([first if last is None else last for first, last in cases], dtype=np.int64)
    end = np.array([-1 if last is None else 0 for _, last in cases])
    return Seen(low, high, end, np.ones(len(cases)))


def _alike(*groups: int) -> Alike:
    """Cases of one ladder with one level below all."""
    number = np.array(groups, dtype=np.int64)
    return Alike(((np.zeros_like(number), number),), 5.0)


def _all(seen: Seen) -> Alike:
    """All cases are of one group."""
    return Alike(((np.zeros(len(seen.low), dtype=np.int64),),), 5.0)


def _one(*cases: tuple[int, int | None]) -> tuple[Seen, Alike]:
    """Cases of one group."""
    return _seen(*cases), _all(_seen(*cases))


def test_the_curve_is_that_of_turnbull_in_lifelines() -> None:
    """Printed by fit_interval_censoring of lifelines 0.30.3; both stop a little short of the very best."""
    seen = _seen((1, 1), (2, 4), (2, 2), (4, 6), (5, 5), (3, 5), (5, None), (1, 3))
    first, _, chances = curves(seen, _all(seen), rounds=2000)
    left = {first + day: value for day, value in enumerate(1 - np.cumsum(chances[0, 0]))}
    assert [left[day] for day in (1, 2, 3, 4, 5)] == pytest.approx(
        [0.833333, 0.500133, 0.5, 0.499867, 0.166667], abs=5e-4
    )


def test_a_case_stands_on_its_days_as_the_others_do() -> None:
    """Three ended on day 2 and one on day 4; what ended between 1 and 4 is three parts in four on day 2."""
    seen = _seen((2, 2), (2, 2), (2, 2), (4, 4), (1, 4))
    cases, days, weights = shared_out(seen, _all(seen))
    last = cases == 4
    assert days[last].tolist() == [1, 2, 3, 4]
    assert weights[last].tolist() == pytest.approx([0, 0.75, 0, 0.25], abs=1e-3)


def test_a_case_stands_as_those_of_its_group_do_and_not_as_those_of_another() -> None:
    """Ten of one group ended on day 2 and ten of another on day 4; one of each between 1 and 4."""
    seen = _seen(*[(2, 2)] * 10, *[(4, 4)] * 10, (1, 4), (1, 4))
    cases, days, weights = shared_out(seen, _alike(*[0] * 10, *[1] * 10, 0, 1))
    on = {(case, day): weight for case, day, weight in zip(cases, days, weights, strict=True)}
    assert on[20, 2] == on[21, 4]
    assert on[20, 2] > 0.75


def test_each_way_of_ending_has_days_of_its_own() -> None:
    """Received is on day 2, withdrawn on day 4; what was withdrawn between 1 and 4 was so on day 4."""
    seen = replace(_seen(*[(2, 2)] * 5, *[(4, 4)] * 5, (1, 4)), end=np.array([0] * 5 + [1] * 6))
    cases, days, weights = shared_out(seen, _all(seen))
    assert days[cases == 10][weights[cases == 10] > 0.99].tolist() == [4]


def test_of_very_many_groups_the_coarser_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _seen(*[(2, 2)] * 10, *[(4, 4)] * 10, (1, 4), (1, 4))
    monkeypatch.setattr(spread, "_MOST", 7)
    _, cell, chances = curves(seen, _alike(*[0] * 10, *[1] * 10, 0, 1))
    assert (set(cell.tolist()), chances.shape[1]) == ({0}, 1)


def test_exact_and_open_cases_stay_as_they_are() -> None:
    cases, days, weights = shared_out(*_one((3, 3), (7, None), (-2, -2)))
    assert (cases.tolist(), days.tolist(), weights.tolist()) == ([0, 1, 2], [3, 7, -2], [1.0, 1.0, 1.0])


def test_where_nothing_else_tells_the_days_are_alike() -> None:
    _, days, weights = shared_out(*_one((1, 4)))
    assert days.tolist() == [1, 2, 3, 4]
    assert weights.tolist() == pytest.approx([0.25] * 4, abs=1e-6)


@given(
    st.lists(st.tuples(st.integers(-5, 9), st.one_of(st.none(), st.integers(0, 6))), min_size=1, max_size=8)
)
def test_no_weight_is_lost_and_none_stands_outside_its_days(cases: list[tuple[int, int | None]]) -> None:
    seen = _seen(*((low, None if wide is None else low + wide) for low, wide in cases))
    case, days, weights = shared_out(seen, _all(seen))
    assert np.bincount(case, weights, minlength=len(cases)).tolist() == pytest.approx([1.0] * len(cases))
    assert ((days >= seen.low[case]) & (days <= seen.high[case])).all()
